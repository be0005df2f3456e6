// Nose-Hoover chains, reversible: Martyna, Tuckerman, Tobias and Klein, Mol. Phys. 87, 1117 (1996).
//
// A chain of M links with "masses" Q_1 = freedom kT tau^2 and Q_k = kT tau^2 acts on a kinetic
// energy of `freedom` degrees of freedom. Its positions have no unit, its velocities are in 1/ps.
#pragma once

#include "engine/state.hpp"

namespace vitreous::engine {

/// What a chain is tied to.
struct ChainTarget {
  double kT = 0.0;       ///< eV
  double freedom = 0.0;  ///< degrees of freedom whose kinetic energy it governs
  double damping = 0.0;  ///< tau, ps
};

/// Advances the chain by `time` (ps) and returns the factor for the velocities it governs, whose
/// m v^2 sum to `twice_kinetic` (eV) before. Fourth-order Suzuki-Yoshida sub-steps.
double advance_chain(Chain& chain, const ChainTarget& target, double twice_kinetic, double time);

/// sum_k Q_k v_k^2/2 + freedom kT x_1 + kT sum_{k>1} x_k (eV): its part of the conserved quantity.
double chain_energy(const Chain& chain, const ChainTarget& target);

}  // namespace vitreous::engine
