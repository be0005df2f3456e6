// Which way a path of minimum energy runs through one of its images, and the forces that bring it
// there.
#pragma once

#include "math/vec3.hpp"

namespace vitreous::engine {

/// An image between its neighbors on the path.
struct BandPlace {
  math::Vectors from_previous, to_next;         ///< A
  double previous = 0.0, at = 0.0, next = 0.0;  ///< energies, eV
};

/// The unit tangent of Henkelman and Jonsson, J. Chem. Phys. 113, 9978 (2000), eqs. 8 to 11: toward
/// the neighbor of higher energy; at an extremum both neighbors count, by energy differences.
math::Vectors improved_tangent(const BandPlace& place);

struct BandForce {
  math::Vectors force;    ///< eV/A: what moves the image
  double residual = 0.0;  ///< eV/A: largest component of what must vanish on a converged path
};

/// F - (F.t) t + spring (|to_next| - |from_previous|) t; what must vanish is the part across the
/// path.
BandForce nudged_force(const math::Vectors& force, const BandPlace& place, double spring);

/// F - 2 (F.t) t: up along the path and down across it (Henkelman, Uberuaga and Jonsson, J. Chem.
/// Phys. 113, 9901 (2000), eq. 5); all of it must vanish.
BandForce climbing_force(const math::Vectors& force, const BandPlace& place);

}  // namespace vitreous::engine
