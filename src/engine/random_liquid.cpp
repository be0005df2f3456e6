#include "engine/random_liquid.hpp"

#include "core/random_configuration.hpp"
#include "engine/native/reference_forces.hpp"
#include "engine/relax_overlaps.hpp"
#include "potential/density_guess.hpp"

namespace vitreous::engine {

State random_liquid(const potential::EamPotential& potential, const RandomLiquidOptions& options,
                    base::RandomStream& random) {
  auto liquid = core::random_configuration(
      {.kinds = potential.species(),
       .fractions = options.fractions,
       .atoms = options.atoms,
       .volume_per_atom = potential::liquid_volume_guess(potential, options.fractions),
       .temperature = options.temperature},
      random);
  State state;
  state.box = liquid.box;
  state.atoms = std::move(liquid.atoms);
  ReferenceForces forces(potential);
  relax_overlaps(forces, state.box, state.atoms);
  return state;
}

}  // namespace vitreous::engine
