#include "io/fields.hpp"

#include <charconv>
#include <cmath>

namespace vitreous::io {
namespace {

bool starts_blank(std::string_view field) {
  return !field.empty() && FieldCursor::is_blank(field.front());
}

template <class T>
bool parse_whole(std::string_view field, T& value) {
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size();
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
  FieldCursor cursor(field);
  if (!starts_blank(field) && cursor.next_decimal(value) && cursor.is_at_end()) return value;
  if (!parse_whole(field, value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> to_integer(std::string_view field) {
  std::int64_t value = 0;
  FieldCursor cursor(field);
  if (!starts_blank(field) && cursor.next_integer(value) && cursor.is_at_end()) return value;
  if (!parse_whole(field, value)) return std::nullopt;
  return value;
}

}  // namespace vitreous::io
