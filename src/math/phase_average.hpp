// The average of exp(i q.r) over the directions of q, as a function of x^2 = (q r)^2, without a
// square root: sin(x)/x in space, the Bessel function J0(x) in a plane.
#pragma once

#include <vector>

namespace vitreous::math {

/// Both are smooth functions of u = x^2, so a cubic through values and slopes on an even grid of u
/// gives them to 2e-9 below x = 50; beyond, they are evaluated directly.
class PhaseAverage {
 public:
  /// Of 3 or 2 dimensions.
  explicit PhaseAverage(int dimensions);
  double operator()(double u) const {
    if (!(u < largest)) return beyond(u);
    const double place = u * (1.0 / spacing);
    const auto i = static_cast<std::size_t>(place);
    const double s = place - static_cast<double>(i);
    const double* c = &coefficients_[4 * i];
    return c[0] + s * (c[1] + s * (c[2] + s * c[3]));
  }

 private:
  static std::vector<double> coefficients(int dimensions);
  double beyond(double u) const;

  static constexpr double largest = 2500.0, spacing = 0.25;
  int dimensions_;
  const double* coefficients_;  ///< four a cell; of all objects of so many dimensions
};

}  // namespace vitreous::math
