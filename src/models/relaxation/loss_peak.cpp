#include "models/relaxation/loss_peak.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "math/least_squares.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

using Values = std::vector<double>;
using Indices = std::vector<std::size_t>;

/// A linear fit that remembers how its parameters follow each point.
struct Responsive {
  Values parameters;
  math::Matrix response;  ///< d parameter / d y, a row a parameter
  double scatter = 0.0;   ///< sqrt of the mean square of the (unweighted) residuals a degree
  double degrees = 0.0;
};

Responsive responsive_fit(const math::Matrix& design, const Values& y, const Values& errors) {
  const auto fit = math::fit_linear(design, y, errors);
  Responsive out{fit.parameters, math::Matrix(design.columns, design.rows), 0.0, fit.degrees};
  for (std::size_t k = 0; k < design.columns; ++k)
    for (std::size_t i = 0; i < design.rows; ++i)
      for (std::size_t j = 0; j < design.columns; ++j)
        out.response(k, i) += fit.covariance(k, j) * design(i, j) / (errors[i] * errors[i]);
  double squares = 0.0;
  for (const double r : fit.residuals) squares += r * r;
  out.scatter = fit.degrees > 0.0 ? std::sqrt(squares / fit.degrees) : 0.0;
  return out;
}

/// The spectrum within the window.
struct PeakWindow {
  Values T, y, se;
};

PeakWindow cut_window(const LossSpectrum& spectrum, const PeakOptions& options) {
  PeakWindow out;
  for (std::size_t i = 0; i < spectrum.temperature.size(); ++i) {
    const double T = spectrum.temperature[i];
    if ((options.from && T < *options.from) || (options.to && T > *options.to)) continue;
    if (!std::isfinite(spectrum.loss[i])) continue;
    out.T.push_back(T);
    out.y.push_back(spectrum.loss[i]);
    if (!spectrum.loss_se.empty()) out.se.push_back(spectrum.loss_se[i]);
  }
  const bool known =
      std::all_of(out.se.begin(), out.se.end(), [](double e) { return std::isfinite(e) && e > 0; });
  if (!known) out.se.clear();
  return out;
}

Indices flank_points(const PeakWindow& window, double share) {
  const double cold = window.T.front(), hot = window.T.back(), width = share * (hot - cold);
  Indices flanks;
  for (std::size_t i = 0; i < window.T.size(); ++i)
    if (window.T[i] <= cold + width || window.T[i] >= hot - width) flanks.push_back(i);
  return flanks;
}

/// The background over the window, and how it follows the points of the flanks.
struct FittedBackground {
  Values value;           ///< a point of the window
  Indices flanks;         ///< empty where there is no background
  math::Matrix gradient;  ///< d value / d parameter, a row a point
  math::Matrix response;  ///< d parameter / d y, a column a point of the flanks
  double scatter = 0.0, degrees = 0.0;
};

FittedBackground fit_background(const PeakWindow& window, Background kind, double share) {
  FittedBackground out;
  out.value.assign(window.T.size(), 0.0);
  if (kind == Background::none) return out;
  out.flanks = flank_points(window, share);
  const bool logarithm = kind == Background::exponential;
  const double middle = 0.5 * (window.T.front() + window.T.back());
  const auto x = [&](std::size_t i) { return (window.T[i] - middle) / middle; };
  const std::size_t n = out.flanks.size();
  math::Matrix design(n, 2);
  Values y, errors;
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = out.flanks[k];
    const double error = window.se.empty() ? 1.0 : window.se[i];
    design(k, 0) = 1.0;
    design(k, 1) = x(i);
    y.push_back(logarithm ? std::log(window.y[i]) : window.y[i]);
    errors.push_back(logarithm ? error / window.y[i] : error);
  }
  const auto fit = responsive_fit(design, y, errors);
  out.response = fit.response;
  out.gradient = math::Matrix(window.T.size(), 2);
  for (std::size_t i = 0; i < window.T.size(); ++i) {
    const double linear = fit.parameters[0] + fit.parameters[1] * x(i);
    out.value[i] = logarithm ? std::exp(linear) : linear;
    const double factor = logarithm ? out.value[i] : 1.0;
    out.gradient(i, 0) = factor;
    out.gradient(i, 1) = factor * x(i);
  }
  double squares = 0.0;
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = out.flanks[k];
    squares += std::pow(window.y[i] - out.value[i], 2);
    if (logarithm)
      for (std::size_t p = 0; p < 2; ++p) out.response(p, k) /= window.y[i];
  }
  out.degrees = fit.degrees;
  out.scatter = std::sqrt(squares / std::max(fit.degrees, 1.0));
  return out;
}

