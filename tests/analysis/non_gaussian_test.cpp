#include "analysis/non_gaussian.hpp"

#include <gtest/gtest.h>

#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

struct NonGaussianRows {
  std::vector<std::string> species;
  std::vector<double> time, value, error;
};

NonGaussianRows non_gaussian_rows(const core::Result& result) {
  const auto& table = table_of(result, "non_gaussian");
  NonGaussianRows rows{
      words(table, "species"), numbers(table, "time"), numbers(table, "alpha_2"), {}};
  for (const auto& c : table.columns)
    if (c.name == "alpha_2") rows.error = c.standard_error;
  return rows;
}

TEST(NonGaussianParameter, OfAGaussianWalkIsZeroAndOfAMixtureItsClosedForm) {
  // Kinds that walk at different rates: alpha_2 = <s^2>/<s>^2 - 1 over the variances s.
  World world(200, 200);
  for (auto& kind : world.atoms.kinds) kind.mass = 1.0;
  const double s[2] = {0.002, 0.0005};
  ObserverSet set(world.setting(2000), {{"non_gaussian", {}}});
  base::RandomStream random(31, "walkers for alpha_2");
  drive(set, world, 2000,
        [&](std::int64_t) { diffuse(world, random, [&](std::int32_t kind) { return s[kind]; }); });
  const auto rows = non_gaussian_rows(set.result());
  // The center of mass adds (s_0 + s_1)/2/N - 2 s/N to each kind's variance.
  const double common = 0.5 * (s[0] + s[1]) / 400.0;
  const double a = s[0] * (1.0 - 2.0 / 400.0) + common, b = s[1] * (1.0 - 2.0 / 400.0) + common;
  const double mixture = 0.5 * (a * a + b * b) / std::pow(0.5 * (a + b), 2) - 1.0;
  std::size_t outside = 0;
  for (std::size_t i = 0; i < rows.value.size(); ++i) {
    const double truth = rows.species[i] == "all" ? mixture : 0.0;
    // Curvature biases a ratio of noisy averages by about its relative variance.
    EXPECT_NEAR(rows.value[i], truth, 5.0 * rows.error[i] + 0.03) << rows.species[i];
    outside += std::abs(rows.value[i] - truth) > 2.0 * rows.error[i];
  }
  EXPECT_LT(outside, rows.value.size() / 4);
}

TEST(NonGaussianParameter, OfStepsOfOneLengthIsMinusTwoFifths) {
  World world(40, 0);
  ObserverSet set(world.setting(300), {{"non_gaussian", {}}});
  drive(set, world, 300, [&](std::int64_t) {
    for (std::size_t i = 0; i < 40; ++i)
      world.atoms.position.add(i, math::Vec3{0.01, 0.02, 0.03} * (i % 2 == 0 ? 1.0 : -1.0));
  });
  const auto result = set.result();
  for (const double alpha : non_gaussian_rows(result).value) EXPECT_NEAR(alpha, -0.4, 1e-9);
}

TEST(NonGaussianParameter, TellsItsMaximumAndWhen) {
  // A few atoms jump once, at random times: alpha_2 of jumps over a rattle has a maximum.
  World world(300, 0);
  ObserverSet set(world.setting(4000), {{"non_gaussian", {}}});
  base::RandomStream random(32, "jumps");
  math::Vectors home = world.atoms.position;
  drive(set, world, 4000, [&](std::int64_t) {
    for (std::size_t i = 0; i < 300; ++i) {
      if (random.uniform() < 0.004)
        home.add(i, {1.5 * random.normal(), 1.5 * random.normal(), 1.5 * random.normal()});
      world.atoms.position.set(
          i, home[i] + math::Vec3{random.normal(), random.normal(), random.normal()} * 0.1);
    }
  });
  const auto result = set.result();
  const auto& most = quantity_of(result, "alpha_2_max");
  ASSERT_TRUE(most.measured) << most.reason;
  // n(t) jumps, Poisson of mean m, variance a + s n with a = 0.02, s = 2.25 a component: alpha_2 =
  // (<(a + s n)^2>)/(a + s m)^2 - 1 = s^2 m/(a + s m)^2, largest at m = a/s: s/(4 a) = 28. The
  // shortest lags are below that m.
  EXPECT_NEAR(most.measured->value, 28.1, 6.0);
  EXPECT_GT(most.measured->standard_error, 0.0);
}

}  // namespace
}  // namespace vitreous::analysis
