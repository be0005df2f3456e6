#include "analysis/inherent_structure.hpp"

#include "engine/minimizer.hpp"

namespace vitreous::analysis {

std::vector<double> energies_of_atoms(engine::Forces& forces, const core::Box& box,
                                      const core::Atoms& atoms) {
  engine::ForceResult result;
  forces.evaluate(box, atoms, {.energy_per_atom = true}, result);
  return std::move(result.energy_per_atom);
}

InherentStructure find_inherent_structure(engine::Forces& forces, const core::Box& box,
                                          const core::Atoms& atoms, double force_tolerance) {
  InherentStructure found{box, atoms, {}, false};
  found.atoms.velocity.fill(0.0);
  found.converged =
      engine::minimize(forces, box, found.atoms, {.force_tolerance = force_tolerance}).converged;
  found.energy = energies_of_atoms(forces, box, found.atoms);
  return found;
}

SharedStructure in_box(engine::Forces& forces, const SharedStructure& structure,
                       const core::Box& box, double force_tolerance) {
  const core::Box& own = structure->box;
  if (own.cell() == box.cell() && own.origin() == box.origin()) return structure;
  core::Atoms strained = structure->atoms;
  for (std::size_t i = 0; i < strained.size(); ++i)
    strained.position.set(i, box.cartesian(own.fractional(strained.position[i])));
  return std::make_shared<const InherentStructure>(
      find_inherent_structure(forces, box, strained, force_tolerance));
}

void InherentStructure::transfer(core::Archive& archive) {
  archive.transfer("box", box);
  archive.transfer("atoms", atoms);
  archive.transfer("energy", energy);
  archive.transfer("converged", converged);
}

void transfer_structure(core::Archive& archive, SharedStructure& structure) {
  auto copy = structure ? *structure : InherentStructure{};
  copy.transfer(archive);
  if (archive.loading()) structure = std::make_shared<const InherentStructure>(std::move(copy));
}

}  // namespace vitreous::analysis
