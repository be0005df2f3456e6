#include "engine/band_tangent.hpp"

#include <gtest/gtest.h>

namespace vitreous::engine {
namespace {

using math::Vec3;

math::Vectors one(const Vec3& v) {
  math::Vectors vectors(1);
  vectors.set(0, v);
  return vectors;
}

/// A corner: from the left, then up.
BandPlace corner(double previous, double at, double next) {
  return {one({3.0, 0.0, 0.0}), one({0.0, 2.0, 0.0}), previous, at, next};
}

void expect_near(const Vec3& a, const Vec3& b) { EXPECT_LT(math::norm(a - b), 1e-14); }

TEST(BandTangent, LooksUphillOnASlope) {
  expect_near(improved_tangent(corner(0.0, 1.0, 2.0))[0], {0.0, 1.0, 0.0});
  expect_near(improved_tangent(corner(2.0, 1.0, 0.0))[0], {1.0, 0.0, 0.0});
}

TEST(BandTangent, WeighsBothWaysAtAnExtremum) {
  const Vec3 maximum{3.0 * 0.5, 2.0 * 0.2, 0.0};  // the higher neighbor is the previous one
  expect_near(improved_tangent(corner(0.8, 1.0, 0.5))[0], maximum * (1.0 / math::norm(maximum)));
  const Vec3 minimum{3.0 * 0.2, 2.0 * 0.5, 0.0};
  expect_near(improved_tangent(corner(1.2, 1.0, 1.5))[0], minimum * (1.0 / math::norm(minimum)));
}

TEST(BandTangent, IsTheChordWhereEnergiesAreEqual) {
  const Vec3 chord{3.0, 2.0, 0.0};
  expect_near(improved_tangent(corner(1.0, 1.0, 1.0))[0], chord * (1.0 / math::norm(chord)));
}

TEST(BandForce, KeepsTheForceAcrossThePathAndTheSpringAlongIt) {
  const auto found = nudged_force(one({0.3, 7.0, -0.4}), corner(0.0, 1.0, 2.0), 10.0);
  expect_near(found.force[0], {0.3, 10.0 * (2.0 - 3.0), -0.4});
  EXPECT_DOUBLE_EQ(found.residual, 0.4);
}

TEST(BandForce, OfTheClimberIsTurnedRoundAlongThePath) {
  const auto found = climbing_force(one({0.3, -7.0, -0.4}), corner(0.0, 1.0, 2.0));
  expect_near(found.force[0], {0.3, 7.0, -0.4});
  EXPECT_DOUBLE_EQ(found.residual, 7.0);
}

}  // namespace
}  // namespace vitreous::engine
