// Synthetic motions with known laws, for the tests of observers.
#pragma once

#include <cmath>
#include <functional>
#include <string>

#include "analysis/observer_set.hpp"
#include "base/random.hpp"
#include "core/crystal.hpp"

namespace vitreous::analysis::testing {

/// A binary system in a large box; `move(atoms, step)` turns the positions of one step into those
/// of the next.
struct World {
  core::Atoms atoms;
  core::Box box = core::Box::orthogonal(20, 20, 20);
  double timestep = 0.01;  ///< ps
  /// As if the box had been opened along z: faces at 4 and 16 A.
  std::optional<Slab> slab = Slab{2, 4.0};

  World(std::size_t copper, std::size_t zirconium, std::uint64_t seed = 1) {
    atoms.kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
    atoms.resize(copper + zirconium);
    base::RandomStream random(seed, "initial positions");
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      atoms.id[i] = static_cast<std::int64_t>(i) + 1;
      atoms.species[i] = 0;
      atoms.position.set(i, {20 * random.uniform(), 20 * random.uniform(), 20 * random.uniform()});
      atoms.velocity.set(i, {});
    }
    // Species interleaved, as in a random alloy.
    for (std::size_t placed = 0, i = 0; placed < zirconium; i = (i + 2) % atoms.size()) {
      while (atoms.species[i] == 1) i = (i + 1) % atoms.size();
      atoms.species[i] = 1;
      ++placed;
    }
  }

  core::Frame frame(std::int64_t step) const {
    core::Frame f;
    f.step = step;
    f.time = static_cast<double>(step) * timestep;
    f.box = &box;
    f.atoms = &atoms;
    return f;
  }

  Setting setting(std::int64_t last, std::vector<std::int64_t> steps = {}) const {
    Setting s;
    s.timeline = {timestep, 0, last, std::move(steps)};
    s.kinds = atoms.kinds;
    s.counts = {atoms.count(0), atoms.count(1)};
    s.slab = slab;
    return s;
  }
};

/// Outside the planes 2.5 A below a world's faces, periodic images included.
inline bool is_outside(double z) {
  const double folded = z - 20.0 * std::floor(z / 20.0);
  return folded < 6.5 || folded > 13.5;
}

/// Every atom takes a Gaussian step of variance `variance(kind)` a component.
inline void diffuse(World& world, base::RandomStream& random,
                    const std::function<double(std::int32_t)>& variance) {
  for (std::size_t i = 0; i < world.atoms.size(); ++i) {
    const double s = std::sqrt(variance(world.atoms.species[i]));
    world.atoms.position.add(i, {s * random.normal(), s * random.normal(), s * random.normal()});
  }
}

/// Copper first in the cell, then zirconium.
inline World crystal_world(const core::UnitCell& cell, int copies) {
  const auto crystal =
      core::supercell(cell, {{"Cu", 63.546}, {"Zr", 91.224}}, copies, copies, copies);
  World world(1, 1);
  world.atoms = crystal.atoms;
  world.box = crystal.box;
  return world;
}

/// Every atom anew around its site, by `by` A a component.
inline void shake(World& world, const World& sites, base::RandomStream& random, double by) {
  for (std::size_t i = 0; i < world.atoms.size(); ++i)
    world.atoms.position.set(
        i, sites.atoms.position[i] +
               math::Vec3{by * random.normal(), by * random.normal(), by * random.normal()});
}

/// Drives a set over steps 0 .. last; `move(step)` makes the positions of `step` from those before.
inline void drive(ObserverSet& set, World& world, std::int64_t last,
                  const std::function<void(std::int64_t)>& move) {
  for (std::int64_t step = 0; step <= last; ++step) {
    if (step > 0) move(step);
    if (set.next_step(step - 1) == step) set.take(world.frame(step));
  }
}

inline std::vector<double> numbers(const core::Table& table, const std::string& column) {
  for (const auto& c : table.columns)
    if (c.name == column) return std::get<std::vector<double>>(c.values);
  throw std::runtime_error("no column " + column);
}

// By value, so that what is found in a temporary result outlives it.
inline core::Table table_of(const core::Result& result, const std::string& name) {
  for (const auto& t : result.tables)
    if (t.name == name) return t;
  throw std::runtime_error("no table " + name);
}

inline std::vector<std::string> words(const core::Table& table, const std::string& column) {
  for (const auto& c : table.columns)
    if (c.name == column) return std::get<std::vector<std::string>>(c.values);
  throw std::runtime_error("no column " + column);
}

inline core::Reported quantity_of(const core::Result& result, const std::string& name) {
  for (const auto& q : result.quantities)
    if (q.name == name) return q;
  throw std::runtime_error("no quantity " + name);
}

}  // namespace vitreous::analysis::testing
