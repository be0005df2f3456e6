// The temperature of a peak of the loss modulus: a local cubic above a stated background.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vitreous::models {

/// E''(T) at one frequency, in the order of temperature.
struct LossSpectrum {
  double frequency = 0.0;           ///< Hz
  std::vector<double> temperature;  ///< K
  std::vector<double> loss;         ///< any unit
  std::vector<double> loss_se;      ///< the same unit; empty where unknown
};

/// What lies below the peak: nothing, a line, or the foot of a slower process, ln E'' = a + b T.
enum class Background { none, line, exponential };
/// "none", "line", "exponential"; throws InputError for any other word.
Background background_named(const std::string& word);
std::string to_text(Background background);

struct PeakOptions {
  Background background = Background::line;
  std::optional<double> from = {}, to = {};  ///< window, K; the whole spectrum without them
  double flank = 0.15;  ///< share of the window, at either end, that the background is fitted to
  double height = 0.6;  ///< the cubic is fitted where the peak is above this share of its height
  double temperature_error = 0.0;  ///< of the instrument, K: added in quadrature
};

struct LossPeak {
  double frequency = 0.0;          ///< Hz
  std::string refused;             ///< why there is no peak; empty where there is one
  double temperature = 0.0;        ///< K, where the cubic is highest
  double standard_error = 0.0;     ///< K: statistical, windows and instrument in quadrature
  double statistical_error = 0.0;  ///< K, from loss_se or from the scatter about the fits
  double window_spread = 0.0;      ///< K, standard deviation over other heights and flanks
  double height = 0.0;             ///< of the cubic above the background, in the unit of the loss
  double noise = 0.0;              ///< standard deviation about the cubic
  std::size_t points = 0;          ///< that the cubic was fitted to

  /// For figures: the window's temperatures, loss, background, and background + cubic (NaN where it
  /// was not fitted).
  std::vector<double> curve_temperature, curve_loss, curve_background, curve_fit;
};

/// The background is fitted to both flanks of the window by least squares and taken off; a cubic is
/// fitted to what is left around its highest point. Errors are carried from every point to T_p
/// through both fits. Refuses (in `refused`) a window of fewer than 12 points (8 without
/// background), a loss that is
/// negative, a peak that does not fall off on both sides within the window, and one that is not
/// above its noise. Throws InputError where options make no sense.
LossPeak find_loss_peak(const LossSpectrum& spectrum, const PeakOptions& options);

}  // namespace vitreous::models
