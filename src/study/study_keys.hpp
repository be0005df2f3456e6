// The sections of a study and their keys: what the reading lets pass and what help shows.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"

namespace vitreous::study {

/// In the order in which a study is written. `formula` is an example. The keys that a kind of
/// stage or a law adds stand in its own declaration.
const std::vector<core::Declaration>& section_declarations();

/// "study", "alloy", "engine", "stage", "save", "fit", "compare".
const core::Declaration& section_declaration(const std::string& name);
std::vector<std::string> section_keys(const std::string& name);

}  // namespace vitreous::study
