// Tidy CSV: every row an observation, columns named `name_unit`, `X_se` the standard error of X.
#pragma once

#include <string>
#include <string_view>

#include "core/declaration.hpp"
#include "core/result.hpp"

namespace vitreous::io {

/// Columns in their order, each followed by its errors; numbers are the shortest that read back to
/// the same bits. An error that is not finite (one block, one replica) is an empty cell.
/// A value that is not there (NaN, in a column that may lack values) is an empty cell too; throws
/// RunError where any other is not finite.
std::string to_csv(const core::Table& table);

/// Reads CSV (commas, semicolons, tabs or blanks; lines that start with '#' are passed over). Units
/// come from the header: `T_K`, `T (K)`, `D [m^2/s]`, `D_m2_per_s`. A column is one of numbers
/// where its first filled cell is; an empty cell of it reads as NaN. Throws InputError with file
/// and line.
core::Table read_csv(const std::string& path);

/// "D_m2_per_s" -> {"D", "m^2/s"}; a header that names no known unit has the unit "1".
struct HeaderField {
  std::string name, unit;
};
HeaderField parse_header_field(std::string_view text);

/// What the format is, for lists and help.
core::Declaration csv_declaration();

}  // namespace vitreous::io