/// The points around the highest that rise above `share` of it; two in a row below end them.
struct PeakTop {
  Indices points;
  std::size_t highest = 0;
  bool falls_on_both_sides = false;
};

PeakTop top_of(const Values& signal, double share) {
  PeakTop top;
  top.highest =
      static_cast<std::size_t>(std::max_element(signal.begin(), signal.end()) - signal.begin());
  const double bound = share * signal[top.highest];
  const auto last = static_cast<std::ptrdiff_t>(signal.size()) - 1;
  const auto end = [&](std::ptrdiff_t step) {
    auto i = static_cast<std::ptrdiff_t>(top.highest);
    for (int below = 0; i + step >= 0 && i + step <= last;) {
      i += step;
      below = signal[static_cast<std::size_t>(i)] < bound ? below + 1 : 0;
      if (below == 2) return std::pair{i - step, true};
    }
    return std::pair{i, false};
  };
  const auto [first, cold] = end(-1);
  const auto [final, hot] = end(+1);
  top.falls_on_both_sides = cold && hot;
  for (auto i = first; i <= final; ++i) top.points.push_back(static_cast<std::size_t>(i));
  return top;
}

/// A cubic's maximum and how it follows the coefficients.
struct CubicMaximum {
  bool found = false;
  double x = 0.0, value = 0.0;
  double by_coefficient[4] = {};
};

CubicMaximum maximum_of(const Values& c, double low, double high) {
  CubicMaximum out;
  // c1 + 2 c2 x + 3 c3 x^2 = 0, by the root that stays finite as c3 vanishes.
  const double discriminant = c[2] * c[2] - 3.0 * c[1] * c[3];
  if (discriminant < 0.0 || c[2] >= 0.0) return out;
  out.x = -c[1] / (c[2] - std::sqrt(discriminant));
  const double curvature = 2.0 * c[2] + 6.0 * c[3] * out.x;
  if (!(curvature < 0.0) || out.x < low || out.x > high) return out;
  out.found = true;
  out.value = c[0] + out.x * (c[1] + out.x * (c[2] + out.x * c[3]));
  for (int k = 1; k < 4; ++k) out.by_coefficient[k] = -k * std::pow(out.x, k - 1) / curvature;
  return out;
}

/// A fit at one choice of flanks and height.
struct PeakFit {
  std::string refused;
  double temperature = 0.0, error = 0.0, height = 0.0, noise = 0.0;
  FittedBackground background;
  Indices points;
  Values cubic;
};

std::string edge_text(const PeakWindow& window, const PeakTop& top) {
  return fmt::format(
      "the loss is highest at {:.4g} K and does not fall off on both sides of it "
      "within {:.4g} to {:.4g} K: the peak is at the edge",
      window.T[top.highest], window.T.front(), window.T.back());
}

