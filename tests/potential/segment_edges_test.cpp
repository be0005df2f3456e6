#include "potential/segment_edges.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace vitreous::potential {
namespace {

const auto even = [](double) { return 1.0; };

/// Smooth but for the second derivative, which jumps at each of the joints.
double with_joints(double r) {
  double sum = std::exp(-r);
  for (const double joint : {2.4, 2.83, 3.9, 5.02, 6.3})
    sum += 0.02 * std::pow(std::max(0.0, joint - r), 2);
  return sum;
}

TEST(PlaceEdges, PutsAnEdgeOnEveryJoint) {
  const SegmentMap map = place_edges(1.9, 2.1, 7.6, {{with_joints, 5, 7.6, 1.0}}, even);
  EXPECT_GE(map.r_low, 1.9);
  EXPECT_GE(map.r_high, 7.6);
  for (const double joint : {2.4, 2.83, 3.9, 5.02, 6.3}) {
    double nearest = 1.0;
    for (int k = 0; k <= SegmentMap::segments; ++k)
      nearest = std::min(nearest, std::abs(map.r(map.edge(k)) - joint));
    EXPECT_LT(nearest, 0.002) << joint;
  }
}

TEST(PlaceEdges, LeaveATwentiethOfTheErrorOfAMapWithoutMoves) {
  const SegmentMap map = place_edges(1.9, 1.9, 7.6, {{with_joints, 5, 7.6, 1.0}}, even);
  const double placed = fit_error(fit_segments(with_joints, map, 5), with_joints, 7.6, even);
  const SegmentMap plain = SegmentMap::between(1.9, 7.6);
  const double before = fit_error(fit_segments(with_joints, plain, 5), with_joints, 7.6, even);
  EXPECT_LT(placed, 0.05 * before);
}

TEST(PlaceEdges, DoNotHeedWhatLiesBeyondAFunctionsEnd) {
  const auto cut = [](double r) { return r < 5.0 ? std::exp(-r) : 1.0; };
  const auto smooth = [](double r) { return std::exp(-r); };
  const SegmentMap with = place_edges(1.9, 1.9, 7.6, {{cut, 5, 5.0, 1.0}}, even);
  const SegmentMap without = place_edges(1.9, 1.9, 7.6, {{smooth, 5, 5.0, 1.0}}, even);
  EXPECT_EQ(with.move, without.move);
}

}  // namespace
}  // namespace vitreous::potential
