#include "analysis/inflection.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vitreous::analysis {
namespace {

/// Beyond, atoms leave their cages.
constexpr double longest_time = 10.0;  // ps
/// Lags on each side, within a factor of two, that a slope needs.
constexpr double octave = 2.0 * (1.0 + 1e-9);

struct Point {
  double ln_t, ln_msd;
  math::Estimate msd;
};

std::vector<Point> points_of(const PairCurves& curves, const std::vector<double>& weights,
                             double timestep) {
  std::vector<Point> points;
  for (std::size_t lag = 0; lag < curves.lags().size(); ++lag) {
    const double time = static_cast<double>(curves.lags()[lag]) * timestep;
    const auto msd = curves.estimate(lag, weights);
    if (time > longest_time * octave || msd.degrees == 0.0 || !(msd.mean > 0.0)) continue;
    points.push_back({std::log(time), std::log(msd.mean), msd});
  }
  return points;
}

double slope_at(const std::vector<Point>& points, std::size_t center) {
  const double reach = std::log(octave);
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (const Point& p : points) {
    const double dx = p.ln_t - points[center].ln_t;
    if (std::abs(dx) > reach) continue;
    n += 1.0, x += dx, y += p.ln_msd, xx += dx * dx, xy += dx * p.ln_msd;
  }
  return (xy - x * y / n) / (xx - x * x / n);
}

}  // namespace

Inflection msd_inflection(const PairCurves& curves, const std::vector<double>& weights,
                          double timestep) {
  const auto points = points_of(curves, weights, timestep);
  Inflection found;
  const double half = std::log(2.0) * (1.0 - 1e-9);
  double least = 0.0;
  std::size_t at = 0, first = 0, last = 0;  // lags with an octave on both sides
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].ln_t - points.front().ln_t < half || points.back().ln_t - points[i].ln_t < half)
      continue;
    const double slope = slope_at(points, i);
    if (last == 0 || slope < least) least = slope, at = i;
    if (last == 0) first = i;
    last = i;
  }
  if (last == 0 || at == first || at == last) {
    found.refusal =
        fmt::format("the logarithmic slope of the MSD has no minimum between {:.3g} and {:.3g} ps",
                    points.empty() ? 0.0 : std::exp(points[first].ln_t),
                    points.empty() ? 0.0 : std::exp(points[last].ln_t));
    return found;
  }
  found.time = std::exp(points[at].ln_t);
  found.msd = points[at].msd;
  return found;
}

}  // namespace vitreous::analysis
