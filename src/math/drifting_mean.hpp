// The mean of samples along a ramp.
#pragma once

#include <span>

#include "math/statistics.hpp"

namespace vitreous::math {

/// The mean of samples that drift along a straight line: the line's own change is no error, what is
/// left about it is one, with its autocorrelation. Fewer than four samples are taken as
/// independent; one has no error.
Estimate mean_about_a_line(std::span<const double> values);

}  // namespace vitreous::math