/// The error of T_p from those of all points, through the cubic and through the background.
double carried_error(const PeakWindow& window, const PeakFit& fit, const Responsive& cubic,
                     const CubicMaximum& maximum, double scale) {
  Values follows(window.T.size(), 0.0);
  Values by_background(2, 0.0);
  for (std::size_t k = 0; k < fit.points.size(); ++k) {
    const std::size_t i = fit.points[k];
    double share = 0.0;
    for (std::size_t p = 0; p < 4; ++p)
      share += scale * maximum.by_coefficient[p] * cubic.response(p, k);
    follows[i] += share;
    if (fit.background.flanks.empty()) continue;
    for (std::size_t p = 0; p < 2; ++p) by_background[p] -= share * fit.background.gradient(i, p);
  }
  Values sd = window.se;
  if (sd.empty()) sd.assign(window.T.size(), cubic.scatter * math::student_factor(cubic.degrees));
  for (std::size_t k = 0; k < fit.background.flanks.size(); ++k) {
    const std::size_t i = fit.background.flanks[k];
    for (std::size_t p = 0; p < 2; ++p)
      follows[i] += by_background[p] * fit.background.response(p, k);
    if (window.se.empty())
      sd[i] = fit.background.scatter * math::student_factor(fit.background.degrees);
  }
  double variance = 0.0;
  for (std::size_t i = 0; i < sd.size(); ++i) variance += std::pow(follows[i] * sd[i], 2);
  return std::sqrt(variance);
}

PeakFit fit_peak(const PeakWindow& window, Background kind, double flank, double height) {
  PeakFit out;
  out.background = fit_background(window, kind, flank);
  Values signal = window.y;
  for (std::size_t i = 0; i < signal.size(); ++i) signal[i] -= out.background.value[i];
  const auto top = top_of(signal, height);
  if (!top.falls_on_both_sides || !(signal[top.highest] > 0.0)) {
    out.refused = edge_text(window, top);
    return out;
  }
  out.points = top.points;
  if (out.points.size() < 6) {
    out.refused = fmt::format("{} points above {:.0f} % of the peak's height, 6 needed for a cubic",
                              out.points.size(), 100.0 * height);
    return out;
  }
  const double middle = window.T[top.highest];
  const double scale = 0.5 * (window.T[out.points.back()] - window.T[out.points.front()]);
  math::Matrix design(out.points.size(), 4);
  Values y, errors;
  for (std::size_t k = 0; k < out.points.size(); ++k) {
    const std::size_t i = out.points[k];
    const double x = (window.T[i] - middle) / scale;
    for (std::size_t p = 0; p < 4; ++p) design(k, p) = std::pow(x, static_cast<double>(p));
    y.push_back(signal[i]);
    errors.push_back(window.se.empty() ? 1.0 : window.se[i]);
  }
  const auto cubic = responsive_fit(design, y, errors);
  const auto maximum = maximum_of(cubic.parameters, design(0, 1), design(out.points.size() - 1, 1));
  if (!maximum.found) {
    out.refused = edge_text(window, top);
    return out;
  }
  out.temperature = middle + scale * maximum.x;
  out.height = maximum.value;
  out.noise = cubic.scatter;
  out.error = carried_error(window, out, cubic, maximum, scale);
  out.cubic.assign(window.T.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t k = 0; k < out.points.size(); ++k) {
    double value = 0.0;
    for (std::size_t p = 0; p < 4; ++p) value += cubic.parameters[p] * design(k, p);
    out.cubic[out.points[k]] = value;
  }
  if (out.height < 3.0 * out.noise || out.height < 3.0 * out.background.scatter)
    out.refused = fmt::format(
        "a peak of {:.3g} is not above its noise: {:.3g} about the cubic, "
        "{:.3g} about the background",
        out.height, out.noise, out.background.scatter);
  return out;
}

/// How T_p moves where the cubic reaches lower or less far, and the flanks are wider or narrower.
double spread_of_windows(const PeakWindow& window, const PeakOptions& options) {
  Values temperatures;
  for (const double flank : {0.67 * options.flank, options.flank, 1.5 * options.flank})
    for (const double height : {options.height - 0.1, options.height, options.height + 0.1}) {
      if (flank_points(window, flank).size() < 4) continue;
      const auto fit = fit_peak(window, options.background, flank, height);
      if (fit.refused.empty()) temperatures.push_back(fit.temperature);
    }
  return temperatures.size() < 2 ? 0.0 : std::sqrt(math::sample_variance(temperatures));
}

