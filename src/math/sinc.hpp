// sin(x)/x as a function of x^2: the isotropic average of exp(i q.r) without a square root.
#pragma once

#include <cmath>
#include <vector>

namespace vitreous::math {

/// sin(x)/x is a smooth function of u = x^2, so a cubic through values and slopes on an even grid
/// of u gives it to 1e-9 below x = 50; beyond, it is evaluated directly.
class SincOfSquare {
 public:
  SincOfSquare();
  double operator()(double u) const {
    if (!(u < largest)) return std::sin(std::sqrt(u)) / std::sqrt(u);
    const double place = u * (1.0 / spacing);
    const auto i = static_cast<std::size_t>(place);
    const double s = place - static_cast<double>(i);
    const double* c = &coefficients_[4 * i];
    return c[0] + s * (c[1] + s * (c[2] + s * c[3]));
  }

 private:
  static constexpr double largest = 2500.0, spacing = 0.25;
  std::vector<double> coefficients_;  ///< four a cell
};

}  // namespace vitreous::math
