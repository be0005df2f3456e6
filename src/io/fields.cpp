#include "io/fields.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace vitreous::io {
namespace {

template <class T>
bool parse_whole(std::string_view field, T& value) {
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size();
}

/// Powers of ten that a double holds exactly.
constexpr std::array<double, 23> exact_power_of_ten = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// Appends the digits at `at` to `value` and passes over them.
const char* read_digits(const char* at, const char* end, std::uint64_t& value) {
  for (; at != end && static_cast<unsigned char>(*at - '0') < 10; ++at)
    value = 10 * value + static_cast<std::uint64_t>(*at - '0');
  return at;
}

/// "-12.375": where the digits taken as one whole number and the power of ten are both exact, one
/// division rounds as it should (Clinger 1990). False where that does not hold, or there is more to
/// the number.
bool parse_short_decimal(std::string_view field, double& value) {
  const char* at = field.data();
  const char* const end = at + field.size();
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  constexpr std::ptrdiff_t safe_digits = 19;  // fewer than 2^64
  if (end - at > safe_digits + 1) return false;
  std::uint64_t digits = 0;
  const char* const first = at;
  at = read_digits(at, end, digits);
  std::ptrdiff_t count = at - first, decimals = 0;
  if (at != end && *at == '.') {
    const char* const behind = at + 1;
    at = read_digits(behind, end, digits);
    decimals = at - behind;
    count += decimals;
  }
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  if (at != end || count == 0 || count > safe_digits || digits > exact) return false;
  const double magnitude =
      static_cast<double>(digits) / exact_power_of_ten[static_cast<std::size_t>(decimals)];
  value = negative ? -magnitude : magnitude;
  return true;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && FieldCursor::is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && FieldCursor::is_blank(text.back())) text.remove_suffix(1);
  return text;
}

void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  FieldCursor cursor(line);
  for (std::string_view field; cursor.next(field);) fields.push_back(field);
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  split_fields(line, fields);
  return fields;
}

std::optional<double> to_number(std::string_view field) {
  double value = 0.0;
  if (parse_short_decimal(field, value)) return value;
  if (!parse_whole(field, value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> to_integer(std::string_view field) {
  std::int64_t value = 0;
  if (!parse_whole(field, value)) return std::nullopt;
  return value;
}

}  // namespace vitreous::io
