#include "analysis/relaxation_time.hpp"

#include <cmath>

namespace vitreous::analysis {
namespace {

double average(const PairCurves& curves, const std::vector<double>& weights, std::size_t lag) {
  double sum = 0.0;
  for (std::size_t c = 0; c < weights.size(); ++c)
    if (weights[c] != 0.0) sum += weights[c] * curves.mean(c, lag);
  return sum;
}

}  // namespace

std::optional<core::Measured> relaxation_time(const PairCurves& curves,
                                              const std::vector<double>& weights, double level,
                                              double timestep) {
  const auto& lags = curves.lags();
  for (std::size_t i = 1; i < lags.size(); ++i) {
    if (curves.pairs(i - 1) == 0 || curves.pairs(i) == 0) continue;
    const double before = average(curves, weights, i - 1), after = average(curves, weights, i);
    if (!(before > level && after <= level)) continue;
    const double share = (before - level) / (before - after);
    const double width = std::log(static_cast<double>(lags[i]) / static_cast<double>(lags[i - 1]));
    const double time = static_cast<double>(lags[i - 1]) * std::exp(share * width) * timestep;
    const auto estimate = curves.estimate(i, weights);
    if (estimate.degrees == 0.0) return std::nullopt;
    // d ln t = dF / |dF/d ln t|
    return core::Measured{time, time * estimate.standard_error * width / (before - after), "ps"};
  }
  return std::nullopt;
}

}  // namespace vitreous::analysis
