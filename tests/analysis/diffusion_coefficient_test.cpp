#include "analysis/diffusion_coefficient.hpp"

#include <gtest/gtest.h>

#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// Walkers of D(step) (A^2/ps) in a cage of MSD 0.3 A^2 that forgets within 0.2 ps. The run may be
/// planned for more steps than it takes.
core::Result walk(std::uint64_t seed, std::size_t atoms, std::int64_t steps,
                  const std::function<double(std::int64_t)>& D, double cage = 0.3,
                  std::size_t kinds = 2, std::int64_t planned = 0,
                  const std::map<std::string, std::string>& options = {}) {
  const std::size_t zirconium = kinds == 2 ? atoms - atoms / 2 : 0;
  World world(atoms - zirconium, zirconium, seed);
  world.atoms.kinds.resize(kinds);
  world.timestep = 0.1;
  base::RandomStream random(seed, "walk in a cage");
  ObserverSet set(world.setting(std::max(steps, planned)), {{"msd", options}});
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

/// Percent of steady runs whose halves chance sets as far apart, as a D tells it.
double chance_of(const core::Reported& q) {
  const std::string before = "by chance in ", &text = q.how.at("halves");
  return std::stod(text.substr(text.find(before) + before.size()));
}

/// How often steady walkers give a D, an interval that holds the true one, halves that chance sets
/// so far apart in one run of twenty, an error widened for drift, a refusal for it.
struct SteadyRuns {
  int given = 0, inside = 0, apart = 0, widened = 0, drifting = 0;

  SteadyRuns(std::uint64_t runs, std::size_t atoms, std::int64_t steps) {
    const double truth = 0.05e-8 * (1.0 - 1.0 / static_cast<double>(atoms));
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
      const auto result = walk(
          seed, atoms, steps, [](std::int64_t) { return 0.05; }, 0.3, 1);
      const auto q = quantity_of(result, "D");
      drifting += q.reason.starts_with("D drifts");
      if (!q.measured) continue;
      ++given;
      apart += chance_of(q) < 5.0;
      widened += q.how.contains("widened");
      EXPECT_EQ(q.measured->unit, "m^2/s");
      inside += std::abs(q.measured->value - truth) <= q.measured->standard_error;
    }
  }
};

TEST(DiffusionCoefficient, IntervalsContainTheTruthAboutTwoTimesInThreeWithRareFalseAlarms) {
  // 200 runs: the share has a standard error of 3.3 %, the ten whose halves are apart one of 3.1;
  // the bounds are three of them. Two runs are widened (more than seven are in 0.1 %), none is
  // refused (more than two are in 0.1 %). The full check is
  // validation/coverage_diffusion_validation.cpp.
  const SteadyRuns runs(200, 60, 400);
  EXPECT_GE(runs.given, 190);
  EXPECT_NEAR(static_cast<double>(runs.inside) / runs.given, 0.6827, 0.099);
  EXPECT_NEAR(runs.apart, 10, 9.3);
  EXPECT_LE(runs.widened, 7);
  EXPECT_LE(runs.drifting, 2);
}

TEST(DiffusionCoefficient, IntervalsOfALiquidThatRemembersContainTheTruthMoreOften) {
  // ln D of all walkers fluctuates by 0.2 and remembers it for 3 ps, a relaxation time and a half.
  // With blocks as long as walkers need to forget the truth is in 54 % of the intervals of these
  // 200 runs. The run is short, some twenty relaxation times, so that its four blocks are, too: 63
  // %.
  const double sd = 0.2, keep = std::exp(-0.1 / 3.0);
  int given = 0, inside = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    base::RandomStream random(seed, "moods of a liquid");
    double mood = sd * random.normal();
    const auto D = [&](std::int64_t) {
      mood = keep * mood + sd * std::sqrt(1.0 - keep * keep) * random.normal();
      return 0.06 * std::exp(mood - 0.5 * sd * sd);
    };
    const auto q = quantity_of(walk(seed, 60, 400, D, 0.3, 1), "D");
    if (!q.measured) continue;
    ++given;
    inside +=
        std::abs(q.measured->value - 0.06e-8 * (1.0 - 1.0 / 60.0)) <= q.measured->standard_error;
  }
  EXPECT_GE(given, 190);
  EXPECT_GT(static_cast<double>(inside) / given, 0.59);
}

