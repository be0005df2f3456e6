// The activation energy of a process from the temperatures of its peaks at several frequencies.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "math/least_squares.hpp"

namespace vitreous::models {

struct PeakPoint {
  double frequency = 0.0;       ///< Hz
  double temperature = 0.0;     ///< K
  double standard_error = 0.0;  ///< of the temperature, K; 0 where unknown
};

/// ln f = ln f0 - E/(kB T_p). The frequency is set and the temperature measured: so 1/(kB T_p) =
/// (ln f0 - ln f)/E is regressed on ln f, each point by the error of its temperature. (+-1 K at
/// each of five peaks over 1 to 16 Hz at 245 K is +-5 % of E.)
struct PeakActivation {
  std::string refused;           ///< why there is no line; empty where there is one
  core::Measured energy;         ///< E, eV
  core::Measured ln_f0;          ///< f0 in Hz
  double covariance = 0.0;       ///< of E and ln f0, eV
  double low = 0.0, high = 0.0;  ///< 68 % interval of E, eV: that of the slope, turned over
  std::string doubts;            ///< lack of fit; empty where there is none
  std::string error_from;        ///< in words
  math::Fit line;                ///< of 1/(kB T) on ln f: {intercept, slope}

  /// ln f of the peak at T, with its standard error.
  std::pair<double, double> ln_frequency(double temperature) const;
  /// The temperature of the peak at f (Hz), K, with its standard error.
  std::pair<double, double> temperature(double frequency) const;
};

/// Refuses fewer than three frequencies, peaks that do not move to higher temperatures with
/// frequency, and a slope below twice its error. Throws InputError for frequencies or temperatures
/// that are not positive.
PeakActivation fit_peak_activation(const std::vector<PeakPoint>& points);

/// Quantities E (eV), ln_f0 (f0 in Hz) and ln_tau0 (tau = 1/(2 pi f), s), with the covariance in
/// `how`; tables `peak_line` (temperatures, fit, residuals) and `peak_line_curve`.
core::Result to_result(const PeakActivation& fit, const std::vector<PeakPoint>& points);

}  // namespace vitreous::models
