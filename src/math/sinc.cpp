#include "math/sinc.hpp"

namespace vitreous::math {
namespace {

double value(double u) {
  if (u < 1e-3) return 1.0 - u / 6.0 * (1.0 - u / 20.0 * (1.0 - u / 42.0));
  return std::sin(std::sqrt(u)) / std::sqrt(u);
}

/// d/du of sin(x)/x with u = x^2: (cos x - sin(x)/x)/(2 u).
double slope(double u) {
  if (u < 1e-2) return -1.0 / 6.0 + u / 60.0 * (1.0 - u / 28.0 * (1.0 - u / 54.0));
  return (std::cos(std::sqrt(u)) - value(u)) / (2.0 * u);
}

}  // namespace

SincOfSquare::SincOfSquare() {
  const auto cells = static_cast<std::size_t>(largest / spacing) + 1;
  coefficients_.reserve(4 * cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const double u = static_cast<double>(i) * spacing;
    const double f0 = value(u), f1 = value(u + spacing);
    const double g0 = slope(u) * spacing, g1 = slope(u + spacing) * spacing;
    coefficients_.insert(coefficients_.end(),
                         {f0, g0, 3.0 * (f1 - f0) - 2.0 * g0 - g1, 2.0 * (f0 - f1) + g0 + g1});
  }
}

}  // namespace vitreous::math
