// How far a configuration is from rest.
#pragma once

#include "math/vec3.hpp"

namespace vitreous::engine {

/// The largest |component| of any force (eV/A). Throws RunError where one is not a finite number.
double largest_force(const math::Vectors& force);

}  // namespace vitreous::engine
