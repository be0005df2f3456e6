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

/// The whole field as a finite number ("+1.5", "1e-3"); empty where it is anything else.
std::optional<double> to_number(std::string_view field);
/// The whole field as an integer; empty where it is anything else.
std::optional<std::int64_t> to_integer(std::string_view field);

}  // namespace vitreous::io
