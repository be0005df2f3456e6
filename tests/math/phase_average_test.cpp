#include "math/phase_average.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace vitreous::math {
namespace {

TEST(PhaseAverage, IsSineOverArgumentInSpaceToNineDigits) {
  const PhaseAverage average(3);
  EXPECT_DOUBLE_EQ(average(0.0), 1.0);
  for (double x = 1e-4; x < 80.0; x *= 1.003)
    EXPECT_NEAR(average(x * x), std::sin(x) / x, 1e-9) << x;
}

/// Over evenly spaced directions, which is exact to rounding where there are more of them than x.
double average_over_directions(double x) {
  constexpr int directions = 256;
  double sum = 0.0;
  for (int k = 0; k < directions; ++k)
    sum += std::cos(x * std::cos(2.0 * std::numbers::pi * k / directions));
  return sum / directions;
}

TEST(PhaseAverage, InAPlaneIsThatOverItsDirections) {
  const PhaseAverage average(2);
  EXPECT_DOUBLE_EQ(average(0.0), 1.0);
  for (double x = 1e-4; x < 80.0; x *= 1.003)
    EXPECT_NEAR(average(x * x), average_over_directions(x), 2e-9) << x;
}

}  // namespace
}  // namespace vitreous::math
