// Was each branch in equilibrium? What the report's Trust table holds.
#pragma once

#include "core/result.hpp"
#include "study/gathered.hpp"

namespace vitreous::study {

/// A row a branch: state, duration, duration/tau_alpha, drift of energy and volume, mean pressure,
/// warnings. What a branch cannot tell is NaN.
core::Table trust_table(const std::vector<GatheredBranch>& branches);

/// Warnings of one branch: its own, and a mean pressure that differs from the one asked for by more
/// than 5 standard errors and 0.1 GPa.
std::vector<std::string> branch_warnings(const GatheredBranch& branch);

}  // namespace vitreous::study
