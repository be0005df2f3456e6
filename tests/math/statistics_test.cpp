#include "math/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/random.hpp"

namespace vitreous::math {
namespace {

/// A stationary series whose correlation falls by `memory` a sample.
std::vector<double> remembering(base::RandomStream& random, std::size_t n, double memory) {
  std::vector<double> values;
  double x = random.normal();
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(x);
    x = memory * x + std::sqrt(1.0 - memory * memory) * random.normal();
  }
  return values;
}

/// The share of `runs` errors that contain a true mean of 0; binomial error of it is
/// sqrt(0.22/runs).
template <class Make>
double coverage(std::size_t runs, const Make& make) {
  double inside = 0.0;
  for (std::size_t run = 0; run < runs; ++run) {
    const Estimate e = make(run);
    inside += std::abs(e.mean) <= e.standard_error;
  }
  return inside / static_cast<double>(runs);
}

TEST(StudentFactor, MatchesTheTablesAndTendsToOne) {
  EXPECT_NEAR(student_factor(1.0), std::tan(0.5 * M_PI * std::erf(std::sqrt(0.5))), 1e-10);
  EXPECT_NEAR(student_factor(2.0), 1.3213, 1e-4);
  EXPECT_NEAR(student_factor(10.0), 1.0526, 1e-4);
  EXPECT_DOUBLE_EQ(student_factor(1e9), 1.0);
}

TEST(StudentTails, MatchClosedFormsAndTheFactor) {
  EXPECT_NEAR(student_tails(3.0, 1.0), 1.0 - 2.0 / M_PI * std::atan(3.0), 1e-12);
  EXPECT_NEAR(student_tails(-3.0, 2.0), 1.0 - 3.0 / std::sqrt(11.0), 1e-12);
  EXPECT_NEAR(student_tails(2.0, 1e9), std::erfc(std::sqrt(2.0)), 1e-8);
  EXPECT_NEAR(student_tails(student_factor(4.5), 4.5), 1.0 - std::erf(std::sqrt(0.5)), 1e-12);
}

TEST(IndependentMean, CoversTheTruthInSixtyEightPercentOfTriples) {
  base::RandomStream random(1, "triples");
  const double share = coverage(4000, [&](std::size_t) {
    const std::vector<double> values = {random.normal(), random.normal(), random.normal()};
    return independent_mean(values);
  });
  EXPECT_NEAR(share, 0.6827, 3.0 * std::sqrt(0.22 / 4000));
}

/// Copies of one value tell no more than the value does.
TEST(GroupedMean, OfCopiesHasTheErrorOfTheirOriginals) {
  const std::vector<double> originals{1.0, 4.0, 2.0, 8.0, 5.0};
  std::vector<double> copies;
  std::vector<std::int64_t> group;
  for (std::size_t k = 0; k < originals.size(); ++k)
    for (int copy = 0; copy < 3; ++copy) {
      copies.push_back(originals[k]);
      group.push_back(static_cast<std::int64_t>(k));
    }
  const Estimate once = independent_mean(originals), thrice = grouped_mean(copies, group);
  EXPECT_NEAR(thrice.mean, once.mean, 1e-14);
  EXPECT_NEAR(thrice.standard_error, once.standard_error, 1e-14);
  EXPECT_EQ(thrice.degrees, 4.0);
  EXPECT_THROW(grouped_mean(originals, std::vector<std::int64_t>(5, 7)), std::invalid_argument);
}

TEST(AutocorrelationTime, OfAMarkovSeriesIsThatOfItsMemory) {
  base::RandomStream random(3, "memory");
  for (const double memory : {0.0, 0.5, 0.9}) {
    const double truth = (1.0 + memory) / (1.0 - memory);
    EXPECT_NEAR(autocorrelation_time(remembering(random, 100000, memory)), truth, 0.1 * truth);
  }
  EXPECT_DOUBLE_EQ(autocorrelation_time(std::vector<double>{2, 2, 2}), 1.0);
}

TEST(CorrelatedMean, CoversTheTruth) {
  base::RandomStream random(4, "correlated");
  const double share =
      coverage(1000, [&](std::size_t) { return correlated_mean(remembering(random, 1000, 0.8)); });
  EXPECT_NEAR(share, 0.6827, 0.05);
}

TEST(CorrelatedRatio, CoversTheTruthWhereCountsFluctuateTogether) {
  base::RandomStream random(7, "ratio");
  const double share = coverage(1000, [&](std::size_t) {
    const auto counts = remembering(random, 200, 0.8), noise = remembering(random, 200, 0.5);
    std::vector<double> a, b;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      b.push_back(20.0 + 4.0 * counts[i]);
      a.push_back(0.3 * b.back() + 0.5 * noise[i]);
    }
    Estimate ratio = correlated_ratio(a, b);
    ratio.mean -= 0.3;
    return ratio;
  });
  EXPECT_NEAR(share, 0.6827, 3.0 * std::sqrt(0.22 / 1000));
}

TEST(CorrelatedRatio, OfWhatIsCountedAlikeHasNoError) {
  const std::vector<double> b = {4, 8, 0, 2, 6}, a = {1, 2, 0, 0.5, 1.5};
  EXPECT_DOUBLE_EQ(correlated_ratio(a, b).mean, 0.25);
  EXPECT_EQ(correlated_ratio(a, b).standard_error, 0.0);
}

TEST(CorrelatedSlope, CoversATrueSlopeOfNothing) {
  base::RandomStream random(5, "slope");
  const double share =
      coverage(1000, [&](std::size_t) { return correlated_slope(remembering(random, 1000, 0.8)); });
  EXPECT_NEAR(share, 0.6827, 0.05);
}

TEST(CorrelatedSlope, OfALineIsItsSlope) {
  EXPECT_DOUBLE_EQ(correlated_slope(std::vector<double>{1, 3, 5, 7, 9}).mean, 2.0);
}

}  // namespace
}  // namespace vitreous::math
