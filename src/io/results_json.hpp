// results.json: every quantity of a run or an analysis with its error, state and reference.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "core/measured.hpp"
#include "core/result.hpp"

namespace vitreous::io {

struct Results {
  bool complete = true;  ///< false while branches are missing
  std::vector<core::Reported> quantities;
  std::string title = {};
  std::vector<std::string> stages = {};  ///< in the study's order
  /// A row a branch: was it in equilibrium? A column with errors becomes {value, standard_error}.
  core::Table trust = {};
};

/// Schema "vitreous-results/1". A value that is refused or not run is null, and so is an error that
/// is not finite; `law`, `of`, `where` and `n` of `how` stand beside the value, the rest in `how`.
std::string to_results_json(const Results& results);
/// Throws InputError where the file is not JSON of that schema.
Results read_results_json(const std::string& path);

/// What the format is, for lists and help.
core::Declaration results_json_declaration();

}  // namespace vitreous::io
