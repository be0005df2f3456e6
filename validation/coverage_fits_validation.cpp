// Do the error bars of fits cover? Synthetic runs: 68 % intervals of Q and of T0 must contain the
// truth in 68 +- 5 % of them. With 300 runs a case the binomial error alone is 2.7 %, and one of
// twelve right estimators would mostly fail; with 3000 it is 0.9 %.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <cstdio>

#include "base/constants.hpp"
#include "base/random.hpp"
#include "math/statistics.hpp"
#include "models/law.hpp"

namespace vitreous::models {
namespace {

constexpr std::size_t runs = 3000;

/// How the points of a run are made.
enum class Errors {
  known,     ///< normal noise of the told size
  blocks,    ///< mean of 8 blocks, its error from their scatter
  replicas,  ///< mean of whole replicas that differ at all temperatures together
};

struct Case {
  const char* name;
  const char* law;
  const char* parameter;
  const char* weights;
  double coldest, hottest, step;
  double relative_error;  ///< of a point; of a replica's point
  Errors errors;
  int replicas;
};

// Cu50Zr50: the liquid's line; a liquid of T0 = 480 K and strength 4.2.
constexpr double Q = 0.432, ln_D0 = -16.36, T0 = 480.0, B = 2000.0, ln_D0_vft = -17.5;

double D_of(const std::string& law, double T, double shift) {
  if (law == "arrhenius") return std::exp(ln_D0 - (Q + 1e-3 * shift) / (base::boltzmann * T));
  return std::exp(ln_D0_vft - B / (T - T0 - shift));
}

Point point_of(const Case& c, double T, const std::vector<double>& shifts,
               base::RandomStream& random) {
  Point point;
  point.x = T;
  point.label = fmt::format("{:g} K", T);
  const double D = D_of(c.law, T, 0.0);
  if (c.errors == Errors::known) {
    point.y = D * (1.0 + c.relative_error * random.normal());
    point.y_se = D * c.relative_error;
    return point;
  }
  std::vector<double> values;
  if (c.errors == Errors::blocks)
    for (int block = 0; block < 8; ++block)
      values.push_back(D * (1.0 + std::sqrt(8.0) * c.relative_error * random.normal()));
  for (const double shift : shifts)
    values.push_back(D_of(c.law, T, shift) * (1.0 + c.relative_error * random.normal()));
  const auto estimate = math::independent_mean(values);
  point.y = estimate.mean;
  point.y_se = estimate.standard_error;
  point.degrees = estimate.degrees;
  if (c.errors == Errors::replicas) {
    point.y_se = c.relative_error * estimate.mean / std::sqrt(double(values.size()));
    point.replicas = values;
  }
  return point;
}

core::Reported fitted(const Case& c, std::size_t run) {
  base::RandomStream random(run, std::string("coverage of fits, ") + c.name);
  std::vector<double> shifts;  // of T0 in K, of Q in meV: what makes one glass differ from another
  for (int r = 0; r < c.replicas; ++r) shifts.push_back(5.0 * random.normal());
  FitInput input{"D", "m^2/s", {}};
  for (double T = c.hottest; T > c.coldest - 1.0; T -= c.step)
    input.points.push_back(point_of(c, T, shifts, random));
  const auto options = core::parse_options(law_declaration(c.law), {{"weights", c.weights}});
  for (const auto& q : fit_law(c.law, input, options).quantities)
    if (q.name == c.parameter) return q;
  throw std::logic_error("no such parameter");
}

class CoverageOfFits : public ::testing::TestWithParam<Case> {};

TEST_P(CoverageOfFits, IsSixtyEightPercent) {
  const Case& c = GetParam();
  const double truth = std::string(c.parameter) == "Q" ? Q : T0;
  double given = 0, inside = 0, inside_two = 0, mean = 0, square = 0, claimed = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    const auto q = fitted(c, run);
    if (!q.measured) continue;
    const double off = q.measured->value - truth, error = q.measured->standard_error;
    given += 1;
    inside += std::abs(off) <= error;
    inside_two += std::abs(off) <= 2.0 * error;
    mean += off;
    square += off * off;
    claimed += error * error;
  }
  ASSERT_GT(given, 0);
  std::printf(
      "%-44s %s given in %3.0f of %zu; 1 se covers %.1f %%, 2 se %.1f %%; bias %+.3g, scatter "
      "%.3g, claimed %.3g\n",
      c.name, c.parameter, given, runs, 100 * inside / given, 100 * inside_two / given,
      mean / given, std::sqrt(square / given), std::sqrt(claimed / given));
  EXPECT_GE(given, 0.9 * runs);
  EXPECT_NEAR(inside / given, 0.6827, 0.05);
}

INSTANTIATE_TEST_SUITE_P(
    Laws, CoverageOfFits,
    ::testing::Values(
        Case{"Q: 21 points, unweighted", "arrhenius", "Q", "none", 1000, 2000, 50, 0.05,
             Errors::known, 0},
        Case{"Q: 6 points, unweighted", "arrhenius", "Q", "none", 1000, 2000, 200, 0.05,
             Errors::known, 0},
        Case{"Q: 6 points, weighted", "arrhenius", "Q", "errors", 1000, 2000, 200, 0.05,
             Errors::known, 0},
        Case{"Q: 6 points, errors from 8 blocks", "arrhenius", "Q", "errors", 1000, 2000, 200, 0.05,
             Errors::blocks, 0},
        Case{"Q: 4 points 640-700 K, 10 %", "arrhenius", "Q", "errors", 640, 700, 20, 0.10,
             Errors::known, 0},
        Case{"Q: 6 points, 3 whole replicas", "arrhenius", "Q", "errors", 1000, 2000, 200, 0.05,
             Errors::replicas, 3},
        Case{"T0: 1000-750 K at 3 %", "vft", "T0", "errors", 750, 1000, 25, 0.03, Errors::known, 0},
        Case{"T0: 1400-750 K at 5 %", "vft", "T0", "errors", 750, 1400, 50, 0.05, Errors::known, 0},
        Case{"T0: 1400-750 K, unweighted", "vft", "T0", "none", 750, 1400, 50, 0.05, Errors::known,
             0},
        Case{"T0: 1400-750 K, errors from 8 blocks", "vft", "T0", "errors", 750, 1400, 50, 0.05,
             Errors::blocks, 0},
        Case{"T0: 1400-750 K, 3 whole replicas", "vft", "T0", "errors", 750, 1400, 50, 0.03,
             Errors::replicas, 3},
        Case{"T0: 1400-750 K, 5 whole replicas", "vft", "T0", "errors", 750, 1400, 50, 0.03,
             Errors::replicas, 5}),
    [](const auto& instance) {
      std::string name;
      for (const char ch : std::string(instance.param.name))
        name += std::isalnum(static_cast<unsigned char>(ch)) ? ch : '_';
      return name;
    });

}  // namespace
}  // namespace vitreous::models
