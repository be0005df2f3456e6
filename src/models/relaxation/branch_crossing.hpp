// Where two branches of a relaxation map meet: T_A, T_alpha-beta.
#pragma once

#include <string>
#include <vector>

#include "models/relaxation/relaxation_branch.hpp"

namespace vitreous::models {

/// All temperatures between `from` and `to` (K) at which both have the same time, rising: roots of
/// the difference of ln tau, bracketed on 2000 steps of 1/T and bisected. (Two roots closer than a
/// step, where curves only touch, are none.)
std::vector<double> crossings(const RelaxationBranch& a, const RelaxationBranch& b, double from,
                              double to);

struct BranchCrossing {
  std::string refused;           ///< why there is none; empty where there is one
  core::Measured temperature;    ///< K: the lowest crossing
  double linear_error = 0.0;     ///< K, to first order
  double low = 0.0, high = 0.0;  ///< 68 % interval of the draws, K
  double share_without = 0.0;    ///< of the draws that have no crossing
  core::Measured log10_tau;      ///< of s, there
  std::vector<double> all;       ///< every crossing, K
};

/// The lowest crossing: there, on cooling, the slower process leaves the other behind. Its error is
/// half of the 68 % interval of 1000 draws from both covariances (a named stream: the same call
/// gives the same numbers). Refused where the branches do not meet, or do not in more than 16 % of
/// the draws.
BranchCrossing lowest_crossing(const RelaxationBranch& a, const RelaxationBranch& b, double from,
                               double to);

}  // namespace vitreous::models
