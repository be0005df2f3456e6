// The folder that `--out` names: tables as CSV, quantities as JSON, and a figure drawn from them.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace vitreous::cli {

/// Makes the folder where it is not there. Throws where it cannot be one, or be written to: called
/// before anything is told or written.
void make_result_folder(const std::string& folder);

/// Makes the folder and writes every table as TABLE.csv and the quantities under `title` as
/// results.json, in place of what an earlier call wrote under these names; other files stay. Tells
/// each on stderr.
void write_result_folder(const std::string& folder, const core::Result& result,
                         const std::string& title);

/// Runs a module of the Python package to draw the figures of NAME in the folder, with these
/// arguments behind folder and NAME; it tells each on stderr. Throws RunError where it fails: the
/// tables stand.
void draw_figure(const std::string& folder, const std::string& name, const std::string& module,
                 const std::vector<std::string>& arguments);

}  // namespace vitreous::cli
