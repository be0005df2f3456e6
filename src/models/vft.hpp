// The Vogel-Fulcher-Tammann law: ln D = ln D0 - B/(T - T0).
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration vft_declaration();

/// Least squares of ln y, without priors. Quantities T0 (K), B (K), kB_B (eV), strength (B/T0) and
/// ln_D0, each with its profile-likelihood interval (68 %) in `how`; B, T0 and ln D0 are nearly
/// degenerate (their correlations are told), so that fits are better compared by the D(T) that
/// their curves predict. All are refused where the interval of T0 reaches the lowest temperature or
/// is unbounded below.
core::Result fit_vft(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
