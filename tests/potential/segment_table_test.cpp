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

/// Every edge moved, by another part of its cell each.
SegmentMap moved(SegmentMap map) {
  for (std::size_t k = 0; k + 1 < map.move.size(); ++k)
    map.move[k] = static_cast<std::uint32_t>(37 * k % 64) * SegmentMap::places / 64;
  return map;
}

TEST(SegmentMap, AValueBelongsToTheSegmentThatCoversIt) {
  const SegmentMap plain = SegmentMap::between(1.9, 7.6);
  for (const SegmentMap& map : {plain, moved(plain)})
    for (const int bits : {3, 4, 9})
      for (int k = 0; k < SegmentMap::octaves << bits; ++k) {
        const double begin = map.edge(k, bits), end = map.edge(k + 1, bits);
        EXPECT_EQ(map.segment_of(static_cast<float>(begin), bits), k);
        EXPECT_EQ(map.segment_of(static_cast<float>(begin + 0.999 * (end - begin)), bits), k);
      }
}

TEST(SegmentMap, AnEdgeIsMovedTowardsTheBeginningOfItsCell) {
  SegmentMap map = SegmentMap::between(1.9, 7.6);
  map.move[7] = SegmentMap::places / 4;
  EXPECT_EQ(map.edge(8), SegmentMap::begin(8) - 0.25 * SegmentMap::width(7));
  for (const int others : {0, 7, 9, 32}) EXPECT_EQ(map.edge(others), SegmentMap::begin(others));
}

TEST(SegmentMap, TakesTheDistancesItIsMadeFromToTheirPlaces) {
  const SegmentMap map = SegmentMap::between(1.9, 7.6);
  EXPECT_NEAR(map.u(1.9), 1.0, 1e-12);
  EXPECT_NEAR(map.u(7.6), 16.0, 1e-12);
  EXPECT_NEAR(map.r(map.u(3.3)), 3.3, 1e-12);
}

TEST(SegmentTable, APolynomialOfItsDegreeIsExactToSinglePrecision) {
  const auto f = [](double r) { return 1.0 + r * r - 0.05 * std::pow(r, 4); };
  for (const SegmentMap& map :
       {SegmentMap::between(1.9, 7.6), moved(SegmentMap::between(1.9, 7.6))}) {
    const SegmentTable table = fit_segments(f, map, 2);
    for (double r = 1.9; r < 7.6; r += 0.0137)
      EXPECT_NEAR(table(static_cast<float>(r * r)), f(r), 2e-6 * (1.0 + std::pow(r, 4) * 0.05));
  }
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
  const SegmentMap off = SegmentMap::between(1.9, 7.6);
  SegmentMap on = off;
  const auto cell = static_cast<std::size_t>(off.segment_of(static_cast<float>(off.u(3.5))));
  const int k = static_cast<int>(cell);
  on.move[cell] = static_cast<std::uint32_t>((SegmentMap::begin(k + 1) - off.u(3.5)) /
                                             SegmentMap::width(k) * SegmentMap::places);
  const double error_on = fit_error(fit_segments(jointed, on, 5), jointed, 7.6, one);
  const double error_off = fit_error(fit_segments(jointed, off, 5), jointed, 7.6, one);
  EXPECT_LT(error_on, 0.05 * error_off);
}

TEST(SegmentTable, DoesNotFollowWhatLiesBeyondTheEnd) {
  const auto cut = [](double r) { return r < 5.0 ? std::exp(-r) : 1.0; };
  const SegmentMap map = SegmentMap::between(1.9, 7.6);
  const SegmentTable table = fit_segments(cut, map, 5, SegmentMap::register_bits, 5.0);
  EXPECT_LT(fit_error(table, cut, 5.0, one), 1e-7);
  EXPECT_GT(fit_error(fit_segments(cut, map, 5), cut, 5.0, one), 1e-2);
}

TEST(SegmentMisfit, IsTheSquaredErrorOfTheFit) {
  const auto f = [](double r) { return std::exp(-r); };
  const auto weight = [](double r) { return r; };
  const SegmentMap map = SegmentMap::between(1.9, 7.6);
  double misfit = 0.0;
  for (int k = 0; k < SegmentMap::segments; ++k)
    misfit += segment_misfit(f, map, map.edge(k), map.edge(k + 1), 1, weight);
  const double norm = (7.6 * 7.6 - 1.9 * 1.9) / 2.0;  // the integral of the weight
  EXPECT_NEAR(std::sqrt(misfit / norm), fit_error(fit_segments(f, map, 1), f, 7.6, weight),
              0.02 * std::sqrt(misfit / norm));
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

}  // namespace
}  // namespace vitreous::potential
