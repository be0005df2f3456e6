#include "analysis/diffusion_coefficient.hpp"

#include <gtest/gtest.h>

#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// Walkers of D(step) (A^2/ps) in a cage of MSD 0.3 A^2 that forgets within 0.2 ps.
core::Result walk(std::uint64_t seed, std::size_t atoms, std::int64_t steps,
                  const std::function<double(std::int64_t)>& D, double cage = 0.3) {
  World world(atoms / 2, atoms - atoms / 2, seed);
  world.timestep = 0.1;
  base::RandomStream random(seed, "walk in a cage");
  ObserverSet set(world.setting(steps), {{"msd", {}}});
  math::Vectors home = world.atoms.position, away(atoms);
  const double memory = std::exp(-world.timestep / 0.2), width = std::sqrt(cage / 6.0);
  const auto rattle = [&](double x) {
    return memory * x + width * std::sqrt(1.0 - memory * memory) * random.normal();
  };
  drive(set, world, steps, [&](std::int64_t step) {
    const double s = std::sqrt(2.0 * D(step) * world.timestep);
    for (std::size_t i = 0; i < atoms; ++i) {
      home.add(i, {s * random.normal(), s * random.normal(), s * random.normal()});
      away.set(i, {rattle(away.x[i]), rattle(away.y[i]), rattle(away.z[i])});
      world.atoms.position.set(i, home[i] + away[i]);
    }
  });
  return set.result();
}

TEST(DiffusionCoefficient, IntervalsContainTheTruthAboutTwoTimesInThree) {
  // 120 runs: the share has a standard error of 4.2 %; the bound is three of them. The full check
  // is validation/coverage_diffusion_validation.cpp.
  int inside = 0, given = 0;
  const double truth = 0.05e-8 * (1.0 - 1.0 / 60.0);
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const auto result = walk(seed, 60, 400, [](std::int64_t) { return 0.05; });
    const auto& q = quantity_of(result, "D");
    if (!q.measured) continue;
    ++given;
    EXPECT_EQ(q.measured->unit, "m^2/s");
    inside += std::abs(q.measured->value - truth) <= q.measured->standard_error;
  }
  EXPECT_GE(given, 108);
  EXPECT_NEAR(static_cast<double>(inside) / given, 0.6827, 0.127);
}

TEST(DiffusionCoefficient, GivesEverySpeciesItsOwn) {
  // A seed without a chance drift: one D in twenty is refused for halves two errors apart.
  const auto result = walk(12, 400, 1000, [](std::int64_t) { return 0.1; });
  for (const char* name : {"D", "D.Cu", "D.Zr"}) {
    const auto& q = quantity_of(result, name);
    ASSERT_TRUE(q.measured) << name << q.reason;
    EXPECT_NEAR(q.measured->value, 0.1e-8, 5.0 * q.measured->standard_error) << name;
    EXPECT_LT(q.measured->standard_error, 0.05 * q.measured->value) << name;
  }
}

TEST(DiffusionCoefficient, OfALongRunIsInEquilibrium) {
  // At q = 2.7/A a walk of D relaxes within 1/(q^2 D): 1.4 ps at 0.1 A^2/ps.
  const auto result = walk(2, 200, 1000, [](std::int64_t) { return 0.1; });
  EXPECT_EQ(quantity_of(result, "D").state, "equilibrium");
}

TEST(DiffusionCoefficient, OfARunShorterThanTenRelaxationTimesIsAGlass) {
  const auto result = walk(
      3, 400, 2000, [](std::int64_t) { return 0.003; }, 0.12);
  const auto& q = quantity_of(result, "D");
  ASSERT_TRUE(q.measured) << q.reason;
  EXPECT_EQ(q.state, "glass");
  EXPECT_NE(q.reason.find("tau_alpha"), std::string::npos) << q.reason;
}

TEST(DiffusionCoefficient, OfCagedAtomsIsOnlyAnUpperBound) {
  const auto result = walk(4, 200, 1000, [](std::int64_t) { return 1e-5; });
  const auto& q = quantity_of(result, "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_FALSE(q.measured);
  EXPECT_EQ(q.state, "upper_bound");
  EXPECT_NE(q.reason.find("upper bound only"), std::string::npos) << q.reason;
  const double told = std::stod(q.reason.substr(q.reason.find("D < ") + 4));
  EXPECT_NEAR(std::stod(q.how.at("upper_bound")), told, 0.06 * told) << q.reason;
}

TEST(DiffusionCoefficient, OfFreeFlightIsRefused) {
  World world(50, 50);
  world.timestep = 0.1;
  base::RandomStream random(5, "flight");
  std::vector<math::Vec3> velocity(100);
  for (auto& v : velocity) v = {random.normal(), random.normal(), random.normal()};
  ObserverSet set(world.setting(1000), {{"msd", {}}});
  drive(set, world, 1000, [&](std::int64_t) {
    for (std::size_t i = 0; i < 100; ++i) world.atoms.position.add(i, velocity[i] * world.timestep);
  });
  EXPECT_EQ(quantity_of(set.result(), "D").status, core::Status::refused);
}

TEST(DiffusionCoefficient, OfSlowMotionInAWellIsRefused) {
  // No walk at all, but a well that is explored in 20 ps: the MSD rises all along the lags.
  World world(200, 200);
  world.timestep = 0.1;
  base::RandomStream random(6, "well");
  ObserverSet set(world.setting(2000), {{"msd", {}}});
  const double memory = std::exp(-world.timestep / 20.0), kick = std::sqrt(1.0 - memory * memory);
  math::Vectors home = world.atoms.position, away(400);
  drive(set, world, 2000, [&](std::int64_t) {
    for (std::size_t i = 0; i < 400; ++i) {
      away.set(i, away[i] * memory +
                      math::Vec3{random.normal(), random.normal(), random.normal()} * kick);
      world.atoms.position.set(i, home[i] + away[i]);
    }
  });
  const auto& q = quantity_of(set.result(), "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_FALSE(q.measured);
  EXPECT_FALSE(q.reason.empty());
}

TEST(DiffusionCoefficient, ThatDriftsIsRefusedWithBothHalves) {
  const auto result = walk(7, 300, 1000, [](std::int64_t step) { return step < 500 ? 0.1 : 0.05; });
  const auto& q = quantity_of(result, "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_NE(q.reason.find("drifts"), std::string::npos) << q.reason;
}

TEST(DiffusionCoefficient, OfTooShortARunIsRefusedForItsFewStretches) {
  const auto result = walk(8, 300, 60, [](std::int64_t) { return 0.05; });
  const auto& q = quantity_of(result, "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_NE(q.reason.find("independent stretches of time"), std::string::npos) << q.reason;
}

}  // namespace
}  // namespace vitreous::analysis
