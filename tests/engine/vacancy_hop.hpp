// A vacancy in fcc copper and the hop of a neighbor into it.
#pragma once

#include <cstddef>

#include "eam_systems.hpp"
#include "engine/minimizer.hpp"
#include "engine/native/reference_forces.hpp"

namespace vitreous::engine::testing {

struct VacancyHop {
  core::Box box;
  core::Atoms before, after;  ///< minimized
  std::size_t jumper = 0;
};

inline potential::EamPotential copper() { return {tables_of("kim:MO_600021860456_005"), {"Cu"}}; }

inline core::Atoms without(const core::Atoms& atoms, std::size_t leaver) {
  core::Atoms rest;
  rest.kinds = atoms.kinds;
  rest.resize(atoms.size() - 1);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    rest.id[i] = static_cast<std::int64_t>(i) + 1;
    rest.position.set(i, atoms.position[i < leaver ? i : i + 1]);
  }
  return rest;
}

/// In cells^3 cells of 3.64 A, less the atom at the corner: the atom at (a/2, a/2, 0) hops there.
inline VacancyHop vacancy_hop(int cells) {
  constexpr double a = 3.64;
  const core::Crystal crystal =
      core::supercell(core::fcc_cell(a), copper().species(), cells, cells, cells);
  VacancyHop hop;
  hop.box = crystal.box;
  hop.before = without(crystal.atoms, 0);
  const auto is_jumper = [&](std::size_t i) {
    return math::norm(hop.before.position[i] - math::Vec3{a / 2, a / 2, 0.0}) < 0.01;
  };
  while (!is_jumper(hop.jumper)) ++hop.jumper;
  hop.after = hop.before;
  hop.after.position.set(hop.jumper, crystal.atoms.position[0]);
  ReferenceForces forces(copper());
  for (core::Atoms* end : {&hop.before, &hop.after})
    minimize(forces, hop.box, *end, {.force_tolerance = 1e-5});
  return hop;
}

}  // namespace vitreous::engine::testing
