#include "math/vectors.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace vitreous::math {
namespace {

Vectors two(const Vec3& a, const Vec3& b) {
  Vectors vectors(2);
  vectors.set(0, a);
  vectors.set(1, b);
  return vectors;
}

const Vectors one_to_six = two({1.0, -2.0, 3.0}, {-4.0, 5.0, -6.0});

TEST(Vectors, AreOneVectorToTheirProductAndLength) {
  EXPECT_EQ(dot(one_to_six, two({1.0, 1.0, 2.0}, {0.0, -1.0, 0.5})), 1.0 - 2.0 + 6.0 - 5.0 - 3.0);
  EXPECT_DOUBLE_EQ(length(one_to_six), std::sqrt(91.0));
}

TEST(Vectors, AddSubtractAndScale) {
  Vectors sum = one_to_six;
  add_scaled(sum, two({2.0, 2.0, 2.0}, {0.0, 4.0, 6.0}), 0.5);
  EXPECT_EQ(sum[0], (Vec3{2.0, -1.0, 4.0}));
  EXPECT_EQ(sum[1], (Vec3{-4.0, 7.0, -3.0}));
  EXPECT_EQ(difference(sum, one_to_six)[1], (Vec3{0.0, 2.0, 3.0}));
  scale(sum, -2.0);
  EXPECT_EQ(sum[0], (Vec3{-4.0, 2.0, -8.0}));
}

TEST(Vectors, TellTheirLargestComponentAndTheLongestOfThem) {
  EXPECT_EQ(largest_component(one_to_six), 6.0);
  EXPECT_DOUBLE_EQ(longest(one_to_six), std::sqrt(77.0));
  EXPECT_EQ(largest_component(Vectors()), 0.0);
}

TEST(Vectors, HideNoComponentThatIsNoNumber) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(largest_component(two({1.0, none, 2.0}, {7.0, 0.0, 0.0}))));
  EXPECT_TRUE(std::isnan(largest_component(two({1.0, 1.0, 2.0}, {none, 0.0, 0.0}))));
}

}  // namespace
}  // namespace vitreous::math
