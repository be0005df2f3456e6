// The moves of velocity Verlet (Swope, Andersen, Berens and Wilson 1982), with the factors through
// which a barostat takes part in them; without one the factors are 1 and the times themselves.
#pragma once

#include "core/atoms.hpp"

namespace vitreous::engine {

/// What a kick or a drift multiplies: old value times `scale`, rate of change times `time` (ps).
struct MoveFactors {
  double scale = 1.0;
  double time = 0.0;
};

/// v <- v scale + F/m time.
void kick(core::Atoms& atoms, const math::Vectors& force, const MoveFactors& factors);

/// r <- origin + (r - origin) scale + v time. False where an atom moved farther by its velocity
/// than `longest` (A), or to a place that is not a number.
bool drift(core::Atoms& atoms, const math::Vec3& origin, const MoveFactors& factors,
           double longest);

/// The fastest atom, or the first whose velocity is not a number.
std::size_t fastest_atom(const core::Atoms& atoms);

/// Sum of m v^2 (eV): twice the kinetic energy.
double twice_kinetic_energy(const core::Atoms& atoms);

void scale_velocities(core::Atoms& atoms, double factor);

}  // namespace vitreous::engine
