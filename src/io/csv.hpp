// Tidy CSV: every row an observation, columns named `name_unit`, `X_se` the standard error of X.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/declaration.hpp"
#include "core/result.hpp"
#include "io/csv_header.hpp"

namespace vitreous::io {

/// Columns in their order, each followed by its errors; numbers are the shortest that read back to
/// the same bits. An error that is not finite (one block, one replica) is an empty cell.
/// A value that is not there (NaN, in a column that may lack values) is an empty cell too; throws
/// RunError where any other is not finite.
std::string to_csv(const core::Table& table);

/// How one column of a file was read.
struct CsvColumn {
  HeaderCell header;
  bool numbers = true;      ///< else words
  std::size_t filled = 0;   ///< cells with a number or a word
  std::size_t missing = 0;  ///< empty cells, which read as NaN
};

/// A table and how it was read.
struct CsvFile {
  std::string path;
  core::Table table;
  char delimiter = ',';  ///< ' ' where blanks separate
  bool decimal_comma = false;
  bool latin_1 = false;
  std::string form;                ///< in words, of what is no CSV; "" of CSV
  std::vector<CsvColumn> columns;  ///< in the order of the file, errors included
  std::vector<std::size_t> lines;  ///< of each row, from 1
};

/// Reads CSV as people have it: separated by commas, semicolons, tabs or blanks; decimal commas
/// where the file leaves no doubt; a byte order mark, CRLF, Latin-1. Lines that start with '#' are
/// passed over, but name the columns where they stand right above the numbers and nothing else
/// does. Units come from the header and stay as they are written: `T_K`, `T (°C)`, `D [m^2/s]`,
/// `L/nm`, `D_m2_per_s`; who uses a column asks for it in a unit (io/data_table.hpp). `X_se` is the
/// standard error of X, wherever it stands; `X_sd` is a column X_sd, with X's unit where it tells
/// none. A column is one of numbers where its first filled cell is; an empty cell of it reads as
/// NaN. Throws InputError with file, line and column.
CsvFile read_csv_file(const std::string& path);

/// Its table alone.
core::Table read_csv(const std::string& path);

/// What the format is, for lists and help.
core::Declaration csv_declaration();

}  // namespace vitreous::io
