// The inherent structure of a configuration: its atoms moved downhill to where no force is left.
#pragma once

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"
#include "engine/lbfgs.hpp"

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

/// A minimization piece by piece: where it is cut never changes a bit of it. Forces, box and atoms
/// are the caller's and outlive it.
class Minimization {
 public:
  /// The forces' list is built anew, so that the result depends on the configuration alone. Throws
  /// InputError where the options make no sense.
  Minimization(Forces& forces, const core::Box& box, core::Atoms& atoms,
               const MinimizerOptions& options = {});

  /// Goes on by `most` moves (at least one) or to its end; true where that is reached. Throws
  /// RunError where a force is not finite.
  bool advance(int most);
  int steps() const { return done_.steps; }
  /// How it ended, with the energy.
  Minimized finish();

 private:
  Forces& forces_;
  const core::Box& box_;
  core::Atoms& atoms_;
  MinimizerOptions options_;
  Lbfgs lbfgs_;
  ForceResult result_;
  math::Vectors move_;
  Minimized done_;
  bool ended_ = false;
};

/// Moves `atoms` to a minimum of the energy in the fixed box, by L-BFGS (lbfgs.hpp). The forces'
/// list is built anew, so that the result depends on the configuration alone. Throws InputError
/// where the options make no sense, RunError where a force is not finite.
Minimized minimize(Forces& forces, const core::Box& box, core::Atoms& atoms,
                   const MinimizerOptions& options = {});

}  // namespace vitreous::engine
