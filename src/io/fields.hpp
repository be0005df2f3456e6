// Fields of a text line: split at blanks, read as numbers, without copies.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vitreous::io {

std::string_view trim(std::string_view text);

/// The fields between blanks; views into `line`.
void split_fields(std::string_view line, std::vector<std::string_view>& fields);
std::vector<std::string_view> split_fields(std::string_view line);

/// The same one field at a time; numbers as most files write them are read on the way.
class FieldCursor {
 public:
  explicit FieldCursor(std::string_view line) : at_(line.data()), end_(at_ + line.size()) {}

  /// False behind the last field.
  bool next(std::string_view& field) {
    skip_blanks();
    const char* const first = at_;
    while (at_ != end_ && !is_blank(*at_)) ++at_;
    field = std::string_view(first, static_cast<std::size_t>(at_ - first));
    return at_ != first;
  }
  /// True where the next field is a whole number of at most 18 digits; else nothing is passed.
  bool next_integer(std::int64_t& value) {
    skip_blanks();
    const char* at = at_;
    const bool negative = at != end_ && *at == '-';
    if (negative) ++at;
    const char* const first = at;
    std::uint64_t digits = 0;
    at = read_digits(at, digits);
    if (at == first || at - first > 18 || !ends_field(at)) return false;
    at_ = at;
    value = negative ? -static_cast<std::int64_t>(digits) : static_cast<std::int64_t>(digits);
    return true;
  }
  /// True where the next field is a decimal like "-12.375" whose digits and power of ten are both
  /// exact in a double: one division then rounds as it should (Clinger 1990). Else nothing is
  /// passed.
  bool next_decimal(double& value) {
    skip_blanks();
    const char* at = at_;
    const bool negative = at != end_ && *at == '-';
    if (negative) ++at;
    std::uint64_t digits = 0;
    const char* const first = at;
    at = read_digits(at, digits);
    std::ptrdiff_t count = at - first, decimals = 0;
    if (at != end_ && *at == '.') {
      const char* const behind = at + 1;
      at = read_digits(behind, digits);
      decimals = at - behind;
      count += decimals;
    }
    constexpr std::ptrdiff_t safe_digits = 19;  // fewer than 2^64
    constexpr std::uint64_t exact = std::uint64_t{1} << 53;
    if (count == 0 || count > safe_digits || digits > exact || !ends_field(at)) return false;
    at_ = at;
    const double magnitude =
        static_cast<double>(digits) / exact_powers_of_ten[static_cast<std::size_t>(decimals)];
    value = negative ? -magnitude : magnitude;
    return true;
  }

  bool is_at_end() const { return at_ == end_; }
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

 private:
  static constexpr std::array<double, 20> exact_powers_of_ten = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
      1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};

  void skip_blanks() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
  }
  bool ends_field(const char* at) const { return at == end_ || is_blank(*at); }
  /// Appends the digits at `at` to `value`; where they are more than 19 it means nothing.
  const char* read_digits(const char* at, std::uint64_t& value) const {
    for (; at != end_ && static_cast<unsigned char>(*at - '0') < 10; ++at)
      value = 10 * value + static_cast<std::uint64_t>(*at - '0');
    return at;
  }

  const char* at_;
  const char* end_;
};

/// The whole field as a finite number ("+1.5", "1e-3"); empty where it is anything else.
std::optional<double> to_number(std::string_view field);
/// The whole field as an integer; empty where it is anything else.
std::optional<std::int64_t> to_integer(std::string_view field);

}  // namespace vitreous::io
