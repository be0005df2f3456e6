#include "models/tangent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "base/random.hpp"
#include "math/statistics.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

constexpr int noise_runs = 200;
constexpr double least_steepness = 5.0;  ///< of the flank, in errors of a tangent's slope

/// A heating curve, from cold to hot.
struct HeatingCurve {
  std::vector<double> T, y, error;
};

struct TangentWindows {
  double baseline_from = 0.0, baseline_to = 0.0, flank_to = 0.0, width = 0.0;
};

/// y = level + slope (T - middle).
struct TangentLine {
  double middle = 0.0, level = 0.0, slope = 0.0;
  double scatter = 0.0;      ///< of a point about it
  double slope_error = 0.0;  ///< for points of unit error

  double at(double T) const { return level + slope * (T - middle); }
};

struct Onset {
  double T = 0.0, steepest = 0.0;
  TangentLine baseline, tangent;
};

/// The line through points [first, last); nothing for fewer than three.
std::optional<TangentLine> line_through(const HeatingCurve& curve, std::size_t first,
                                        std::size_t last) {
  if (last < first + 3) return {};
  const auto n = static_cast<double>(last - first);
  TangentLine line;
  for (std::size_t i = first; i < last; ++i) {
    line.middle += curve.T[i] / n;
    line.level += curve.y[i] / n;
  }
  double tt = 0.0, ty = 0.0, rr = 0.0;
  for (std::size_t i = first; i < last; ++i) {
    const double t = curve.T[i] - line.middle;
    tt += t * t;
    ty += t * (curve.y[i] - line.level);
  }
  if (!(tt > 0.0)) return {};
  line.slope = ty / tt;
  for (std::size_t i = first; i < last; ++i) rr += std::pow(curve.y[i] - line.at(curve.T[i]), 2);
  line.scatter = std::sqrt(rr / (n - 2.0));
  line.slope_error = 1.0 / std::sqrt(tt);
  return line;
}

std::size_t first_from(const HeatingCurve& curve, double T) {
  return static_cast<std::size_t>(std::lower_bound(curve.T.begin(), curve.T.end(), T) -
                                  curve.T.begin());
}

std::size_t first_beyond(const HeatingCurve& curve, double T) {
  return static_cast<std::size_t>(std::upper_bound(curve.T.begin(), curve.T.end(), T) -
                                  curve.T.begin());
}

/// The line about T over the width.
std::optional<TangentLine> line_about(const HeatingCurve& curve, double T, double width) {
  return line_through(curve, first_from(curve, T - 0.5 * width),
                      first_beyond(curve, T + 0.5 * width));
}

std::optional<Onset> onset_of(const HeatingCurve& curve, const TangentWindows& windows) {
  const auto baseline = line_through(curve, first_from(curve, windows.baseline_from),
                                     first_beyond(curve, windows.baseline_to));
  if (!baseline) return {};
  const std::size_t begin = first_beyond(curve, windows.baseline_to);
  const std::size_t end = first_beyond(curve, windows.flank_to);
  std::size_t farthest = begin;
  const auto distance = [&](std::size_t i) {
    return std::abs(curve.y[i] - baseline->at(curve.T[i]));
  };
  for (std::size_t i = begin; i < end; ++i)
    if (distance(i) > distance(farthest)) farthest = i;
  std::optional<Onset> best;
  double steepness = 0.0;
  for (std::size_t i = begin; i <= farthest && i < end; ++i) {
    const auto tangent = line_about(curve, curve.T[i], windows.width);
    if (!tangent) continue;
    const double here = std::abs(tangent->slope - baseline->slope);
    if (!(here > steepness)) continue;
    steepness = here;
    best = Onset{0.0, curve.T[i], *baseline, *tangent};
  }
  if (!best) return {};
  const auto& [T, steepest, line, tangent] = *best;
  // Measured from the middle of the tangent, so that few digits are lost.
  best->T =
      tangent.middle + (line.at(tangent.middle) - tangent.level) / (tangent.slope - line.slope);
  return best;
}

