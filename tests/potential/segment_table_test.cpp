#include "potential/segment_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "potential/eam_potential.hpp"

namespace vitreous::potential {
namespace {

const auto one = [](double) { return 1.0; };

TEST(SegmentMap, SegmentsFollowOneAnotherFromOneToSixteen) {
  for (const int bits : {3, 4, 9}) {
    const int last = (SegmentMap::octaves << bits) - 1;
    EXPECT_EQ(SegmentMap::begin(0, bits), 1.0);
    for (int k = 0; k < last; ++k)
      EXPECT_EQ(SegmentMap::begin(k, bits) + SegmentMap::width(k, bits),
                SegmentMap::begin(k + 1, bits));
    EXPECT_EQ(SegmentMap::begin(last, bits) + SegmentMap::width(last, bits), 16.0);
  }
}

TEST(SegmentMap, AValueBelongsToTheSegmentThatCoversIt) {
  for (const int bits : {3, 4, 9})
    for (int k = 0; k < SegmentMap::octaves << bits; ++k) {
      const double begin = SegmentMap::begin(k, bits), width = SegmentMap::width(k, bits);
      EXPECT_EQ(SegmentMap::segment_of(static_cast<float>(begin), bits), k);
      EXPECT_EQ(SegmentMap::segment_of(static_cast<float>(begin + 0.999 * width), bits), k);
    }
}

TEST(SegmentMap, TakesTheDistancesItIsMadeFromToTheirPlaces) {
  const SegmentMap map = SegmentMap::through(2.4, SegmentMap::begin(5), 4.8, SegmentMap::begin(20));
  EXPECT_NEAR(map.u(2.4), SegmentMap::begin(5), 1e-12);
  EXPECT_NEAR(map.u(4.8), SegmentMap::begin(20), 1e-12);
  EXPECT_NEAR(map.u(map.r_low), 1.0, 1e-12);
  EXPECT_NEAR(map.r(map.u(3.3)), 3.3, 1e-12);
  const SegmentMap whole = SegmentMap::between(1.9, 7.6);
  EXPECT_NEAR(whole.u(1.9), 1.0, 1e-12);
  EXPECT_NEAR(whole.u(7.6), 16.0, 1e-12);
}

TEST(SegmentTable, APolynomialOfItsDegreeIsExactToSinglePrecision) {
  const auto f = [](double r) { return 1.0 + r * r - 0.05 * std::pow(r, 4); };
  const SegmentTable table = fit_segments(f, SegmentMap::between(1.9, 7.6), 2);
  for (double r = 1.9; r < 7.6; r += 0.0137)
    EXPECT_NEAR(table(static_cast<float>(r * r)), f(r), 2e-6 * (1.0 + std::pow(r, 4) * 0.05));
}

TEST(SegmentTable, ErrsLessByTheNextPowerOfTheSegmentsWidth) {
  const auto f = [](double r) { return std::exp(-r); };
  const SegmentMap map = SegmentMap::between(1.9, 7.6);
  double before = fit_error(fit_segments(f, map, 1), f, 7.6, one);
  for (int degree = 2; degree <= 4; ++degree) {
    const double error = fit_error(fit_segments(f, map, degree), f, 7.6, one);
    EXPECT_LT(error, 0.1 * before);
    before = error;
  }
}

TEST(SegmentTable, ErrsLessOnMoreSegments) {
  const auto f = [](double r) { return std::exp(-r); };
  const SegmentMap map = SegmentMap::between(1.9, 7.6);
  const double coarse = fit_error(fit_segments(f, map, 1, 3), f, 7.6, one);
  const double fine = fit_error(fit_segments(f, map, 1, 5), f, 7.6, one);
  EXPECT_NEAR(fine, coarse / 16.0, 0.01 * coarse);  // the square of the width
}

/// A function whose second derivative jumps at 3.5 A.
double jointed(double r) { return r < 3.5 ? std::pow(3.5 - r, 2) : 0.0; }

TEST(SegmentTable, ErrsLeastWhereAJointIsOnAnEdge) {
  const SegmentMap on = SegmentMap::through(3.5, SegmentMap::begin(9), 7.6, 16.0);
  const SegmentMap off =
      SegmentMap::through(3.5, SegmentMap::begin(9) + 0.5 * SegmentMap::width(9), 7.6, 16.0);
  const double error_on = fit_error(fit_segments(jointed, on, 5), jointed, 7.6, one);
  const double error_off = fit_error(fit_segments(jointed, off, 5), jointed, 7.6, one);
  EXPECT_LT(error_on, 0.05 * error_off);
}

TEST(KnotTable, FollowsARoughTableBetweenItsKnots) {
  std::vector<double> values;
  for (int k = 0; k < 501; ++k) values.push_back(std::cos(0.02 * k) + (k % 7 == 0 ? 1e-3 : 0.0));
  const UniformSpline rough(values, 0.01);
  const auto f = [&](double r) { return rough(r).value; };
  const KnotTable table = fit_between_knots(f, 0.01, 2.0, 5.0);
  for (double r = 2.0; r < 5.0; r += 0.000937)
    EXPECT_NEAR(table(static_cast<float>(r * r)), f(r), 1e-6) << r;
  EXPECT_LT(single_precision_error(table, f, 2.0, 5.0, [](double) { return 1.0; }), 1e-6);
}

TEST(KnotTable, IsZeroBeyondItsEnd) {
  const KnotTable table = fit_between_knots([](double) { return 1.0; }, 0.01, 2.0, 5.0);
  for (const float far : {5.02f * 5.02f, 1e9f, std::numeric_limits<float>::quiet_NaN()})
    EXPECT_EQ(table(far), 0.0f) << far;
}

TEST(PolynomialMisfit, IsLargeAtAJointAndSmallBesideIt) {
  EXPECT_GT(polynomial_misfit(jointed, 3.45, 3.55, 5), 5e-6);
  EXPECT_LT(polynomial_misfit(jointed, 3.35, 3.45, 5), 1e-8);
}

}  // namespace
}  // namespace vitreous::potential
