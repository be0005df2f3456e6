// The fast forces in boxes too narrow for their list, which sees them repeated.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "fast_kernels.hpp"

namespace vitreous::engine {
namespace {

using testing::disordered;
using testing::expect_same_motion;
using testing::fast_protocol;
using testing::moving;
using testing::reference;
using testing::System;
using testing::tables_of;

const std::string copper_zirconium = "kim:MO_600021860456_005";

System narrow_system(const std::array<int, 3>& cells, double amplitude = 0.1,
                     const math::Mat3& strain = math::Mat3::identity()) {
  return disordered("narrow", copper_zirconium, {"Cu", "Zr"}, 3.25, cells, amplitude, strain);
}

math::Mat3 much_tilt() {
  math::Mat3 tilt = math::Mat3::identity();
  tilt(0, 1) = 0.45;
  tilt(0, 2) = -0.3;
  tilt(1, 2) = 0.4;
  return tilt;
}

/// The list needs 19.2 A for Cu50Zr50; a cell is 3.25 A wide.
std::vector<System> narrow_systems() {
  std::vector<System> all;
  for (const std::array<int, 3>& cells :
       {std::array{2, 2, 2}, std::array{3, 3, 3}, std::array{4, 4, 4}, std::array{5, 5, 5},
        std::array{3, 6, 6}, std::array{6, 4, 6}, std::array{7, 6, 2}, std::array{2, 5, 9}})
    all.push_back(narrow_system(cells));
  all.push_back(narrow_system({3, 3, 4}, 0.2, much_tilt()));
  all.push_back(narrow_system({5, 5, 5}, 0.2, much_tilt()));
  all.push_back(narrow_system({7, 4, 3}, 0.2, much_tilt()));
  System slab = narrow_system({4, 3, 6});
  slab.box = core::Box(slab.box.cell() * math::Mat3::diagonal(1.0, 1.0, 2.0), slab.box.origin());
  all.push_back(slab);
  all.push_back(disordered("narrow", "kim:MO_338600200739_000", {"Al", "Sm"}, 3.6, 3, 0.1));
  all.push_back(disordered("narrow", "kim:MO_149104665840_005", {"Ni", "Zr"}, 3.2, 4, 0.1));
  return all;
}

std::string told(const System& system) {
  const math::Vec3 h = system.box.heights();
  return fmt::format("{}, {:.4g} x {:.4g} x {:.4g} A", system.model, h.x, h.y, h.z);
}

/// Every pair of atoms and images, by the potential's own functions.
ForceResult sum_over_images(const System& system, int images) {
  const potential::EamPotential potential(tables_of(system.model), system.species);
  struct Pair {
    std::size_t i, j, a, b;
    math::Vec3 d;
    double r;
  };
  std::vector<Pair> pairs;
  const std::size_t n = system.atoms.size();
  const auto kind = [&](std::size_t i) { return std::size_t(system.atoms.species[i]); };
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (int k = 0; k < (2 * images + 1) * (2 * images + 1) * (2 * images + 1); ++k) {
        const int across = 2 * images + 1;
        const math::Vec3 d =
            system.atoms.position[i] - system.atoms.position[j] +
            system.box.translation(k % across - images, k / across % across - images,
                                   k / across / across - images);
        const double r = math::norm(d);
        if (r > 1e-6 && r < potential.cutoff()) pairs.push_back({i, j, kind(i), kind(j), d, r});
      }
  ForceResult sum;
  sum.force.resize(n);
  std::vector<double> density(n, 0.0), slope(n);
  for (const Pair& p : pairs) density[p.i] += potential.density(p.b, p.a, p.r).value;
  for (std::size_t i = 0; i < n; ++i) {
    const auto embedding = potential.embedding(kind(i), density[i]);
    slope[i] = embedding.slope;
    sum.energy += embedding.value;
  }
  for (const Pair& p : pairs) {
    const auto phi = potential.pair(p.a, p.b, p.r);
    const math::Vec3 f = p.d * (-(phi.slope + slope[p.i] * potential.density(p.b, p.a, p.r).slope +
                                  slope[p.j] * potential.density(p.a, p.b, p.r).slope) /
                                p.r);
    sum.force.add(p.i, f);
    sum.energy += 0.5 * phi.energy;
    sum.virial += math::outer(p.d, f) * 0.5;
  }
  return sum;
}

class NarrowBoxTest : public testing::FastKernelTest {
 protected:
  static constexpr double bar = 6.24e-7;  // eV/A^3

