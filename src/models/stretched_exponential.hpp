// Kohlrausch's decay: y = A exp(-(x/tau)^beta).
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration stretched_exponential_declaration();

/// Least squares of y itself (its tail has no logarithm), by the points' errors or unweighted, over
/// A, ln tau and ln beta; A and beta can be held. Quantities `tau` and `mean_tau` in the unit of x,
/// `beta`, `amplitude`. Errors are those of the model linearized at the optimum, in ln tau and ln
/// beta. Refused: too few points; no decay beyond the noise (chi^2 of a constant is not 9 higher,
/// in units of the scatter where errors are unknown); tau, beta or A known to no better than a
/// factor of 1.65 (an error of 0.5 in its logarithm), as where the data see the beginning alone.
core::Result fit_stretched_exponential(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
