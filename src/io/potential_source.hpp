// A potential by name: a setfl file by its path, a KIM EAM model as "kim:PART_OF_ITS_NAME".
#pragma once

#include <string>
#include <vector>

#include "potential/eam_tables.hpp"

namespace vitreous::io {

/// Throws InputError: no such file or model, an ambiguous part of a name (listing the matches), a
/// file that ends early or holds more values than its header says (file, line, section).
potential::EamTables read_potential(const std::string& name);

/// A hash of everything the tables hold, for provenance and for a branch's identity.
std::string potential_fingerprint(const potential::EamTables& tables);

/// KIM EAM models that are installed and know all of `elements`.
std::vector<std::string> list_kim_models(const std::vector<std::string>& elements);

}  // namespace vitreous::io
