// Everything that a step changes: what a checkpoint must hold beside the neighbor list's reference.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "core/archive.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::engine {

/// A Nose-Hoover chain: positions and velocities of its links.
struct Chain {
  std::vector<double> position, velocity;
};

struct State {
  core::Box box;
  core::Atoms atoms;
  std::int64_t step = 0;
  double time = 0.0;  ///< ps

  Chain thermostat;           ///< of the atoms
  Chain barostat_thermostat;  ///< of the barostat (MTK: it has a chain of its own)
  double strain_rate = 0.0;   ///< isotropic barostat velocity, 1/ps
  double heat = 0.0;          ///< energy given by the stochastic thermostat or by ramps so far, eV
  base::RandomStream random{0, "thermostat"};

  /// Starts an ensemble afresh: chains at rest, no strain rate, no heat.
  void reset_ensemble();
  void transfer(core::Archive& archive);
};

}  // namespace vitreous::engine
