// Takes close pairs of a random start apart before dynamics begins.
#pragma once

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"

namespace vitreous::engine {

struct RelaxedOverlaps {
  int moves = 0;
  double largest_force = 0.0;  ///< eV/A, at the end
};

/// Moves every atom along its force by 0.01 A per eV/A, but never by more than 0.1 A, until no
/// force exceeds 3 eV/A, about the largest in a hot liquid metal, or after 200 moves. No minimizer:
/// what is left of the excess energy is the thermostat's.
RelaxedOverlaps relax_overlaps(Forces& forces, const core::Box& box, core::Atoms& atoms);

}  // namespace vitreous::engine
