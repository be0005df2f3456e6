// Minimization: a configuration goes downhill to its inherent structure, in the box it comes in.
#pragma once

#include <cstdint>
#include <memory>

#include "core/archive.hpp"
#include "core/frame.hpp"
#include "core/result.hpp"
#include "engine/minimizer.hpp"
#include "engine/state.hpp"
#include "stage/leg.hpp"

namespace vitreous::stage {

/// One leg without steps.
std::vector<Leg> minimize_legs(const core::Options& options, double timestep);

/// About how many moves, an evaluation of the forces each, a minimization to `force_tolerance`
/// (eV/A) takes: for plans and progress. To 1e-4 eV/A 500 atoms of Cu50Zr50 from 300 to 2000 K took
/// 130 to 710, 4000 atoms from 600 to 2000 K 390 to 1290.
std::int64_t usual_moves(double force_tolerance);

/// A minimization on its way. Its start stays as it is until the end is reached: what interrupts it
/// loses it, and it begins again to the same bits.
class Descent {
 public:
  Descent(const engine::ForcesMaker& forces, const engine::State& start, double force_tolerance);

  /// Goes on by `most` moves; true where the minimum is reached. Throws RunError where no force
  /// falls below the tolerance within a good many moves.
  bool advance(std::int64_t most);
  std::int64_t moves() const { return minimization_.steps(); }
  double force_tolerance() const { return options_.force_tolerance; }
  /// The atoms in their minimum, at rest.
  core::Atoms take_atoms();
  /// What was left of the forces there (eV/A).
  double largest_force() const { return end_.largest_force; }

 private:
  engine::MinimizerOptions options_;
  std::unique_ptr<engine::Forces> forces_;
  core::Box box_;
  core::Atoms atoms_;
  engine::Minimization minimization_;
  engine::Minimized end_;
};

/// What is known of an inherent structure.
class MinimumRecord {
 public:
  void take(const core::Thermo& thermo, double volume, std::size_t atoms, double largest_force,
            std::int64_t moves);
  /// A table of one row and its quantities; empty before the minimum is reached. One configuration
  /// has no standard error: replicas give it one.
  core::Result result() const;
  void transfer(core::Archive& archive);

 private:
  double energy_ = 0.0, pressure_ = 0.0, volume_ = 0.0, largest_force_ = 0.0;
  std::int64_t moves_ = 0;
  bool taken_ = false;
};

}  // namespace vitreous::stage
