// The inherent structure of a configuration: its atoms moved downhill to where no force is left.
#pragma once

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"

namespace vitreous::engine {

struct MinimizerOptions {
  double force_tolerance = 1e-4;  ///< eV/A: no component of any force is larger
  int most_steps = 10000;
};

struct Minimized {
  double energy = 0.0;         ///< eV, as Forces::measure tells it
  double largest_force = 0.0;  ///< eV/A: largest component on any atom
  int steps = 0;               ///< one evaluation of the forces each, and one before the first
  bool converged = false;
};

/// Moves `atoms` to a minimum of the energy in the fixed box, by L-BFGS (lbfgs.hpp). The forces'
/// list is built anew, so that the result depends on the configuration alone. Throws InputError
/// where the options make no sense, RunError where a force is not finite.
Minimized minimize(Forces& forces, const core::Box& box, core::Atoms& atoms,
                   const MinimizerOptions& options = {});

}  // namespace vitreous::engine