TEST(DiffusionCoefficient, FalseAlarmsAreNoMoreFrequentWithFewBlocks) {
  // About as few stretches of time as are allowed: the halves' error is known from some seven
  // degrees of freedom, and two of it would be 7 % of Student's t. Bounds as above.
  const SteadyRuns runs(160, 60, 130);
  EXPECT_GE(runs.given, 80);
  EXPECT_NEAR(runs.apart, 0.05 * runs.given, 3.0 * std::sqrt(0.0475 * runs.given));
  EXPECT_LE(runs.widened, 6);
  EXPECT_LE(runs.drifting, 2);
}

TEST(DiffusionCoefficient, GivesEverySpeciesItsOwn) {
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

TEST(DiffusionCoefficient, OfAnUnfinishedRunIsJudgedByWhatWasSeenOfIt) {
  // 100 ps are planned, more than ten relaxation times, and 40 were run. Origins are 0.8 ps apart.
  const auto D = [](std::int64_t) { return 0.014; };
  const auto finished = quantity_of(walk(5, 400, 1000, D, 0.12), "D"),
             stopped = quantity_of(walk(5, 400, 400, D, 0.12, 2, 1000), "D");
  ASSERT_TRUE(finished.measured) << finished.reason;
  ASSERT_TRUE(stopped.measured) << stopped.reason;
  EXPECT_EQ(finished.state, "equilibrium");
  EXPECT_EQ(stopped.state, "glass");
  EXPECT_TRUE(finished.how.at("window").ends_with(" of a run of 100 ps"));
  const std::string before = " of a run of ", &window = stopped.how.at("window");
  EXPECT_NEAR(std::stod(window.substr(window.find(before) + before.size())), 40.4, 0.41) << window;
}

TEST(DiffusionCoefficient, OfARunThatHasNotBegunIsRefusedInSoManyWords) {
  const auto D = [](std::int64_t) { return 0.02; };
  EXPECT_EQ(quantity_of(walk(6, 20, 0, D, 0.12, 2, 1000), "D").reason, "nothing was observed yet");
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
  // Short lags, so that few of them reach from the one half to the other.
  const auto result = walk(7, 300, 2000, [](std::int64_t step) { return step < 1000 ? 0.1 : 0.05; },
                           0.3, 2, 0, {{"max_time", "10 ps"}});
  const auto& q = quantity_of(result, "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_NE(q.reason.find("drifts"), std::string::npos) << q.reason;
}

TEST(DiffusionCoefficient, ThatMayDriftHasAnErrorThatReachesBothHalves) {
  int told = 0, widened = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto result = walk(
        seed, 120, 400, [](std::int64_t step) { return step < 200 ? 0.059 : 0.041; }, 0.3, 1);
    const auto q = quantity_of(result, "D");
    told += q.reason.find("drift") != std::string::npos;
    if (!q.how.contains("widened")) continue;
    ++widened;
    const auto half = [&](const std::string& before) {
      return std::stod(q.reason.substr(q.reason.find(before) + before.size()));
    };
    const double early = half("D may drift: "), late = half("first half of the run, ");
    const double rounding = 0.1e-10;  // of two halves told to two digits
    EXPECT_GE(q.measured->standard_error, 0.5 * (std::abs(early - late) - rounding)) << q.reason;
  }
  // The halves' difference, some 30 % with lags that reach from half to half, is nearly four times
  // its error: Student's t of one steady run in a hundred, 2.9, is exceeded in most runs.
  EXPECT_GE(told, 10);
  EXPECT_GE(widened, 3);
}

TEST(DiffusionCoefficient, OfTooShortARunIsRefusedForItsFewStretches) {
  const auto result = walk(8, 300, 60, [](std::int64_t) { return 0.05; });
  const auto& q = quantity_of(result, "D");
  EXPECT_EQ(q.status, core::Status::refused);
  EXPECT_NE(q.reason.find("independent stretches of time"), std::string::npos) << q.reason;
}

}  // namespace
}  // namespace vitreous::analysis
