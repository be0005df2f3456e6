#include "math/wigner_3j.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vitreous::math {
namespace {

double factorial(int n) { return std::tgamma(n + 1.0); }

}  // namespace

double wigner_3j(int l, int m1, int m2) {
  const int m3 = -m1 - m2;
  if (std::max({std::abs(m1), std::abs(m2), std::abs(m3)}) > l) return 0.0;
  double sum = 0.0;
  for (int k = std::max({0, -m1, m2}); k <= std::min({l, l - m1, l + m2}); ++k) {
    const double term = factorial(k) * factorial(l - k) * factorial(l - m1 - k) *
                        factorial(l + m2 - k) * factorial(m1 + k) * factorial(k - m2);
    sum += (k % 2 == 0 ? 1.0 : -1.0) / term;
  }
  double square = std::pow(factorial(l), 3.0) / factorial(3 * l + 1);  // of the triangle l l l
  for (const int m : {m1, m2, m3}) square *= factorial(l + m) * factorial(l - m);
  return (m3 % 2 == 0 ? 1.0 : -1.0) * sum * std::sqrt(square);
}

}  // namespace vitreous::math
