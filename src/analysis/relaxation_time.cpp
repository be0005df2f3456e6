#include "analysis/relaxation_time.hpp"

#include <fmt/format.h>

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

double steps_to_forget(const std::optional<core::Measured>& tau_alpha, double timestep) {
  return tau_alpha ? relaxations_to_forget * tau_alpha->value / timestep : 0.0;
}

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
    const auto estimate = curves.estimate(i, weights, relaxations_to_forget * time / timestep);
    if (estimate.degrees == 0.0) return std::nullopt;
    // d ln t = dF / |dF/d ln t|
    return core::Measured{time, time * estimate.standard_error * width / (before - after), "ps"};
  }
  return std::nullopt;
}

RunState judge_run(const std::optional<core::Measured>& tau_alpha, const PairCurves& curves,
                   double timestep) {
  const double duration = static_cast<double>(curves.seen()) * timestep;
  if (!tau_alpha)
    return {"glass", fmt::format("state is glass (F_s does not fall to 1/e within {:.3g} ps of a "
                                 "run of {:.3g} ps)",
                                 static_cast<double>(curves.longest_lag()) * timestep, duration)};
  if (duration >= 10.0 * tau_alpha->value) return {"equilibrium", ""};
  return {"glass", fmt::format("state is glass ({:.3g} ps is {:.2g} tau_alpha)", duration,
                               duration / tau_alpha->value)};
}

}  // namespace vitreous::analysis
