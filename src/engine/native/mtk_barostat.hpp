// The isotropic barostat of Martyna, Tobias and Klein, J. Chem. Phys. 101, 4177 (1994), in the
// reversible form of Martyna et al., Mol. Phys. 87, 1117 (1996).
//
//   dr/dt = v + e (r - origin)                 e: the strain rate, dV/dt = 3 V e
//   dv/dt = F/m - (1 + 3/N_f) e v
//   W de/dt = (1 + 3/N_f) sum m v^2 + tr(virial) - 3 P V,    W = (N_f + 3) kT tau^2
//
// N_f = 3N - 3. With the total momentum at zero the center of mass rides on the box, and volumes
// follow V^(N-1) Z(V) exp(-P V/kT), Z being the average of exp(-U/kT) over scaled positions: an
// ideal gas has the mean N kT/P and the variance N (kT/P)^2.
#pragma once

#include "engine/native/targets.hpp"
#include "engine/native/velocity_verlet.hpp"
#include "engine/state.hpp"

namespace vitreous::engine {

/// W, eV ps^2.
double barostat_mass(double kT, double freedom, double damping);

/// 1/ps^2: how fast the strain rate changes under these momenta and this trace of the virial (eV).
double strain_acceleration(double twice_kinetic, double virial_trace, double volume,
                           const Targets& targets, double freedom, double damping);

/// How a kick and a drift of `time` (ps) go in a box that changes at this rate.
MoveFactors strained_kick(double strain_rate, double freedom, double time);
MoveFactors strained_drift(double strain_rate, double time);

}  // namespace vitreous::engine
