#include "engine/native/trial_crystals.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/random.hpp"
#include "core/crystal.hpp"
#include "engine/native/fast/fast_forces.hpp"
#include "engine/native/reference_forces.hpp"
#include "potential/reference_crystal.hpp"

namespace vitreous::engine {
namespace {

constexpr double most_difference = 2e-5;
constexpr double expansions[] = {1.0, 1.04};           // of the volume
constexpr double displacements[] = {0.03, 0.08, 0.2};  // A

struct Lattice {
  const char* name;
  core::UnitCell (*cell)(double a);
  double atoms_a_cell;
  int copies;  ///< of the cell along each edge
};
const Lattice lattices[] = {{"fcc", core::fcc_cell, 4.0, 4}, {"bcc", core::bcc_cell, 2.0, 5}};

/// Mean volume per atom (A^3) of the crystals of the species; of those that have one (hydrogen
/// has none in some alloys' potentials).
std::optional<double> mean_volume(const potential::EamPotential& potential) {
  double sum = 0.0;
  int elements = 0;
  for (std::size_t element = 0; element < potential.species_count(); ++element)
    if (const auto volume = potential::element_volume(potential, element))
      sum += *volume, ++elements;
  if (elements == 0) return std::nullopt;
  return sum / elements;
}

/// Every atom of a species drawn at random and moved at random by so much along each axis.
core::Crystal disordered(const Lattice& lattice, double volume_an_atom, double displacement,
                         const potential::EamPotential& potential, base::RandomStream& random) {
  const auto cell = lattice.cell(std::cbrt(lattice.atoms_a_cell * volume_an_atom));
  core::Crystal crystal =
      core::supercell(cell, potential.species(), lattice.copies, lattice.copies, lattice.copies);
  for (std::size_t i = 0; i < crystal.atoms.size(); ++i) {
    crystal.atoms.species[i] = static_cast<std::int32_t>(random.below(potential.species_count()));
    crystal.atoms.position.add(i, {displacement * random.normal(), displacement * random.normal(),
                                   displacement * random.normal()});
  }
  return crystal;
}

}  // namespace

double relative_error(const ForceResult& found, const ForceResult& exact) {
  double difference = 0.0, size = 0.0;
  for (std::size_t i = 0; i < exact.force.size(); ++i) {
    difference += math::norm2(found.force[i] - exact.force[i]);
    size += math::norm2(exact.force[i]);
  }
  return std::sqrt(difference / size);
}

std::string objection_to_forces(const potential::EamPotential& potential,
                                const fast::Kernel& kernel, const fast::FastTables& tables) {
  const auto volume = mean_volume(potential);
  if (!volume) return "";
  FastForces fast(potential, kernel, tables);
  ReferenceForces reference(potential);
  base::RandomStream random(1, "trial crystals");
  for (const double expansion : expansions)
    for (const double displacement : displacements)
      for (const Lattice& lattice : lattices) {
        const auto [box, atoms] =
            disordered(lattice, expansion * *volume, displacement, potential, random);
        ForceResult found, exact;
        fast.evaluate(box, atoms, {}, found);
        reference.evaluate(box, atoms, {}, exact);
        if (const double error = relative_error(found, exact); !(error <= most_difference))
          return fmt::format(
              "the forces in an {} crystal whose atoms are {} A from their sites err by {:.1e} of "
              "their size",
              lattice.name, displacement, error);
      }
  return "";
}

}  // namespace vitreous::engine
