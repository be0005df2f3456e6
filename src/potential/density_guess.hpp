// How dense a liquid will be, before it was ever simulated.
#pragma once

#include <vector>

#include "potential/eam_potential.hpp"

namespace vitreous::potential {

/// Volume per atom (A^3) of a liquid of these atomic fractions (one a species): the volumes of the
/// elements' own crystals under this potential, mixed by fraction, times 1.08. It starts a run at
/// constant pressure within some per cent (2 % for Cu50Zr50 at 2000 K); it is not a result.
/// Throws InputError where an element has no crystal under the potential.
double liquid_volume_guess(const EamPotential& potential, const std::vector<double>& fractions);

}  // namespace vitreous::potential
