// The setfl format of embedded-atom potentials, LAMMPS' eam/alloy and eam/fs: text to tables and
// back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/declaration.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::io {

/// Reads a whole setfl text; `file` names it in messages and in the tables.
///
/// Layout: three comment lines; "n X Y ..."; "nrho drho nr dr cutoff"; for each element a line
/// "Z mass a lattice", F (nrho values), then the density it puts around it: one table (eam.alloy)
/// or one for each element at the site, in the order of the names (eam.fs); at last r phi for the
/// pairs 11, 21, 22, 31, ... Every table starts a line and ends one. Which of the two forms it is,
/// the number of values says; the name ("...fs", "...alloy") only helps to tell what is wrong.
/// Throws InputError with line and table for anything that is not exactly so.
potential::EamTables parse_setfl(std::string_view text, const std::string& file);

/// The elements that the fourth line of a setfl text names, without reading the tables.
std::vector<std::string> setfl_elements(std::string_view text, const std::string& file);

/// True for the text of a funcfl file: one element, LAMMPS' plain `eam`.
bool is_funcfl(std::string_view text);

/// The element line and the comment of a funcfl text; the tables stay where they are.
struct FuncflHeader {
  potential::EamElement element;
  std::string comment;
};
FuncflHeader parse_funcfl_header(std::string_view text, const std::string& file);

/// The tables as an eam.fs file that reads back to the same bits.
std::string write_setfl(const potential::EamTables& tables);

/// What the format is, for lists and help.
core::Declaration setfl_declaration();

}  // namespace vitreous::io
