// Pairs closer than the fast tables reach, in double precision: rare in a liquid, and the reason
// why the tables need not follow a repulsion without end.
#pragma once

#include <cstdint>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"
#include "engine/native/fast/fast_kernel.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine::fast {

/// Pairs stand in list order, as do the densities and slopes that belong to them; `order` leads
/// from there to the atoms.
struct ClosePairs {
  const std::vector<ClosePair>& pairs;
  const std::vector<std::uint32_t>& order;
};

/// Adds what the pairs give to the density at each atom.
void add_close_densities(const potential::EamPotential& potential, const core::Box& box,
                         const core::Atoms& atoms, const ClosePairs& close,
                         std::vector<double>& density);

/// Adds the pairs' forces and virial, given the slope F' of each atom's embedding function. Throws
/// RunError where two atoms stand at the same place.
void add_close_forces(const potential::EamPotential& potential, const core::Box& box,
                      const core::Atoms& atoms, const ClosePairs& close,
                      const std::vector<double>& embedding_slope, ForceResult& result);

}  // namespace vitreous::engine::fast
