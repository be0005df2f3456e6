// A power law: y = A (x/x0)^n, of a length, a time, a temperature, ...
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration power_law_declaration();

/// Least squares of ln y against ln x, by the points' errors or unweighted. Quantities `exponent`
/// and `amplitude`, the value at the reference x0: the geometric mean of the points' x unless told,
/// where the two are nearly independent. x is taken as exact. Points whose x is not positive are
/// left out. Refused: less than three points, or all at one x.
core::Result fit_power_law(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
