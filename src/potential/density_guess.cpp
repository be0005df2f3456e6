#include "potential/density_guess.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "potential/reference_crystal.hpp"

namespace vitreous::potential {
namespace {

double crystal_volume(const EamPotential& potential, std::size_t element) {
  if (const auto volume = element_volume(potential, element)) return *volume;
  throw base::InputError(
      fmt::format("\"{}\" has no crystal of {}, so the density of its liquids cannot be guessed",
                  potential.name(), potential.species()[element].name),
      fmt::format("its energy has no minimum with nearest neighbors {} to {} A apart",
                  closest_contact, farthest_contact));
}

}  // namespace

double liquid_volume_guess(const EamPotential& potential, const std::vector<double>& fractions) {
  constexpr double expansion = 1.08;  // melting and heat, typical of metals near 1500-2000 K
  double volume = 0.0;
  for (std::size_t k = 0; k < potential.species_count(); ++k)
    if (fractions.at(k) > 0.0) volume += fractions[k] * crystal_volume(potential, k);
  return expansion * volume;
}

}  // namespace vitreous::potential