  /// Forces and the loop's virial, then what is measured.
  static void expect_agreement(FastForces& forces, const System& system, const ForceResult& exact) {
    ForceResult found, measured;
    forces.evaluate(system.box, system.atoms, {.virial = true}, found);
    EXPECT_EQ(forces.description().find("now reference"), std::string::npos) << told(system);
    EXPECT_LT(relative_error(found, exact), 2e-5) << told(system);
    forces.measure(system.box, system.atoms, measured);
    EXPECT_NEAR(measured.energy, exact.energy, 1e-7 * double(system.atoms.size())) << told(system);
    const double volume = system.box.volume();
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(found.virial(i, j), exact.virial(i, j), 10 * bar * volume) << told(system);
        EXPECT_NEAR(measured.virial(i, j), exact.virial(i, j), 0.1 * bar * volume) << told(system);
      }
  }
};

INSTANTIATE_TEST_SUITE_P(Kernels, NarrowBoxTest, ::testing::ValuesIn(fast::all_kernels()),
                         testing::name_of_kernel);

TEST_P(NarrowBoxTest, ForcesEnergyAndPressureAreThoseOfTheReference) {
  for (const System& system : narrow_systems()) {
    FastForces forces = fast_forces(system);
    expect_agreement(forces, system, reference(system));
  }
}

TEST_P(NarrowBoxTest, ForcesEnergyAndPressureAreSumsOverAllImages) {
  for (const System& system :
       {narrow_system({2, 3, 2}), narrow_system({3, 3, 2}, 0.2, much_tilt())}) {
    FastForces forces = fast_forces(system);
    expect_agreement(forces, system, sum_over_images(system, 2));
  }
}

TEST_P(NarrowBoxTest, ForcesDoNotDependOnHowManyAtomsAreInAClass) {
  const System system = narrow_system({4, 3, 7});
  for (const std::uint32_t in_class : {1u, 50u, 128u}) {
    FastForces forces({tables_of(system.model), system.species}, *GetParam(),
                      testing::fitted(system, GetParam()->tables), "", in_class);
    expect_agreement(forces, system, reference(system));
  }
}

TEST_P(NarrowBoxTest, ForcesDoNotDependOnHowAtomsAreUnwrapped) {
  System system = narrow_system({3, 4, 2});
  const ForceResult exact = reference(system);
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    system.atoms.position.add(i, system.box.translation(int(i % 5) - 2, int(i % 3), -int(i % 7)));
  system.box = core::Box(system.box.cell(), {1.0, -2.0, 0.5});
  FastForces forces = fast_forces(system);
  expect_agreement(forces, system, exact);
}

TEST_P(NarrowBoxTest, ForcesStayRightWhileTheBoxBecomesNarrowAndWideAgain) {
  // Two edges pass twice the list's reach, or that reach: they are repeated two or three times
  // then.
  for (const int cells : {6, 3}) {
    System system = narrow_system({cells, 7, cells});
    FastForces forces = fast_forces(system);
    for (int step = -10; step <= 10; ++step) {
      const double ratio = step <= 0 ? 0.99 : 1.0 / 0.99;
      const math::Mat3 strain = math::Mat3::diagonal(ratio, 1.0, ratio);
      system.box = core::Box(strain * system.box.cell(), strain * system.box.origin());
      for (std::size_t i = 0; i < system.atoms.size(); ++i)
        system.atoms.position.set(i, strain * system.atoms.position[i]);
      expect_agreement(forces, system, reference(system));
    }
  }
}

TEST_P(NarrowBoxTest, ForcesStayRightWhileTheListIsSiftedAndFoundAnew) {
  for (System system : {narrow_system({3, 3, 3}), narrow_system({3, 4, 6}, 0.1, much_tilt())}) {
    FastForces forces = fast_forces(system);
    const State state = moving(system, 2000.0);
    for (int step = 0; step < 40; ++step) {
      for (std::size_t i = 0; i < system.atoms.size(); ++i)
        system.atoms.position.add(
            i, (state.atoms.velocity[i] + math::Vec3{20.0, -30.0, 40.0}) * 0.004);
      ForceResult found, fresh;
      forces.evaluate(system.box, system.atoms, {}, found);
      if (step % 10 != 9) continue;
      fast_forces(system).evaluate(system.box, system.atoms, {}, fresh);
      EXPECT_LT(relative_error(found, fresh), 1e-6) << told(system) << ", step " << step;
    }
  }
}

TEST_P(NarrowBoxTest, ExtremelyClosePairsAreTakenInDoublePrecision) {
  System system = narrow_system({3, 3, 3}, 0.05);
  // Across the lower faces of the box.
  system.atoms.position.set(0, {0.1, 0.2, 0.1});
  system.atoms.position.set(30, math::Vec3{-0.2, -0.2, 0.1} + system.box.translation(0, 1, 0));
  FastForces forces = fast_forces(system);
  ForceResult found;
  forces.evaluate(system.box, system.atoms, {.virial = true}, found);
  EXPECT_EQ(forces.description().find("now reference"), std::string::npos);
  const ForceResult exact = reference(system);
  for (const std::size_t i : {std::size_t{0}, std::size_t{30}})
    EXPECT_LT(math::norm(found.force[i] - exact.force[i]), 1e-5 * math::norm(exact.force[i]));
  EXPECT_NEAR(math::trace(found.virial), math::trace(exact.virial),
              1e-6 * std::abs(math::trace(exact.virial)));
}

TEST_P(NarrowBoxTest, TwoAtomsAtTheSamePlaceAreRefused) {
  for (const auto& [i, j] : {std::pair{4, 9}, std::pair{9, 4}, std::pair{0, 1}}) {
    System system = narrow_system({3, 3, 3});
    system.atoms.position.set(std::size_t(i), system.atoms.position[std::size_t(j)]);
    ForceResult found;
    EXPECT_THROW(fast_forces(system).evaluate(system.box, system.atoms, {}, found), base::RunError);
  }
}

TEST_P(NarrowBoxTest, DynamicsConservesTheEnergyAsTheReferenceDoes) {
  const System system = narrow_system({3, 3, 3});
  const Protocol protocol = fast_protocol(Ensemble::nve, 0.0, 0.002);
  State state = moving(system, 1500.0), exact = state;
  NativeEngine engine = engine_of(system);
  NativeEngine oracle(std::make_unique<ReferenceForces>(
      potential::EamPotential(tables_of(system.model), system.species)));
  engine.advance(state, protocol, 100);
  oracle.advance(exact, protocol, 100);
  double farthest = 0.0;
  for (std::size_t i = 0; i < system.atoms.size(); ++i)
    farthest = std::max(farthest, math::norm(state.atoms.position[i] - exact.atoms.position[i]));
  EXPECT_LT(farthest, 1e-3);
  const double before = engine.thermo(state, protocol).conserved;
  EXPECT_NEAR(before, oracle.thermo(exact, protocol).conserved, 1e-5 * 54);
  engine.advance(state, protocol, 400);
  EXPECT_NEAR(engine.thermo(state, protocol).conserved, before, 2e-4 * 54);
}

TEST_P(NarrowBoxTest, AResumedRunHasTheSameBits) {
  const System system = narrow_system({3, 4, 6});
  testing::expect_resumed_bits(system, [&] { return engine_of(system); });
}

TEST_P(NarrowBoxTest, ARunHasTheSameBitsOnAnyNumberOfThreads) {
  const System system = narrow_system({12, 3, 12});
  const auto run = [&](int threads) {
    base::set_threads(threads);
    State state = moving(system, 1500.0);
    engine_of(system).advance(state, fast_protocol(Ensemble::npt, 1500.0, 0.002), 30);
    base::set_threads(1);
    return state;
  };
  const State one = run(1);
  for (const int threads : {2, 3}) expect_same_motion(one, run(threads));
}

}  // namespace
}  // namespace vitreous::engine
