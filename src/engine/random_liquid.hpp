// A liquid to start dynamics from, by nothing but a potential and a composition.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "engine/state.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

struct RandomLiquidOptions {
  std::vector<double> fractions;  ///< atomic, one a species of the potential
  std::int64_t atoms = 0;
  double temperature = 0.0;  ///< K, of the velocities
};

/// Random positions of exact composition at the density that potential::liquid_volume_guess
/// expects, their overlaps relaxed under the reference forces, with thermal velocities.
State random_liquid(const potential::EamPotential& potential, const RandomLiquidOptions& options,
                    base::RandomStream& random);

}  // namespace vitreous::engine