std::string objection_to_window(const PeakWindow& window, const PeakOptions& options) {
  const bool bare = options.background == Background::none;
  if (window.T.size() < (bare ? 8 : 12))
    return fmt::format("{} points in the window, {}", window.T.size(),
                       bare ? "8 needed for a cubic" : "12 needed for a background and a cubic");
  Values sorted = window.y;
  for (std::size_t i = 0; i < window.se.size(); ++i) sorted[i] += 3.0 * window.se[i];
  std::sort(sorted.begin(), sorted.end());
  // Points may fall below zero by their noise: a tenth of them, or as far as their errors reach.
  if (const double low = sorted[sorted.size() / 10]; low < -0.05 * std::abs(sorted.back()))
    return fmt::format(
        "a tenth of the losses is negative, below {:.3g}: no loss modulus is, "
        "so the phase's sign or its zero is off",
        low);
  if (options.background == Background::none) return {};
  const auto flanks = flank_points(window, options.flank);
  if (flanks.size() < 4)
    return fmt::format("{} points in the flanks, 4 needed for a background", flanks.size());
  if (options.background == Background::exponential)
    for (const std::size_t i : flanks)
      if (!(window.y[i] > 0.0))
        return fmt::format(
            "the loss at {:.4g} K is not positive, and an exponential background "
            "takes its logarithm",
            window.T[i]);
  return {};
}

void require_sense(const PeakOptions& options) {
  if (options.from && options.to && !(*options.from < *options.to))
    throw base::InputError(
        fmt::format("a window from {:g} K to {:g} K is empty", *options.from, *options.to));
  if (!(options.flank > 0.0 && options.flank < 0.45))
    throw base::InputError(fmt::format("flanks of {:g} of the window", options.flank),
                           "the background is fitted to a share between 0 and 0.45 at either end");
  if (!(options.height >= 0.2 && options.height <= 0.85))
    throw base::InputError(fmt::format("a cubic above {:g} of the peak's height", options.height),
                           "the share lies between 0.2 and 0.85");
  if (!(options.temperature_error >= 0.0))
    throw base::InputError(
        fmt::format("a temperature error of {:g} K is none", options.temperature_error));
}

}  // namespace

Background background_named(const std::string& word) {
  for (const auto kind : {Background::none, Background::line, Background::exponential})
    if (word == to_text(kind)) return kind;
  throw base::InputError(fmt::format("no background is called \"{}\"", word),
                         "there are none, line and exponential");
}

std::string to_text(Background background) {
  switch (background) {
    case Background::none:
      return "none";
    case Background::line:
      return "line";
    case Background::exponential:
      return "exponential";
  }
  return {};
}

LossPeak find_loss_peak(const LossSpectrum& spectrum, const PeakOptions& options) {
  require_sense(options);
  const auto window = cut_window(spectrum, options);
  LossPeak peak;
  peak.frequency = spectrum.frequency;
  peak.curve_temperature = window.T;
  peak.curve_loss = window.y;
  peak.refused = objection_to_window(window, options);
  if (!peak.refused.empty()) return peak;
  const auto fit = fit_peak(window, options.background, options.flank, options.height);
  peak.refused = fit.refused;
  peak.curve_background = fit.background.value;
  if (!peak.refused.empty()) return peak;
  peak.temperature = fit.temperature;
  peak.statistical_error = fit.error;
  peak.window_spread = spread_of_windows(window, options);
  peak.standard_error =
      std::hypot(peak.statistical_error, peak.window_spread, options.temperature_error);
  peak.height = fit.height;
  peak.noise = fit.noise;
  peak.points = fit.points.size();
  for (std::size_t i = 0; i < window.T.size(); ++i)
    peak.curve_fit.push_back(fit.background.value[i] + fit.cubic[i]);
  return peak;
}

}  // namespace vitreous::models
