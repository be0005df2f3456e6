// From near a pass to its saddle: up along the softest direction, down along all others.
#pragma once

#include <limits>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"

namespace vitreous::engine {

struct SaddleSearch {
  double force_tolerance = 0.01;  ///< eV/A: no component of any force is larger
  int most_evaluations = 2000;    ///< of the forces
  /// A, in the space of all atoms: gives up where it is farther from where it began.
  double farthest = std::numeric_limits<double>::infinity();
};

struct Saddle {
  double energy = 0.0;         ///< eV, as Forces::measure tells it
  double largest_force = 0.0;  ///< eV/A
  double curvature = 0.0;      ///< eV/A^2, along the softest direction found
  math::Vectors direction;     ///< of length 1 in the space of all atoms: the softest one found
  int evaluations = 0;
  bool converged = false;  ///< no force is left, and the curvature is negative
};

/// Moves `atoms` to a saddle by the dimer method of Henkelman and Jonsson, J. Chem. Phys. 111, 7010
/// (1999): `direction` is turned, beginning at the one given, against the change of the force along
/// it, so that the curvature along it falls; atoms move by L-BFGS under the force turned round
/// along it, or under that part alone while the curvature is positive. Which saddle that is, and
/// which minima it joins, is not known beforehand: begin near the one that is meant. The forces'
/// list is built anew. Throws RunError where a force is not finite.
Saddle climb_to_saddle(Forces& forces, const core::Box& box, core::Atoms& atoms,
                       math::Vectors direction, const SaddleSearch& search = {});

}  // namespace vitreous::engine
