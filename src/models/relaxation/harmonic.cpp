#include "models/relaxation/harmonic.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::models {

void HarmonicSums::add(double phase, double value) {
  const double s = std::sin(phase), c = std::cos(phase);
  n += 1.0;
  sine += s;
  cosine += c;
  sine_sine += s * s;
  sine_cosine += s * c;
  cosine_cosine += c * c;
  y += value;
  y_sine += value * s;
  y_cosine += value * c;
  y_y += value * value;
}

HarmonicSums& HarmonicSums::operator+=(const HarmonicSums& other) {
  n += other.n;
  sine += other.sine;
  cosine += other.cosine;
  sine_sine += other.sine_sine;
  sine_cosine += other.sine_cosine;
  cosine_cosine += other.cosine_cosine;
  y += other.y;
  y_sine += other.y_sine;
  y_cosine += other.y_cosine;
  y_y += other.y_y;
  return *this;
}

double Harmonic::amplitude() const { return std::hypot(sine, cosine); }

Harmonic fit_harmonic(const HarmonicSums& sums) {
  const double n = std::max(sums.n, 1.0);
  // About the means: what is left of the normal equations is two by two.
  const double ss = sums.sine_sine - sums.sine * sums.sine / n;
  const double sc = sums.sine_cosine - sums.sine * sums.cosine / n;
  const double cc = sums.cosine_cosine - sums.cosine * sums.cosine / n;
  const double ys = sums.y_sine - sums.y * sums.sine / n;
  const double yc = sums.y_cosine - sums.y * sums.cosine / n;
  const double yy = sums.y_y - sums.y * sums.y / n;
  const double determinant = ss * cc - sc * sc;
  if (sums.n < 4.0 || !(determinant > 1e-12 * n * n))
    throw base::RunError("the samples do not determine an oscillation",
                         "they are fewer than four, or fall on too few phases of its cycle");
  Harmonic fit;
  fit.sine = (cc * ys - sc * yc) / determinant;
  fit.cosine = (ss * yc - sc * ys) / determinant;
  fit.mean = (sums.y - fit.sine * sums.sine - fit.cosine * sums.cosine) / n;
  const double left = std::max(yy - fit.sine * ys - fit.cosine * yc, 0.0);
  fit.scatter = std::sqrt(left / std::max(n - 3.0, 1.0));
  return fit;
}

double expected_phase_error(double noise, double amplitude, double samples) {
  return std::sqrt(2.0 / samples) * noise / amplitude;
}

}  // namespace vitreous::models
