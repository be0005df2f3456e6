#include "analysis/non_gaussian.hpp"

#include <fmt/format.h>

#include "analysis/error_degrees.hpp"
#include "analysis/lag_grid.hpp"
#include "analysis/lane_sum.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {

core::Declaration NonGaussian::declaration() {
  core::Declaration d;
  d.name = "non_gaussian";
  d.one_line = "non-Gaussian parameter alpha_2 of the displacements";
  d.formula =
      "alpha_2(t) = 3 <d^4> / (5 <d^2>^2) - 1, in a layer <d^4> / (2 <d^2>^2) - 1, d = |r_i(t0 + "
      "t) - r_i(t0)|, over atoms i and "
      "origins t0";
  d.options = {max_time_option()};
  const auto layer = SlabLayer::options();
  d.options.insert(d.options.end(), layer.begin(), layer.end());
  d.columns = {{"species", "1", "element, or \"all\""},
               {"time", "ps", "lag"},
               {"alpha_2", "1", "non-Gaussian parameter with its standard error"}};
  d.derived = {{"alpha_2_max", "1", "the largest alpha_2 of all atoms"},
               {"alpha_2_max.<species>", "1", "the same for a species"}};
  d.source = "Rahman, Phys. Rev. 136, A405 (1964)";
  return d;
}

NonGaussian::NonGaussian(const core::Options& options, const Setting& setting)
    : PairObserver(setting, log_lags(setting.timeline, max_time(options)), 2 * setting.kinds.size(),
                   SlabLayer::from(options, setting)) {}

void NonGaussian::observe_pair(const Pair& pair) {
  if (!has_members(pair)) return;
  average(pair, 0, [](double d2) { return d2; });
  average(pair, setting_.kinds.size(), [](double d2) { return d2 * d2; });
  curves_.add(pair.lag, pair.group, values_);
}

math::Estimate NonGaussian::alpha(const SpeciesRow& row, std::size_t lag) const {
  if (curves_.pairs(lag) == 0) return {};
  const std::size_t kinds = setting_.kinds.size();
  double square = 0.0, fourth = 0.0;
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (row.weights[kind] == 0.0) continue;
    square += row.weights[kind] * curves_.mean(kind, lag);
    fourth += row.weights[kind] * curves_.mean(kinds + kind, lag);
  }
  if (!(square > 0.0)) return {};
  const double of_gaussian = dimensions() / (dimensions() + 2.0);  // <d^2>^2 / <d^4>
  const double value = of_gaussian * fourth / (square * square) - 1.0;
  // To first order in its fluctuations alpha_2 is a linear combination of the moments, whose error
  // the groups of origins give.
  const double by_fourth = of_gaussian / (square * square);
  const double by_square = -2.0 * of_gaussian * fourth / (square * square * square);
  std::vector<double> values;
  for (const std::size_t group : curves_.groups_with(lag)) {
    double sum = value;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      if (row.weights[kind] == 0.0) continue;
      sum += row.weights[kind] *
             (by_square * (curves_.group_mean(kind, lag, group) - curves_.mean(kind, lag)) +
              by_fourth *
                  (curves_.group_mean(kinds + kind, lag, group) - curves_.mean(kinds + kind, lag)));
    }
    values.push_back(sum);
  }
  math::Estimate estimate = curves_.error(lag, values);
  estimate.mean = value;
  return estimate;
}

core::Reported NonGaussian::maximum(const SpeciesRow& row) const {
  const std::string name = "alpha_2_max" + row.suffix;
  math::Estimate best;
  std::size_t at = 0, last = 0;
  for (std::size_t lag = 0; lag < lags_.size(); ++lag) {
    const auto estimate = alpha(row, lag);
    if (estimate.degrees == 0.0) continue;
    last = lag;
    if (best.degrees == 0.0 || estimate.mean > best.mean) {
      best = estimate;
      at = lag;
    }
  }
  if (best.degrees == 0.0) return core::Reported::refused(name, "no lag has an error yet");
  if (at == last)
    return core::Reported::refused(
        name, fmt::format("alpha_2 still rises at the longest lag, {:.3g} ps", lag_time(last)));
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{best.mean, best.standard_error, "1"};
  set_error_degrees(reported, best.degrees);
  reported.how["time"] = fmt::format("{:.4g} ps", lag_time(at));
  tell_how(reported.how);
  return reported;
}

core::Result NonGaussian::result() const {
  core::Result result;
  result.tables.push_back(curve_table(
      "alpha_2", "1", [this](const SpeciesRow& row, std::size_t lag) { return alpha(row, lag); }));
  result.tables.back().name = "non_gaussian";
  for (const auto& row : rows()) result.quantities.push_back(maximum(row));
  return result;
}

}  // namespace vitreous::analysis
