// Maxwell-Boltzmann velocities.
#pragma once

#include "base/random.hpp"
#include "core/atoms.hpp"

namespace vitreous::core {

/// Draws velocities, takes the drift away and scales them so that the temperature (3N - 3 degrees
/// of freedom) is exactly `temperature` (K, not negative). Throws InputError for fewer than two
/// atoms.
void draw_velocities(Atoms& atoms, double temperature, base::RandomStream& random);

}  // namespace vitreous::core
