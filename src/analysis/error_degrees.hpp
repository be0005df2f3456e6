// How well a standard error is itself known: the degrees of freedom behind it.
#pragma once

#include "core/measured.hpp"

namespace vitreous::analysis {

/// From `how["degrees"]`; infinite where the quantity tells none.
double error_degrees(const core::Reported& reported);
/// Nothing is told where they are infinite.
void set_error_degrees(core::Reported& reported, double degrees);

}  // namespace vitreous::analysis
