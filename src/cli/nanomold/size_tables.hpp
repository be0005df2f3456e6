// Tables of critical sizes, lengths and mechanisms, as figures take them.
#pragma once

#include <vector>

#include "cli/nanomold/alloy_file.hpp"
#include "core/result.hpp"

namespace vitreous::cli {

/// `critical_size_curve`: d_c with its error at 201 temperatures (K) of the range.
core::Table critical_size_curve(const AlloyFile& alloy, double T_low, double T_high, double p);

/// `published_sizes`: d_c (nm) of the file's experiments that have one.
core::Table published_sizes(const AlloyFile& alloy);

/// `length_curves`: L by both mechanisms and by the rule, with its error, and d_c (all nm) at 121
/// diameters of the range (m) for each experiment.
core::Table length_curves(const AlloyFile& alloy, const std::vector<Molding>& moldings,
                          double d_low, double d_high);

}  // namespace vitreous::cli
