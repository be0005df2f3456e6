#include "math/sinc.hpp"

#include <gtest/gtest.h>

namespace vitreous::math {
namespace {

TEST(SincOfSquare, IsSineOverArgumentToNineDigits) {
  const SincOfSquare sinc;
  EXPECT_DOUBLE_EQ(sinc(0.0), 1.0);
  for (double x = 1e-4; x < 80.0; x *= 1.003) EXPECT_NEAR(sinc(x * x), std::sin(x) / x, 1e-9) << x;
}

}  // namespace
}  // namespace vitreous::math
