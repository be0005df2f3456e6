// One harmonic of a series by linear least squares: y = mean + a sin(p) + b cos(p).
#pragma once

namespace vitreous::models {

/// The sums of such a fit. They take samples one at a time and add up piece by piece, so that an
/// observer keeps ten numbers instead of its series.
struct HarmonicSums {
  double n = 0.0;
  double sine = 0.0, cosine = 0.0, sine_sine = 0.0, sine_cosine = 0.0, cosine_cosine = 0.0;
  double y = 0.0, y_sine = 0.0, y_cosine = 0.0, y_y = 0.0;

  /// `phase` in radians.
  void add(double phase, double value);
  HarmonicSums& operator+=(const HarmonicSums& other);
};

struct Harmonic {
  double mean = 0.0, sine = 0.0, cosine = 0.0;  ///< in the unit of y
  double scatter = 0.0;                         ///< standard deviation about the fit

  double amplitude() const;
};

/// Least squares on {1, sin, cos}: linear, hence without a start and without other minima. Throws
/// RunError where the samples do not determine it (fewer than four, or all of few phases).
Harmonic fit_harmonic(const HarmonicSums& sums);

/// Standard deviation of the phase of a harmonic of amplitude A in white noise of standard
/// deviation s, from M samples over whole cycles: sqrt(2/M) s/A.
double expected_phase_error(double noise, double amplitude, double samples);

}  // namespace vitreous::models
