// The folder that `--out` names: tables as CSV, quantities as JSON, and a figure drawn from them.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace vitreous::cli {

/// Writes every table as TABLE.csv and the quantities as results.json, in place of what an earlier
/// call wrote under these names; other files stay. Tells each on stderr.
void write_result_folder(const std::string& folder, const core::Result& result);

/// Runs a module of the Python package to draw NAME.svg and NAME.png in the folder, with these
/// arguments behind the folder. Throws RunError where it fails: the tables stand.
void draw_figure(const std::string& folder, const std::string& name, const std::string& module,
                 const std::vector<std::string>& arguments);

}  // namespace vitreous::cli
