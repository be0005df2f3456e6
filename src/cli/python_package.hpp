// Figures and pages are drawn by the Python package `vitreous`; here it is found and run.
#pragma once

#include <string>
#include <vector>

namespace vitreous::cli {

/// Runs `python3 -m MODULE ARGS...` with the package on its path and waits; returns its exit
/// status. Its output is passed through. Throws RunError where Python cannot be started.
int run_python(const std::string& module, const std::vector<std::string>& arguments);

}  // namespace vitreous::cli
