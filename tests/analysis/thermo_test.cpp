#include "analysis/thermo.hpp"

#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// A run whose thermo(step) is made up.
core::Result observe_thermo(World& world, std::int64_t last,
                            const std::map<std::string, std::string>& options,
                            const std::function<core::Thermo(std::int64_t)>& thermo,
                            std::int64_t interrupted_at = -1) {
  const std::vector<ObserverRequest> requests = {{"thermo", options}};
  ObserverSet set(world.setting(last), requests);
  for (std::int64_t step = 0; step <= last; ++step) {
    if (step == interrupted_at) set = restored(set, world.setting(last), requests);
    const core::Thermo now = thermo(step);
    if (set.next_step(step - 1) != step) continue;
    EXPECT_TRUE(set.needs_thermo_at(step));
    auto frame = world.frame(step);
    frame.thermo = now;
    set.take(frame);
  }
  return set.result();
}

core::Thermo constant(double energy, double temperature) {
  core::Thermo t;
  t.potential_energy = energy;
  t.temperature = temperature;
  t.pressure = math::Mat3::diagonal(1e-3, 2e-3, 6e-3);
  t.conserved = energy;
  return t;
}

TEST(Thermo, TellsEveryQuantityAnAtomInItsUnit) {
  World world(6, 4);
  const auto result = observe_thermo(world, 1000, {{"every", "0.1 ps"}},
                                     [](std::int64_t) { return constant(-40.0, 900.0); });
  const auto& table = table_of(result, "thermo");
  EXPECT_EQ(table.rows(), 101u);
  EXPECT_DOUBLE_EQ(numbers(table, "time").at(3), 0.3);
  EXPECT_DOUBLE_EQ(numbers(table, "E").at(7), -4.0);
  EXPECT_DOUBLE_EQ(numbers(table, "V").at(7), 800.0);
  EXPECT_DOUBLE_EQ(numbers(table, "H").at(7), -4.0 + 3e-3 * 800.0);
  EXPECT_DOUBLE_EQ(numbers(table, "P").at(7), 3e-3 * base::eV_per_A3_to_GPa);
  EXPECT_DOUBLE_EQ(numbers(table, "box_yy").at(7), 20.0);
  EXPECT_THROW(numbers(table, "box_xy"), std::runtime_error);
  const auto& T = quantity_of(result, "T");
  EXPECT_DOUBLE_EQ(T.measured->value, 900.0);
  EXPECT_EQ(T.measured->unit, "K");
  EXPECT_EQ(T.measured->standard_error, 0.0);
}

TEST(Thermo, MeansCoverTheTruthOfACorrelatedSeries) {
  // 200 series of 1001 samples, autocorrelation time 19 samples. Two errors must cover between 90
  // and 99 % (95 expected, standard error 1.5 %).
  World world(6, 4);
  int inside = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    base::RandomStream random(seed, "correlated temperature");
    double x = random.normal();
    const auto result = observe_thermo(world, 1000, {{"every", "0.01 ps"}}, [&](std::int64_t) {
      x = 0.9 * x + std::sqrt(1.0 - 0.81) * random.normal();
      return constant(-40.0, 900.0 + 20.0 * x);
    });
    const auto& T = quantity_of(result, "T");
    inside += std::abs(T.measured->value - 900.0) < 2.0 * T.measured->standard_error;
  }
  EXPECT_GT(inside, 180);
  EXPECT_LT(inside, 199);
}

TEST(Thermo, FindsTheDriftOfTheConservedQuantity) {
  World world(6, 4);
  base::RandomStream random(5, "drifting energy");
  const auto result = observe_thermo(world, 5000, {}, [&](std::int64_t step) {
    auto t = constant(-40.0 + 1e-3 * random.normal(), 900.0);
    t.conserved = -40.0 + 2e-3 * static_cast<double>(step) * 0.01 + 1e-3 * random.normal();
    return t;
  });
  const auto& drift = quantity_of(result, "energy_drift");
  EXPECT_NEAR(drift.measured->value, 2e-4, 4.0 * drift.measured->standard_error);
  EXPECT_LT(drift.measured->standard_error, 1e-6);
}

TEST(Thermo, FindsTheDriftOfTheVolumeAndNoneWhereItIsHeld) {
  World world(6, 4);
  const auto still = [](std::int64_t) { return constant(-40.0, 900.0); };
  const auto held = observe_thermo(world, 2000, {}, still);
  EXPECT_EQ(quantity_of(held, "V").measured->standard_error, 0.0);
  for (const auto& quantity : held.quantities) EXPECT_NE(quantity.name, "volume_drift");
  const double side = world.box.cell()(0, 0);
  const auto swelling = observe_thermo(world, 2000, {}, [&](std::int64_t step) {
    world.box = core::Box(math::Mat3::diagonal(side * (1.0 + 1e-6 * static_cast<double>(step)),
                                               world.box.cell()(1, 1), world.box.cell()(2, 2)));
    return constant(-40.0, 900.0);
  });
  // 1e-6 a step of 0.01 ps, relative to the mean volume.
  EXPECT_NEAR(quantity_of(swelling, "volume_drift").measured->value, 1e-4 / (1.0 + 1e-3), 1e-9);
}

TEST(Thermo, RefusesAMeanOfWhatChangesSteadily) {
  World world(6, 4);
  base::RandomStream random(6, "ramp");
  const auto result = observe_thermo(world, 2000, {}, [&](std::int64_t step) {
    return constant(-40.0, 2000.0 - 0.5 * static_cast<double>(step) + 20.0 * random.normal());
  });
  const auto& T = quantity_of(result, "T");
  EXPECT_EQ(T.status, core::Status::refused);
  EXPECT_NE(T.reason.find("steadily"), std::string::npos) << T.reason;
}

TEST(Thermo, KeepsBoundedRowsWhoseMeanIsExact) {
  World world(6, 4);
  double sum = 0.0;
  const auto result = observe_thermo(world, 16383, {{"every", "0.01 ps"}}, [&](std::int64_t step) {
    const double T = 900.0 + static_cast<double>(step % 7);
    sum += T;
    return constant(-40.0, T);
  });
  const auto& table = table_of(result, "thermo");
  EXPECT_LT(table.rows(), ThinnedSeries::default_capacity);
  EXPECT_GE(table.rows(), ThinnedSeries::default_capacity / 2);
  EXPECT_NEAR(quantity_of(result, "T").measured->value, sum / 16384.0, 1e-9);
}

TEST(Thermo, OfAnInterruptedRunHasTheSameBits) {
  World world(6, 4);
  const auto go = [&](std::int64_t interrupted_at) {
    base::RandomStream random(8, "interrupted");
    return observe_thermo(
        world, 9001, {{"every", "0.01 ps"}},
        [&](std::int64_t) { return constant(random.normal(), 900.0 + random.normal()); },
        interrupted_at);
  };
  expect_same_bits(go(-1), go(6003));
}

}  // namespace
}  // namespace vitreous::analysis
