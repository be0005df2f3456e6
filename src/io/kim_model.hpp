// Embedded-atom models of OpenKIM (Tadmor et al., JOM 63, 17 (2011)) that are installed: by any
// unique part of their name.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::io {

/// The installed portable models whose tables are interpolated as LAMMPS does (driver EAM_Dynamo)
/// and that know all of `elements`; full names, sorted.
std::vector<std::string> kim_eam_models(const std::vector<std::string>& elements);

/// The full name of the one model whose name contains `part`. Throws InputError: none (with the
/// nearest), several (listing them), or one that is no such model (saying what it is).
std::string find_kim_model(const std::string& part);

/// Its tables through KIM::Model::GetParameter; what KIM does not hand out (masses, lattices,
/// comments) from the parameter text inside the model's library. The comments open with the
/// publications that the model names as its sources.
potential::EamTables read_kim_model(const std::string& full_name);

/// The parameter file that a model's library holds, word for word.
struct KimParameterText {
  std::string driver;     ///< e.g. "EAM_Dynamo__MD_120291908751_005"; "" for a model without one
  std::string file_name;  ///< e.g. "Cu-Zr_2.eam.fs"; "" where there is not exactly one
  std::string text;
};
KimParameterText kim_parameter_text(const std::string& full_name);

/// What the format is, for lists and help.
core::Declaration kim_declaration();

}  // namespace vitreous::io
