// Debian's LAMMPS on the same configurations and the same potentials: forces, energy, virial and
// trajectories agree to rounding.
#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "core/velocities.hpp"
#include "eam_systems.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/native/reference_forces.hpp"
#include "lammps.hpp"

namespace vitreous::engine {
namespace {

using testing::run_lammps;
using testing::System;
using testing::tables_of;

/// sum over pairs of |r . f|, eV: what the terms of a virial amount to before they cancel. From
/// the definition, over all pairs and images.
double sum_of_r_dot_f(const System& s) {
  const potential::EamPotential p(tables_of(s.model), s.species);
  const std::size_t n = s.atoms.size();
  const int reach = s.name == "small" ? 2 : 1;
  const auto each_pair = [&](std::size_t i, const auto& visit) {
    for (int x = -reach; x <= reach; ++x)
      for (int y = -reach; y <= reach; ++y)
        for (int z = -reach; z <= reach; ++z) {
          const math::Vec3 origin = s.atoms.position[i] - s.box.translation(x, y, z);
          for (std::size_t j = 0; j < n; ++j) {
            const double r2 = math::norm2(s.atoms.position[j] - origin);
            if (r2 > 1e-6 && r2 < p.cutoff() * p.cutoff()) visit(j, std::sqrt(r2));
          }
        }
  };
  const auto kind = [&](std::size_t i) { return static_cast<std::size_t>(s.atoms.species[i]); };
  std::vector<double> slope(n);
  for (std::size_t i = 0; i < n; ++i) {
    double density = 0.0;
    each_pair(i, [&](std::size_t j, double r) { density += p.density(kind(j), kind(i), r).value; });
    slope[i] = p.embedding(kind(i), density).slope;
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    each_pair(i, [&](std::size_t j, double r) {
      const double f = p.pair(kind(i), kind(j), r).slope +
                       slope[i] * p.density(kind(j), kind(i), r).slope +
                       slope[j] * p.density(kind(i), kind(j), r).slope;
      sum += 0.5 * r * std::abs(f);
    });
  return sum;
}

ForceResult reference_result(const System& system) {
  ReferenceForces forces({tables_of(system.model), system.species});
  ForceResult result;
  forces.evaluate(system.box, system.atoms, {.energy = true, .virial = true}, result);
  return result;
}

/// `copies` is how often LAMMPS' box repeats ours: its first atoms are ours.
void expect_agreement(const System& system, const ForceResult& ours,
                      const testing::LammpsAnswer& theirs, double copies = 1.0) {
  SCOPED_TRACE(system.model + " " + system.name);
  EXPECT_NEAR(copies * ours.energy, theirs.energy, 1e-10 * std::abs(theirs.energy));
  double largest = 0.0;
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    largest = std::max(largest, math::norm(ours.force[i] - theirs.force[i]));
  EXPECT_LT(largest, 1e-8);  // eV/A
  double worst = 0.0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      worst = std::max(worst, std::abs(copies * ours.virial(i, j) - theirs.virial(i, j)));
  const double scale = copies * sum_of_r_dot_f(system);
  EXPECT_LT(worst, 1e-9 * scale);  // eV
  ::testing::Test::RecordProperty(
      system.species[0] + system.species[1] + " " + system.name,
      fmt::format("energy {:.1e}, force {:.1e} eV/A, virial {:.1e}",
                  std::abs(copies * ours.energy / theirs.energy - 1.0), largest, worst / scale));
}

TEST(LammpsAgreement, EnergyForcesAndVirialAgreeOnEveryConfiguration) {
  for (const System& system : testing::all_systems())
    expect_agreement(system, reference_result(system),
                     run_lammps(system.box, system.atoms, tables_of(system.model), {}));
}

/// The tables as an eam.alloy file, in which an atom puts the same density at every other: its own
/// kind's is taken for all.
std::string as_eam_alloy(const potential::EamTables& t) {
  const std::size_t n = t.elements.size();
  std::string text = fmt::format("as eam.alloy\n\n\n{}", n);
  for (const auto& element : t.elements) text += " " + element.name;
  text += fmt::format("\n{} {} {} {} {}\n", t.rho_points, t.drho, t.r_points, t.dr, t.cutoff);
  const auto add = [&](const std::vector<double>& values) {
    for (const double v : values) text += fmt::format("{}\n", v);
  };
  for (std::size_t a = 0; a < n; ++a) {
    text += fmt::format("{} {} 1 fcc\n", t.elements[a].atomic_number, t.elements[a].mass);
    add(t.embedding[a]);
    add(t.density[a * n + a]);
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b <= a; ++b) add(t.r_phi[a * n + b]);
  return text;
}

TEST(LammpsAgreement, AnEamAlloyFileMeansTheSameToBoth) {
  const System system = testing::all_systems()[1];
  const std::string text = as_eam_alloy(tables_of(system.model));
  const auto tables = io::parse_setfl(text, "CuZr.eam.alloy");
  EXPECT_EQ(tables.format, "eam.alloy");
  ReferenceForces forces({tables, system.species});
  ForceResult ours;
  forces.evaluate(system.box, system.atoms, {.energy = true, .virial = true}, ours);
  const auto theirs =
      run_lammps(system.box, system.atoms, tables, {.pair_style = "eam/alloy", .potential = text});
  EXPECT_NEAR(ours.energy, theirs.energy, 1e-10 * std::abs(theirs.energy));
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    EXPECT_LT(math::norm(ours.force[i] - theirs.force[i]), 1e-8);
  EXPECT_GT(std::abs(ours.energy / reference_result(system).energy - 1.0),
            1e-6);  // another potential
}

TEST(LammpsAgreement, ABoxBelowTwiceTheCutoffActsAsItsReplicas) {
  for (const System& system : testing::all_systems())
    if (system.name == "small")
      expect_agreement(
          system, reference_result(system),
          run_lammps(system.box, system.atoms, tables_of(system.model), {.replicate = "3 3 3"}),
          27.0);
}

/// 100 steps of 1 fs from the same start. LAMMPS counts amu A^2/ps^2 as 1.0364269e-4 eV, 6.5e-8
/// less than CODATA 2018: with the same masses its accelerations, and after 0.1 ps its positions,
/// would differ by about that part of the distance that forces have moved the atoms (1e-7 A). So
/// LAMMPS is given masses larger by that factor. What is left is rounding, which the motion
/// amplifies by less than a factor of 1e4 in this time.
TEST(LammpsAgreement, TrajectoriesAgreeToRoundingForAHundredSteps) {
  for (System system : testing::all_systems()) {
    if (system.name != "tilted" && system.name != "glass") continue;
    SCOPED_TRACE(system.model + " " + system.name);
    base::RandomStream random(3, "velocities");
    core::draw_velocities(system.atoms, 1000.0, random);
    testing::LammpsRun run{.velocities = true, .steps = 100};
    for (const auto& kind : system.atoms.kinds)
      run.masses.push_back(kind.mass * (base::mv2_to_eV / testing::lammps_mvv2e));
    const auto theirs = run_lammps(system.box, system.atoms, tables_of(system.model), run);

    NativeEngine engine(std::make_unique<ReferenceForces>(
        potential::EamPotential(tables_of(system.model), system.species)));
    State state;
    state.box = system.box;
    state.atoms = system.atoms;
    const Protocol protocol;  // nve, 1 fs
    engine.advance(state, protocol, 100);

    double largest = 0.0, moved = 0.0;
    for (std::size_t i = 0; i < state.atoms.size(); ++i) {
      const math::Vec3 difference = state.atoms.position[i] - theirs.position[i];
      largest = std::max(largest, math::norm(system.box.nearest_image(difference)));
      moved = std::max(moved, math::norm(state.atoms.position[i] - system.atoms.position[i]));
    }
    EXPECT_LT(largest, 1e-10);  // A
    RecordProperty(system.species[0] + system.species[1] + " " + system.name + " 100 steps",
                   fmt::format("position {:.1e} A", largest));
    EXPECT_GT(moved, 0.5);  // A: it was a motion
    EXPECT_NEAR(engine.thermo(state, protocol).potential_energy, theirs.energy,
                1e-10 * std::abs(theirs.energy));
  }
}

}  // namespace
}  // namespace vitreous::engine
