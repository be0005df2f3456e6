// Fields of a text line: split at blanks, read as numbers, without copies.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vitreous::io {

std::string_view trim(std::string_view text);

/// The fields between blanks; views into `line`.
void split_fields(std::string_view line, std::vector<std::string_view>& fields);
std::vector<std::string_view> split_fields(std::string_view line);

/// The same one field at a time.
class FieldCursor {
 public:
  explicit FieldCursor(std::string_view line) : at_(line.data()), end_(at_ + line.size()) {}
  /// False behind the last field.
  bool next(std::string_view& field) {
    while (at_ != end_ && is_blank(*at_)) ++at_;
    const char* const first = at_;
    while (at_ != end_ && !is_blank(*at_)) ++at_;
    field = std::string_view(first, static_cast<std::size_t>(at_ - first));
    return at_ != first;
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

 private:
  const char* at_;
  const char* end_;
};

/// The whole field as a finite number ("+1.5", "1e-3"); empty where it is anything else.
std::optional<double> to_number(std::string_view field);
/// The whole field as an integer; empty where it is anything else.
std::optional<std::int64_t> to_integer(std::string_view field);

}  // namespace vitreous::io
