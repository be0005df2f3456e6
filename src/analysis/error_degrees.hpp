// Quantities with errors as they are told, and how well an error is itself known: the degrees of
// freedom behind it.
#pragma once

#include "core/measured.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

/// From `how["degrees"]`; infinite where the quantity tells none.
double error_degrees(const core::Reported& reported);
/// Nothing is told where they are infinite.
void set_error_degrees(core::Reported& reported, double degrees);

/// How a quantity was made, in words.
using Words = std::map<std::string, std::string>;

core::Reported reported_with(const Words& how, const std::string& name,
                             const math::Estimate& estimate, const std::string& unit);
core::Reported refused_with(const Words& how, const std::string& name, const std::string& reason);

}  // namespace vitreous::analysis
