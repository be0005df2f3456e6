// The parameters of an alloy as the file that read_alloy_file reads.
#pragma once

#include <string>

#include "cli/nanomold/alloy_file.hpp"

namespace vitreous::cli {

/// Every value with its unit and its error, then the covariance; `comments` stand on top, a line
/// each. Read back, values and covariance are those given to 14 digits.
std::string alloy_text(const AlloyFile& alloy, const std::vector<std::string>& comments);

}  // namespace vitreous::cli
