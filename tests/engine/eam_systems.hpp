// Configurations of real alloys for the tests of forces: potentials from installed KIM models.
#pragma once

#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/random.hpp"
#include "core/crystal.hpp"
#include "io/potential_source.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine::testing {

inline const potential::EamTables& tables_of(const std::string& model) {
  static std::map<std::string, potential::EamTables> read;
  if (!read.contains(model)) read[model] = io::read_potential(model);
  return read[model];
}

/// A named configuration of an alloy.
struct System {
  std::string name, model;
  std::vector<std::string> species;
  core::Box box;
  core::Atoms atoms;
};

/// Body-centered cells with every atom moved at random and species drawn at random: as close as a
/// crystal comes to a glass or, with large moves, a liquid.
inline System disordered(const std::string& name, const std::string& model,
                         const std::vector<std::string>& species, double a,
                         const std::array<int, 3>& cells, double amplitude,
                         const math::Mat3& strain = math::Mat3::identity()) {
  const potential::EamPotential potential(tables_of(model), species);
  core::Crystal crystal =
      core::supercell(core::bcc_cell(a), potential.species(), cells[0], cells[1], cells[2]);
  base::RandomStream random(7, name);
  for (std::size_t i = 0; i < crystal.atoms.size(); ++i) {
    crystal.atoms.species[i] = static_cast<std::int32_t>(random.below(species.size()));
    crystal.atoms.position.add(
        i, {amplitude * random.normal(), amplitude * random.normal(), amplitude * random.normal()});
    crystal.atoms.position.set(i, strain * crystal.atoms.position[i]);
  }
  return {name, model, species,
          core::Box(strain * crystal.box.cell(), strain * crystal.box.origin()), crystal.atoms};
}

inline System disordered(const std::string& name, const std::string& model,
                         const std::vector<std::string>& species, double a, int cells,
                         double amplitude, const math::Mat3& strain = math::Mat3::identity()) {
  return disordered(name, model, species, a, std::array{cells, cells, cells}, amplitude, strain);
}

/// Liquid-like, glass-like, tilted and narrower-than-the-cutoff configurations of an alloy.
inline std::vector<System> systems_of(const std::string& model,
                                      const std::vector<std::string>& species, double a) {
  math::Mat3 tilt = math::Mat3::identity();
  tilt(0, 1) = 0.25;
  tilt(0, 2) = -0.15;
  tilt(1, 2) = 0.1;
  tilt(2, 2) = 1.05;
  return {disordered("liquid", model, species, a, 5, 0.25),
          disordered("glass", model, species, a, 6, 0.08),
          disordered("tilted", model, species, a, 5, 0.15, tilt),
          disordered("small", model, species, a, 2, 0.1)};
}

inline std::vector<System> all_systems() {
  std::vector<System> all;
  for (const auto& [model, species, a] :
       {std::tuple{"kim:MO_600021860456_005", std::vector<std::string>{"Cu", "Zr"}, 3.25},
        std::tuple{"kim:MO_338600200739_000", std::vector<std::string>{"Al", "Sm"}, 3.6},
        std::tuple{"kim:MO_149104665840_005", std::vector<std::string>{"Ni", "Zr"}, 3.2}})
    for (auto& system : systems_of(model, species, a)) all.push_back(std::move(system));
  return all;
}

}  // namespace vitreous::engine::testing
