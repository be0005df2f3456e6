#include "analysis/inflection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "math/least_squares.hpp"

namespace vitreous::analysis {
namespace {

/// Beyond, atoms leave their cages.
constexpr double longest_time = 10.0;  // ps
/// How far, both ways, lags make up a slope and slopes the bottom of their curve.
const double octave = std::log(2.0) * (1.0 + 1e-9);
constexpr std::size_t most_left_out = 20;

/// y against x = ln t, ascending in x.
struct LogCurve {
  std::vector<double> x, y;

  void add(double at, double value) {
    x.push_back(at);
    y.push_back(value);
  }
  /// The polynomial of least squares through the points within an octave of `center`, in x -
  /// center; empty where there are no more of them than terms.
  std::vector<double> polynomial(double center, std::size_t terms) const {
    std::vector<double> dx, near;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (std::abs(x[i] - center) > octave) continue;
      dx.push_back(x[i] - center);
      near.push_back(y[i]);
    }
    if (dx.size() <= terms) return {};
    math::Matrix design(dx.size(), terms);
    for (std::size_t i = 0; i < dx.size(); ++i)
      for (std::size_t k = 0; k < terms; ++k) design(i, k) = std::pow(dx[i], static_cast<int>(k));
    return math::fit_linear(design, near, {}).parameters;
  }
};

/// ln MSD from all groups of origins but [begin, end).
LogCurve curve_without(const PairCurves& curves, const std::vector<double>& weights,
                       double timestep, std::size_t begin, std::size_t end) {
  LogCurve curve;
  for (std::size_t lag = 0; lag < curves.lags().size(); ++lag) {
    const double time = static_cast<double>(curves.lags()[lag]) * timestep;
    double sum = 0.0, pairs = 0.0;
    for (const std::size_t g : curves.groups_with(lag)) {
      if (g >= begin && g < end) continue;
      pairs += curves.pairs(lag, g);
      for (std::size_t k = 0; k < weights.size(); ++k)
        sum += weights[k] * curves.pairs(lag, g) * curves.group_mean(k, lag, g);
    }
    if (time <= 2.0 * longest_time && sum > 0.0) curve.add(std::log(time), std::log(sum / pairs));
  }
  return curve;
}

/// Slopes at the points with an octave on both sides.
LogCurve slopes_of(const LogCurve& curve) {
  const double reach = octave * (1.0 - 2e-9);
  LogCurve slopes;
  for (const double x : curve.x) {
    if (x - curve.x.front() < reach || curve.x.back() - x < reach) continue;
    if (const auto line = curve.polynomial(x, 2); !line.empty()) slopes.add(x, line[1]);
  }
  return slopes;
}

/// Where the slopes are least, as a parabola through the bottom tells it, and the value of the
/// curve there; empty where they fall or rise throughout.
std::optional<std::pair<double, double>> bottom_of(const LogCurve& curve) {
  const LogCurve slopes = slopes_of(curve);
  if (slopes.x.empty()) return std::nullopt;
  const auto least = std::min_element(slopes.y.begin(), slopes.y.end());
  if (least == slopes.y.begin() || least + 1 == slopes.y.end()) return std::nullopt;
  const double center = slopes.x[static_cast<std::size_t>(least - slopes.y.begin())];
  const auto bend = slopes.polynomial(center, 3);
  if (bend.empty()) return std::nullopt;
  const double shift = bend[2] > 0.0 ? -0.5 * bend[1] / bend[2] : 0.0;
  const double x = center + std::clamp(shift, -octave, octave);
  const auto line = curve.polynomial(x, 2);
  if (line.empty()) return std::nullopt;
  return std::pair{x, line[0]};
}

}  // namespace

Inflection msd_inflection(const PairCurves& curves, const std::vector<double>& weights,
                          double timestep) {
  Inflection found;
  const auto all = bottom_of(curve_without(curves, weights, timestep, 0, 0));
  const std::size_t groups = curves.groups_with(0).size();
  const std::size_t blocks = std::min(most_left_out, groups);
  std::vector<double> others;  // without one block each
  for (std::size_t b = 0; all && b < blocks; ++b)
    if (const auto one = bottom_of(curve_without(curves, weights, timestep, b * groups / blocks,
                                                 (b + 1) * groups / blocks)))
      others.push_back(std::exp(one->second));
  if (blocks < 2 || others.size() < blocks) {
    found.refusal = fmt::format(
        "the logarithmic slope of the MSD has no clear minimum below {:g} ps", longest_time);
    return found;
  }
  const double n = static_cast<double>(blocks);
  found.time = std::exp(all->first);
  found.msd = {
      std::exp(all->second),
      (n - 1.0) * std::sqrt(math::sample_variance(others) / n) * math::student_factor(n - 1.0),
      n - 1.0};
  return found;
}

}  // namespace vitreous::analysis
