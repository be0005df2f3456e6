#include "engine/native/fast/close_pairs.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace vitreous::engine::fast {
namespace {

std::size_t kind(const core::Atoms& atoms, std::uint32_t i) {
  return static_cast<std::size_t>(atoms.species[i]);
}

math::Vec3 separation_of(const core::Box& box, const core::Atoms& atoms, std::uint32_t i,
                         std::uint32_t j) {
  return box.nearest_image(atoms.position[i] - atoms.position[j]);
}

}  // namespace

void add_close_densities(const potential::EamPotential& potential, const core::Box& box,
                         const core::Atoms& atoms, const ClosePairs& close,
                         std::vector<double>& density) {
  for (const ClosePair& pair : close.pairs) {
    const std::uint32_t i = close.order[pair.i], j = close.order[pair.j];
    const double r = math::norm(separation_of(box, atoms, i, j));
    const std::size_t a = kind(atoms, i), b = kind(atoms, j);
    density[pair.i] += potential.density(b, a, r).value;
    density[pair.j] += potential.density(a, b, r).value;
  }
}

void add_close_forces(const potential::EamPotential& potential, const core::Box& box,
                      const core::Atoms& atoms, const ClosePairs& close,
                      const std::vector<double>& embedding_slope, ForceResult& result) {
  for (const ClosePair& pair : close.pairs) {
    const std::uint32_t i = close.order[pair.i], j = close.order[pair.j];
    const math::Vec3 d = separation_of(box, atoms, i, j);
    const double r = math::norm(d);
    if (!(r > 0.0))
      throw base::RunError(
          fmt::format("atoms {} and {} are at the same place", atoms.id[i], atoms.id[j]),
          "the force between them has no direction");
    const std::size_t a = kind(atoms, i), b = kind(atoms, j);
    const double slope = potential.pair(a, b, r).slope +
                         embedding_slope[pair.i] * potential.density(b, a, r).slope +
                         embedding_slope[pair.j] * potential.density(a, b, r).slope;
    const math::Vec3 f = d * (-slope / r);
    result.force.add(i, f);
    result.force.add(j, -f);
    result.virial += math::outer(d, f);
  }
}

}  // namespace vitreous::engine::fast