HeatingCurve curve_of(const std::vector<Point>& points) {
  std::vector<const Point*> sorted;
  for (const auto& point : points) sorted.push_back(&point);
  std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->x < b->x; });
  HeatingCurve curve;
  for (const auto* point : sorted) {
    curve.T.push_back(point->x);
    curve.y.push_back(point->y);
    curve.error.push_back(point->y_se);
  }
  return curve;
}

TangentWindows windows_of(const core::Options& options, const std::vector<Point>& points) {
  if (!options.has("baseline_from") || !options.has("baseline_to"))
    throw base::InputError("tangent: where the baseline lies was not told",
                           "it is the straight part before the event",
                           {"--baseline-from \"600 K\" --baseline-to \"640 K\""});
  TangentWindows windows{options.number("baseline_from"), options.number("baseline_to"), 0.0,
                         options.number("width")};
  for (const auto& point : points) windows.flank_to = std::max(windows.flank_to, point.x);
  if (options.has("flank_to")) windows.flank_to = options.number("flank_to");
  if (!(windows.baseline_from < windows.baseline_to && windows.width > 0.0 &&
        (points.empty() || windows.baseline_to < windows.flank_to)))
    throw base::InputError(
        fmt::format("tangent: a baseline of {:g} to {:g} K, a flank up to {:g} K and a width of "
                    "{:g} K are not in order",
                    windows.baseline_from, windows.baseline_to, windows.flank_to, windows.width));
  return windows;
}

/// The onsets over moved edges of the baseline and changed widths.
std::vector<double> onsets(const HeatingCurve& curve, const TangentWindows& windows, double shift) {
  std::vector<double> all;
  for (int from = -1; from <= 1; ++from)
    for (int to = -1; to <= 1; ++to)
      for (const double wide : {0.5, 1.0, 1.5}) {
        auto moved = windows;
        moved.baseline_from += from * shift;
        moved.baseline_to += to * shift;
        moved.width *= wide;
        if (const auto onset = onset_of(curve, moved)) all.push_back(onset->T);
      }
  std::sort(all.begin(), all.end());
  return all;
}

/// Half of the central 68 % of sorted values.
double half_spread(const std::vector<double>& sorted) {
  const auto last = static_cast<double>(sorted.size() - 1);
  return 0.5 * (sorted[static_cast<std::size_t>(std::lround(0.84134 * last))] -
                sorted[static_cast<std::size_t>(std::lround(0.15866 * last))]);
}

/// How the onset strays, and how that was had.
std::pair<double, std::string> stray(const std::vector<Point>& points, const HeatingCurve& curve,
                                     const TangentWindows& windows, const Onset& onset) {
  if (const std::size_t replicas = shared_replicas(points); replicas > 0) {
    const auto covariance = jackknife_covariance(points, [&](const std::vector<Point>& resampled) {
      const auto found = onset_of(curve_of(resampled), windows);
      return std::vector{found ? found->T : onset.T};
    });
    return {std::sqrt(covariance(0, 0)),
            fmt::format("jackknife of {} whole replicas, with Student's factor", replicas)};
  }
  const bool known =
      std::all_of(curve.error.begin(), curve.error.end(), [](double error) { return error > 0.0; });
  HeatingCurve noisy = curve;
  base::RandomStream random(1, "tangent: noise of a heating curve");
  std::vector<double> found;
  for (int run = 0; run < noise_runs; ++run) {
    for (std::size_t i = 0; i < curve.y.size(); ++i)
      noisy.y[i] = curve.y[i] + (known ? curve.error[i] : onset.baseline.scatter) * random.normal();
    if (const auto onset_here = onset_of(noisy, windows)) found.push_back(onset_here->T);
  }
  std::sort(found.begin(), found.end());
  return {half_spread(found),
          fmt::format("{} simulations with {}, independent from point to point", noise_runs,
                      known ? "the points' errors" : "the scatter about the baseline")};
}

