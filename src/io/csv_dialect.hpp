// How the cells of a table are separated, and which mark its decimals have: told from the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitreous::io {

/// The separator of a table: tab, semicolon, comma or blanks (' '). Where its header holds several
/// of them, the one by which `rows`, the first lines below it, have as many cells as it.
char delimiter_of(const std::string& header, const std::vector<std::string>& rows);

/// "semicolon", "blanks", ...
std::string delimiter_name(char delimiter);

/// Cells of a line; a cell in quotes may hold the delimiter. Where blanks separate, a unit in
/// brackets joins the name before it: "T (K)" is one cell.
std::vector<std::string> split_cells(std::string_view line, char delimiter);

/// The line in UTF-8: bytes that are none are read as Latin-1, as spreadsheets write "°" and "µ".
std::string to_utf8(std::string_view line);

/// "", "-", "NA", "nan", ...: a cell without a value.
bool is_missing(std::string_view cell);

/// What the marks in a number can be.
enum class NumberShape {
  other,            ///< not a number
  whole,            ///< digits alone
  with_point,       ///< 1.5
  with_comma,       ///< 1,5: a decimal comma
  comma_or_groups,  ///< 1,234: a decimal comma, or thousands
  grouped,          ///< 1.234,5 or 1,234,567: thousands are separated
};
NumberShape shape_of(std::string_view cell);

/// The number with a decimal point, and an ASCII minus.
std::string with_point(std::string_view cell);

}  // namespace vitreous::io
