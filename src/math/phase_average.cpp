#include "math/phase_average.hpp"

#include <cmath>

namespace vitreous::math {
namespace {

double sinc(double u) {
  if (u < 1e-3) return 1.0 - u / 6.0 * (1.0 - u / 20.0 * (1.0 - u / 42.0));
  return std::sin(std::sqrt(u)) / std::sqrt(u);
}

/// d/du of sin(x)/x with u = x^2: (cos x - sin(x)/x)/(2 u).
double sinc_slope(double u) {
  if (u < 1e-2) return -1.0 / 6.0 + u / 60.0 * (1.0 - u / 28.0 * (1.0 - u / 54.0));
  return (std::cos(std::sqrt(u)) - sinc(u)) / (2.0 * u);
}

/// d/du of J0(x) with u = x^2: -J1(x)/(2 x).
double bessel_slope(double u) {
  if (u < 1e-2) return -0.25 + u / 32.0 * (1.0 - u / 24.0 * (1.0 - u / 48.0));
  return -std::cyl_bessel_j(1.0, std::sqrt(u)) / (2.0 * std::sqrt(u));
}

double value(int dimensions, double u) {
  return dimensions == 3 ? sinc(u) : std::cyl_bessel_j(0.0, std::sqrt(u));
}

double slope(int dimensions, double u) { return dimensions == 3 ? sinc_slope(u) : bessel_slope(u); }

}  // namespace

PhaseAverage::PhaseAverage(int dimensions) : dimensions_(dimensions) {
  // Bessel functions take long: once a program, not once an observer.
  static const std::vector<double> in_space = coefficients(3);
  static const std::vector<double> in_plane = coefficients(2);
  coefficients_ = (dimensions == 3 ? in_space : in_plane).data();
}

std::vector<double> PhaseAverage::coefficients(int dimensions) {
  const auto cells = static_cast<std::size_t>(largest / spacing) + 1;
  std::vector<double> coefficients;
  coefficients.reserve(4 * cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const double u = static_cast<double>(i) * spacing;
    const double f0 = value(dimensions, u), f1 = value(dimensions, u + spacing);
    const double g0 = slope(dimensions, u) * spacing, g1 = slope(dimensions, u + spacing) * spacing;
    coefficients.insert(coefficients.end(),
                        {f0, g0, 3.0 * (f1 - f0) - 2.0 * g0 - g1, 2.0 * (f0 - f1) + g0 + g1});
  }
  return coefficients;
}

double PhaseAverage::beyond(double u) const { return value(dimensions_, u); }

}  // namespace vitreous::math
