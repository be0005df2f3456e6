#include "core/box.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/random.hpp"

namespace vitreous::core {
namespace {

const Box triclinic(Mat3{{Vec3{10, 0, 0}, Vec3{3, 11, 0}, Vec3{-2, 4, 12}}}, {1, 2, 3});

TEST(Box, FractionalAndCartesianAreInverse) {
  const Vec3 r{4.2, -7.5, 31.0};
  const Vec3 back = triclinic.cartesian(triclinic.fractional(r));
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(back[k], r[k], 1e-13);
}

TEST(Box, HeightsAreVolumeOverTheAreaOfEachFace) {
  const auto& cell = triclinic.cell();
  for (std::size_t k = 0; k < 3; ++k) {
    const Vec3 face = math::cross(cell.column[(k + 1) % 3], cell.column[(k + 2) % 3]);
    EXPECT_NEAR(triclinic.heights()[k], triclinic.volume() / math::norm(face), 1e-12);
  }
}

TEST(Box, NearestImageIsTheShortestOfAllImagesWithinHalfTheSmallestHeight) {
  const Vec3 heights = triclinic.heights();
  const double reach = 0.5 * std::min({heights.x, heights.y, heights.z});
  base::RandomStream random(1, "box test");
  int checked = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const Vec3 d = triclinic.cell() * Vec3{6 * random.uniform() - 3, 6 * random.uniform() - 3,
                                           6 * random.uniform() - 3};
    double shortest = 1e30;
    for (int i = -4; i <= 4; ++i)
      for (int j = -4; j <= 4; ++j)
        for (int k = -4; k <= 4; ++k)
          shortest = std::min(shortest, math::norm(d + triclinic.translation(i, j, k)));
    if (shortest < reach) {
      EXPECT_NEAR(math::norm(triclinic.nearest_image(d)), shortest, 1e-12);
      ++checked;
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(Box, KnowsItsForm) {
  EXPECT_TRUE(Box::orthogonal(1, 2, 3).is_orthogonal());
  EXPECT_FALSE(triclinic.is_orthogonal());
  EXPECT_TRUE(triclinic.is_lower_triangular());
  EXPECT_FALSE(Box(Mat3{{Vec3{1, 0.1, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}}).is_lower_triangular());
}

TEST(Box, RefusesACellWithoutVolume) {
  EXPECT_THROW(Box::orthogonal(1, 0, 1), base::InputError);
  EXPECT_THROW(Box::orthogonal(1, -1, 1), base::InputError);
  EXPECT_THROW(Box::orthogonal(1, std::nan(""), 1), base::InputError);
  EXPECT_THROW(Box(Mat3{{Vec3{0, 1, 0}, Vec3{1, 0, 0}, Vec3{0, 0, 1}}}), base::InputError);
}

}  // namespace
}  // namespace vitreous::core