core::Table tangent_table(const Onset& onset, const TangentWindows& windows,
                          const FitInput& input) {
  std::vector<double> T, baseline, tangent;
  const double hot = std::max(onset.T, onset.steepest) + windows.width;
  for (int k = 0; k <= 100; ++k) {
    T.push_back(windows.baseline_from + (hot - windows.baseline_from) * k / 100.0);
    baseline.push_back(onset.baseline.at(T.back()));
    tangent.push_back(onset.tangent.at(T.back()));
  }
  return {"tangent_lines",
          {{"temperature", "K", T, {}},
           {"baseline", input.unit, baseline, {}},
           {"tangent", input.unit, tangent, {}}},
          {}};
}

}  // namespace

core::Declaration tangent_declaration() {
  using enum core::OptionType;
  return {
      "tangent",
      "The onset of a step or a peak of a heating curve: Tg or Tx by two tangents",
      "baseline(T_onset) = tangent(T_onset), the tangent at the steepest point of the flank",
      {{"baseline_from", number, "K", "automatic", "cold end of the baseline; must be told", {}},
       {"baseline_to", number, "K", "automatic", "hot end of the baseline; must be told", {}},
       {"flank_to",
        number,
        "K",
        "automatic",
        "where the flank ends at the latest; by default the end of the curve",
        {}},
       {"width", number, "K", "10 K", "over which the tangent is fitted", {}},
       {"shift",
        number,
        "K",
        "5 K",
        "how far each edge of the baseline is moved to see what it matters",
        {}}},
      {{"temperature", "K", "of the curve"}, {"y", "any", "heat flow, H, V"}},
      {{"T_onset", "K", "where baseline and tangent meet: Tg of a step, Tx of an exotherm"}},
      "ISO 11357-2, extrapolated onset"};
}

core::Result fit_tangent(const FitInput& input, const core::Options& options) {
  UsablePoints usable;
  usable.input = input;
  std::erase_if(usable.input.points,
                [](const Point& p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
  const auto& points = usable.input.points;
  const auto windows = windows_of(options, points);
  const auto curve = curve_of(points);
  const auto refuse = [&](const std::string& why) { return refuse_all({"T_onset"}, why, usable); };
  const auto onset = onset_of(curve, windows);
  if (!onset)
    return refuse(
        fmt::format("fewer than 3 points on the baseline, {:g} to {:g} K, or within {:g} K "
                    "on the flank",
                    windows.baseline_from, windows.baseline_to, windows.width));
  const double steepness = std::abs(onset->tangent.slope - onset->baseline.slope);
  const double noise = onset->baseline.scatter * onset->tangent.slope_error;
  if (!(steepness > least_steepness * noise))
    return refuse(
        fmt::format("nothing happens beyond the noise of the baseline: the steepest flank "
                    "is at {:.5g} K, {:.2g} errors of a slope",
                    onset->steepest, steepness / noise));
  if (!(onset->T > windows.baseline_from && onset->T < windows.flank_to))
    return refuse(fmt::format("baseline and tangent meet at {:.5g} K, outside of both", onset->T));

  const double shift = options.number("shift");
  const auto all = onsets(curve, windows, shift);
  const double median = all[all.size() / 2], spread = half_spread(all);
  const auto [statistical, source] = stray(points, curve, windows, *onset);
  core::Reported reported;
  reported.name = "T_onset";
  reported.measured = core::Measured{median, std::hypot(statistical, spread), "K"};
  reported.how = {
      {"n", std::to_string(points.size())},
      {"windows",
       fmt::format("baseline {:g} to {:g} K, edges moved by 0 and +-{:g} K; tangent over "
                   "{:g} K about {:.5g} K, width times 1/2, 1, 3/2: {} choices",
                   windows.baseline_from, windows.baseline_to, shift, windows.width,
                   onset->steepest, all.size())},
      {"window_spread", fmt::format("{:.5g} to {:.5g} K", all.front(), all.back())},
      {"statistical_error", fmt::format("{:.3g} K: {}", statistical, source)},
      {"error", "statistical error and half of the windows' 68 % spread, in quadrature"},
  };
  core::Result result;
  result.quantities = {std::move(reported)};
  core::Table at_points{
      "tangent_curve",
      {{"temperature", "K", curve.T, {}}, {input.quantity, input.unit, curve.y, {}}},
      {}};
  result.tables = {std::move(at_points), tangent_table(*onset, windows, input)};
  return result;
}

}  // namespace vitreous::models
