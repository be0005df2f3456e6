#include "engine/native/reference_forces.hpp"

#include <gtest/gtest.h>

#include "../analysis/memory_archive.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "eam_systems.hpp"

namespace vitreous::engine {
namespace {

using testing::all_systems;
using testing::System;
using testing::tables_of;

const Want everything{.energy = true, .virial = true, .energy_per_atom = true};

ForceResult evaluate(const System& system) {
  ReferenceForces forces({tables_of(system.model), system.species});
  ForceResult result;
  forces.evaluate(system.box, system.atoms, everything, result);
  return result;
}

double energy_of(ReferenceForces& forces, const core::Box& box, const core::Atoms& atoms) {
  ForceResult result;
  forces.evaluate(box, atoms, everything, result);
  return result.energy;
}

/// The definition, by a sum over all atoms and images.
double naive_energy(const System& s) {
  const potential::EamPotential p(tables_of(s.model), s.species);
  const int far = s.name == "small" ? 2 : 1;  // boxes away: the others are twice the cutoff wide
  double energy = 0.0;
  for (std::size_t i = 0; i < s.atoms.size(); ++i) {
    double density = 0.0;
    const auto a = static_cast<std::size_t>(s.atoms.species[i]);
    for (std::size_t j = 0; j < s.atoms.size(); ++j)
      for (int x = -far; x <= far; ++x)
        for (int y = -far; y <= far; ++y)
          for (int z = -far; z <= far; ++z) {
            if (i == j && x == 0 && y == 0 && z == 0) continue;
            const double r =
                math::norm(s.atoms.position[j] + s.box.translation(x, y, z) - s.atoms.position[i]);
            const auto b = static_cast<std::size_t>(s.atoms.species[j]);
            energy += 0.5 * p.pair(a, b, r).energy;
            density += p.density(b, a, r).value;
          }
    energy += p.embedding(a, density).value;
  }
  return energy;
}

TEST(ReferenceForces, EnergyIsTheSumOverAllImages) {
  for (const System& system : all_systems()) {
    if (system.name == "glass") continue;  // the naive sum is long
    const double naive = naive_energy(system);
    EXPECT_NEAR(evaluate(system).energy, naive, 1e-11 * std::abs(naive))
        << system.model << system.name;
  }
}

TEST(ReferenceForces, ForceIsMinusTheGradientOfTheEnergy) {
  for (const System& system : all_systems()) {
    ReferenceForces forces({tables_of(system.model), system.species});
    const ForceResult result = evaluate(system);
    for (const std::size_t i : {std::size_t{0}, system.atoms.size() / 2})
      for (std::size_t k = 0; k < 3; ++k) {
        constexpr double h = 1e-5;
        core::Atoms moved = system.atoms;
        math::Vec3 step;
        step[k] = h;
        moved.position.add(i, step);
        const double up = energy_of(forces, system.box, moved);
        moved.position.add(i, -2.0 * step);
        const double down = energy_of(forces, system.box, moved);
        // The tables' splines have jumps in their second derivative: h times their size.
        EXPECT_NEAR(result.force[i][k], (down - up) / (2 * h), 5e-4) << system.model << system.name;
      }
  }
}

TEST(ReferenceForces, VirialIsMinusTheDerivativeByStrain) {
  for (const System& system : all_systems()) {
    ReferenceForces forces({tables_of(system.model), system.species});
    const ForceResult result = evaluate(system);
    for (const auto& [i, j] : {std::pair{0, 0}, std::pair{0, 1}, std::pair{2, 1}}) {
      constexpr double h = 1e-6;
      const auto strained = [&](double e) {
        math::Mat3 f = math::Mat3::identity();
        f(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) += e;
        core::Atoms atoms = system.atoms;
        for (std::size_t k = 0; k < atoms.size(); ++k) atoms.position.set(k, f * atoms.position[k]);
        return energy_of(forces, core::Box(f * system.box.cell(), f * system.box.origin()), atoms);
      };
      const double derivative = (strained(h) - strained(-h)) / (2 * h);
      EXPECT_NEAR(result.virial(static_cast<std::size_t>(i), static_cast<std::size_t>(j)),
                  -derivative, 2e-3 + 1e-5 * std::abs(derivative))
          << system.model << system.name;
    }
  }
}

TEST(ReferenceForces, EnergiesOfAtomsSumToTheEnergyAndForcesToZero) {
  for (const System& system : all_systems()) {
    const ForceResult result = evaluate(system);
    double energy = 0.0;
    math::Vec3 force;
    for (std::size_t i = 0; i < system.atoms.size(); ++i) {
      energy += result.energy_per_atom[i];
      force += result.force[i];
    }
    EXPECT_NEAR(energy, result.energy, 1e-11 * std::abs(energy));
    EXPECT_NEAR(math::norm(force), 0.0, 1e-10);
  }
}

TEST(ReferenceForces, DoNotDependOnWhereTheBoxBeginsNorOnHowAtomsAreUnwrapped) {
  System system = all_systems()[2];
  const ForceResult before = evaluate(system);
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    system.atoms.position.add(i, system.box.translation(int(i % 5) - 2, int(i % 3), -int(i % 7)));
  system.box = core::Box(system.box.cell(), {1.0, -2.0, 0.5});
  const ForceResult after = evaluate(system);
  EXPECT_NEAR(after.energy, before.energy, 1e-10 * std::abs(before.energy));
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    EXPECT_NEAR(math::norm(after.force[i] - before.force[i]), 0.0, 1e-9);
}

TEST(ReferenceForces, ASupercellHasItsMultipleOfTheEnergyAndTheSameForces) {
  const System small = all_systems()[3];
  System large = small;
  large.box = core::Box(small.box.cell() * math::Mat3::diagonal(2, 3, 1));
  large.atoms.resize(0);
  for (int x = 0; x < 2; ++x)
    for (int y = 0; y < 3; ++y)
      for (std::size_t i = 0; i < small.atoms.size(); ++i) {
        const std::size_t k = large.atoms.size();
        large.atoms.resize(k + 1);
        large.atoms.id[k] = static_cast<std::int64_t>(k) + 1;
        large.atoms.species[k] = small.atoms.species[i];
        large.atoms.position.set(k, small.atoms.position[i] + small.box.translation(x, y, 0));
      }
  const ForceResult one = evaluate(small), six = evaluate(large);
  EXPECT_NEAR(six.energy, 6 * one.energy, 1e-10 * std::abs(six.energy));
  for (std::size_t k = 0; k < large.atoms.size(); ++k)
    EXPECT_NEAR(math::norm(six.force[k] - one.force[k % small.atoms.size()]), 0.0, 1e-9);
}

bool same_bits(const ForceResult& a, const ForceResult& b) {
  return a.force.x == b.force.x && a.force.y == b.force.y && a.force.z == b.force.z &&
         a.energy == b.energy && a.virial == b.virial && a.energy_per_atom == b.energy_per_atom;
}

TEST(ReferenceForces, HaveTheSameBitsOnAnyNumberOfThreads) {
  const System system = all_systems()[1];
  const ForceResult one = evaluate(system);
  for (const int threads : {2, 3}) {
    base::set_threads(threads);
    EXPECT_TRUE(same_bits(one, evaluate(system)));
  }
  base::set_threads(1);
}

TEST(ReferenceForces, HaveTheSameBitsWithARestoredList) {
  System system = all_systems()[0];
  ReferenceForces forces({tables_of(system.model), system.species});
  ForceResult result, again;
  forces.evaluate(system.box, system.atoms, everything, result);
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    system.atoms.position.add(i, {0.1, -0.05, 0.02 * double(i % 3)});
  forces.evaluate(system.box, system.atoms, everything, result);
  analysis::testing::MemoryArchive archive;
  forces.transfer(archive);
  archive.load();
  ReferenceForces restored({tables_of(system.model), system.species});
  restored.transfer(archive);
  restored.evaluate(system.box, system.atoms, everything, again);
  EXPECT_TRUE(same_bits(result, again));
}

TEST(ReferenceForces, DoNotDependOnWhatElseIsWanted) {
  const System system = all_systems()[0];
  ReferenceForces forces({tables_of(system.model), system.species});
  ForceResult bare;
  forces.evaluate(system.box, system.atoms, {}, bare);
  EXPECT_EQ(bare.force.x, evaluate(system).force.x);
}

TEST(ReferenceForces, RefuseTwoAtomsAtTheSamePlaceByTheirIds) {
  System system = all_systems()[0];
  system.atoms.position.set(4, system.atoms.position[9]);
  try {
    evaluate(system);
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_NE(std::string(error.what()).find("atoms 5 and 10"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace vitreous::engine
