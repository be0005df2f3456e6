// Activation energies of many alloys against kB Tg: is E = k kB Tg, and how far do alloys scatter?
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace vitreous::models {

struct AlloyEnergy {
  std::string alloy, process;  ///< process: fast, liquid, beta; may be empty
  core::Measured energy;       ///< eV; error 0 where unknown
  core::Measured Tg;           ///< K
};

/// For each process (and all together where there are several) quantities `k` (least squares of E
/// through the origin, all alloys alike; its error from their scatter with Student's factor),
/// `scatter` (standard deviation of E/(k kB Tg) over alloys: what one alloy may be off by) and
/// `intercept` (eV, of a line that need not pass through the origin). Fewer than three alloys are
/// refused. Table `scaling`: every alloy and its ratio E/(kB Tg). Throws
/// InputError for energies or temperatures that are not positive. Chang et al. 2022, Fig. 2d: k ~
/// 12.
core::Result energy_scaling(const std::vector<AlloyEnergy>& alloys);

}  // namespace vitreous::models
