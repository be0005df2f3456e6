// Stochastic velocity rescaling: Bussi, Donadio and Parrinello, J. Chem. Phys. 126, 014101 (2007).
#pragma once

#include "base/random.hpp"

namespace vitreous::engine {

/// The factor for the velocities of `freedom` degrees of freedom whose m v^2 sum to `twice_kinetic`
/// (eV, above zero), their eq. A7 with the sign of A8. `decay` = exp(-time/damping). The kinetic
/// energy that results follows the canonical law exactly, whatever the time.
double rescaling_factor(double twice_kinetic, double kT, double freedom, double decay,
                        base::RandomStream& random);

}  // namespace vitreous::engine
