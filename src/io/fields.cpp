#include "io/fields.hpp"

#include <charconv>
#include <cmath>

namespace vitreous::io {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

template <class T>
bool parse_whole(std::string_view field, T& value) {
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size();
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  const char* at = line.data();
  const char* const end = at + line.size();
  while (true) {
    while (at != end && is_blank(*at)) ++at;
    if (at == end) return;
    const char* const first = at;
    while (at != end && !is_blank(*at)) ++at;
    fields.emplace_back(first, static_cast<std::size_t>(at - first));
  }
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  split_fields(line, fields);
  return fields;
}

std::optional<double> to_number(std::string_view field) {
  double value = 0.0;
  if (!parse_whole(field, value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> to_integer(std::string_view field) {
  std::int64_t value = 0;
  if (!parse_whole(field, value)) return std::nullopt;
  return value;
}

}  // namespace vitreous::io
