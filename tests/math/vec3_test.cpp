#include "math/vec3.hpp"

#include <gtest/gtest.h>

namespace vitreous::math {
namespace {

const Mat3 skewed{{Vec3{4, 0.5, -0.2}, Vec3{1, 5, 0.3}, Vec3{-0.7, 2, 6}}};

TEST(Mat3, InverseTimesMatrixIsIdentity) {
  const Mat3 product = inverse(skewed) * skewed;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(product(i, j), i == j ? 1.0 : 0.0, 1e-15);
}

TEST(Mat3, DeterminantIsTheTripleProductAndMultiplies) {
  EXPECT_DOUBLE_EQ(determinant(Mat3::diagonal(2, 3, 4)), 24.0);
  EXPECT_NEAR(determinant(skewed * skewed), determinant(skewed) * determinant(skewed), 1e-9);
  EXPECT_NEAR(determinant(transpose(skewed)), determinant(skewed), 1e-12);
}

TEST(Mat3, ActsByColumns) {
  EXPECT_EQ(skewed * (Vec3{1, 0, 0}), skewed.column[0]);
  EXPECT_EQ(skewed(1, 2), skewed.column[2].y);
}

TEST(Mat3, OuterProductHasTheDotProductAsTrace) {
  const Vec3 a{1, -2, 3}, b{4, 5, -6};
  EXPECT_DOUBLE_EQ(trace(outer(a, b)), dot(a, b));
  EXPECT_DOUBLE_EQ(outer(a, b)(0, 1), a.x * b.y);
}

TEST(Vec3, CrossProductIsPerpendicularToBoth) {
  const Vec3 a{1, 2, 3}, b{-4, 0.5, 2};
  EXPECT_DOUBLE_EQ(dot(cross(a, b), a), 0.0);
  EXPECT_DOUBLE_EQ(dot(cross(a, b), b), 0.0);
}

TEST(Vectors, KeepTheirComponentsTogether) {
  Vectors v(3);
  v.set(1, {1, 2, 3});
  v.add(1, {0.5, 0.5, 0.5});
  EXPECT_EQ(v[1], (Vec3{1.5, 2.5, 3.5}));
  EXPECT_EQ(v[2], Vec3{});
  v.fill(7);
  EXPECT_EQ(v[0], (Vec3{7, 7, 7}));
}

}  // namespace
}  // namespace vitreous::math
