// Lengths of wires from a table as people have it.
#pragma once

#include <string>
#include <vector>

#include "models/nanomold/mobility_fit.hpp"

namespace vitreous::cli {

struct LengthsTable {
  std::vector<models::nanomold::WiresAt> temperatures;  ///< hot first; rows in the file's order
  std::vector<std::string> reading;                     ///< how every column was read, a line each
};

/// Columns diameter (d), length (L) with its standard error or deviation and n, temperature (T),
/// pressure (p), time (t), each with its unit in the header. Rows within 0.01 K are of one
/// temperature. Throws InputError with the line: a column or a unit that is missing, a cell that is
/// empty, a diameter, length, pressure or time that is not positive, a length without error where
/// others have one.
LengthsTable read_lengths(const std::string& path);

/// A commented table to fill in: `vitreous new --template nanomold`.
std::string lengths_template();

}  // namespace vitreous::cli
