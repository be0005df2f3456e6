#include "math/wigner_3j.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace vitreous::math {
namespace {

TEST(Wigner3j, OfVanishingProjectionsAreTheTabulatedOnes) {
  EXPECT_NEAR(wigner_3j(2, 0, 0), -std::sqrt(2.0 / 35.0), 1e-15);
  EXPECT_NEAR(wigner_3j(4, 0, 0), 3.0 * std::sqrt(2.0 / 1001.0), 1e-15);
  EXPECT_NEAR(wigner_3j(6, 0, 0), -20.0 * std::sqrt(1.0 / 46189.0), 1e-15);
}

TEST(Wigner3j, SquaresAddUpToOneOverAllAndToAShareOverOneProjection) {
  for (int l = 1; l <= 12; ++l) {
    for (int m1 = -l; m1 <= l; ++m1) {
      double sum = 0.0;
      for (int m2 = -l; m2 <= l; ++m2) sum += std::pow(wigner_3j(l, m1, m2), 2.0);
      EXPECT_NEAR(sum * (2 * l + 1), 1.0, 1e-11) << l << ' ' << m1;
    }
  }
}

TEST(Wigner3j, ChangeSignByTheParityOfThreeLWhereTwoProjectionsChangePlaces) {
  for (const int l : {3, 4, 6})
    for (int m1 = -l; m1 <= l; ++m1)
      for (int m2 = -l; m2 <= l; ++m2)
        EXPECT_NEAR(wigner_3j(l, m1, m2), (l % 2 == 0 ? 1.0 : -1.0) * wigner_3j(l, m2, m1), 1e-13);
}

}  // namespace
}  // namespace vitreous::math
