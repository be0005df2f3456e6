#include "analysis/van_hove.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

struct VanHoveRows {
  std::vector<std::string> species;
  std::vector<double> time, r, radial, density, error;
};

VanHoveRows van_hove_rows(const core::Result& result) {
  const auto table = table_of(result, "van_hove");
  VanHoveRows rows{words(table, "species"),      numbers(table, "time"), numbers(table, "r"),
                   numbers(table, "radial_G_s"), numbers(table, "G_s"),  {}};
  for (const auto& c : table.columns)
    if (c.name == "radial_G_s") rows.error = c.standard_error;
  return rows;
}

/// Share of Gaussian displacements of variance s a component that are shorter than r.
double within(double r, double s) {
  const double x = r / std::sqrt(2.0 * s);
  return std::erf(x) - 2.0 / std::sqrt(std::numbers::pi) * x * std::exp(-x * x);
}

TEST(VanHove, OfAWalkIsTheGaussianOfItsDisplacement) {
  World world(200, 200);
  for (auto& kind : world.atoms.kinds) kind.mass = 1.0;
  const double variance[2] = {0.004, 0.001}, bin = 0.2;
  ObserverSet set(world.setting(2000),
                  {{"van_hove", {{"times", "1 ps, 5 ps"}, {"r_max", "8 A"}, {"bin", "0.2 A"}}}});
  base::RandomStream random(41, "walkers for G_s");
  drive(set, world, 2000, [&](std::int64_t) {
    diffuse(world, random, [&](std::int32_t kind) { return variance[kind]; });
  });
  const auto rows = van_hove_rows(set.result());
  ASSERT_EQ(rows.r.size(), 3u * 2u * 40u);
  const double common = 0.5 * (variance[0] + variance[1]) / 400.0;
  std::size_t outside = 0, filled = 0;
  for (std::size_t i = 0; i < rows.r.size(); ++i) {
    const double steps = std::round(rows.time[i] / 0.01);
    const double low = rows.r[i] - 0.5 * bin, high = rows.r[i] + 0.5 * bin;
    double truth[2];
    for (int k = 0; k < 2; ++k) {
      const double s = steps * (variance[k] * (1.0 - 2.0 / 400.0) + common);
      truth[k] = (within(high, s) - within(low, s)) / bin;
    }
    const double expected = rows.species[i] == "Cu"   ? truth[0]
                            : rows.species[i] == "Zr" ? truth[1]
                                                      : 0.5 * (truth[0] + truth[1]);
    // 2e-3: one atom in a bin that hardly any reaches.
    EXPECT_NEAR(rows.radial[i], expected, 5.0 * rows.error[i] + 2e-3)
        << rows.species[i] << " " << rows.r[i] << " " << rows.time[i];
    const double shell =
        4.0 / 3.0 * std::numbers::pi * (high * high * high - low * low * low) / bin;
    EXPECT_NEAR(rows.density[i] * shell, rows.radial[i], 1e-12);
    if (expected < 0.05) continue;
    ++filled;
    outside += std::abs(rows.radial[i] - expected) > 2.0 * rows.error[i];
  }
  // 5 % of bins are expected beyond two errors; neighbors are correlated, so four times as many.
  EXPECT_GT(filled, 50u);
  EXPECT_LT(static_cast<double>(outside), 0.2 * static_cast<double>(filled));
}

TEST(VanHove, OfOneSpeedIsOneBinWhoseIntegralIsOne) {
  World world(40, 0);
  ObserverSet set(world.setting(600), {{"van_hove", {{"times", "1 ps"}, {"bin", "0.5 A"}}}});
  drive(set, world, 600, [&](std::int64_t) {
    for (std::size_t i = 0; i < 40; ++i)
      world.atoms.position.add(i, math::Vec3{0.0, 0.0, 0.0333} * (i % 2 == 0 ? 1.0 : -1.0));
  });
  const auto rows = van_hove_rows(set.result());
  for (std::size_t i = 0; i < rows.r.size(); ++i)  // |d| = 3.33 A
    EXPECT_DOUBLE_EQ(rows.radial[i], std::abs(rows.r[i] - 3.25) < 1e-9 ? 2.0 : 0.0);
}

TEST(VanHove, CountsWhatIsBeyondItsLastBin) {
  World world(40, 0);
  ObserverSet set(world.setting(600), {{"van_hove", {{"times", "1 ps"}, {"r_max", "2 A"}}}});
  drive(set, world, 600, [&](std::int64_t) {
    for (std::size_t i = 0; i < 40; ++i)
      world.atoms.position.add(i, math::Vec3{0.0, 0.0, 0.04} * (i % 2 == 0 ? 1.0 : -1.0));
  });
  const auto result = set.result();
  for (const double value : van_hove_rows(result).radial) EXPECT_EQ(value, 0.0);
  EXPECT_EQ(table_of(result, "van_hove").how.at("beyond r_max"),
            "at most 1 of a species' displacements");
}

TEST(VanHove, ChoosesPowersOfTenOfAPicosecond) {
  World world(10, 10);
  const VanHove observer(core::parse_options(VanHove::declaration(), {}), world.setting(63000));
  const auto lags = observer.lags();
  EXPECT_EQ(lags, (std::vector<std::int64_t>{10, 100, 1000, 10000}));  // of 0.01 ps
}

TEST(VanHove, TakesTheNearestLagThatAFileHas) {
  World world(10, 10);
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s <= 1000; s += 20) steps.push_back(s);
  const VanHove observer(core::parse_options(VanHove::declaration(), {{"times", "0.95 ps, 3 ps"}}),
                         world.setting(1000, steps));
  EXPECT_EQ(observer.lags(), (std::vector<std::int64_t>{100, 300}));
}

TEST(VanHove, RefusesTimesAndBinsThatMakeNoSense) {
  World world(10, 10);
  for (const auto& options : std::vector<std::map<std::string, std::string>>{{{"times", "6 ps"}},
                                                                             {{"times", "0 ps"}},
                                                                             {{"bin", "0 A"}},
                                                                             {{"bin", "11 A"}},
                                                                             {{"bin", "0.001 A"}},
                                                                             {{"r_max", "-1 A"}}})
    EXPECT_THROW(ObserverSet(world.setting(1000), {{"van_hove", options}}), base::InputError)
        << options.begin()->second;
}

TEST(VanHove, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"van_hove", {}}});
}

}  // namespace
}  // namespace vitreous::analysis
