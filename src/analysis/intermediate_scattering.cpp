#include "analysis/intermediate_scattering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/error_degrees.hpp"
#include "analysis/lag_grid.hpp"
#include "analysis/lane_sum.hpp"
#include "analysis/origin_store.hpp"
#include "analysis/relaxation_time.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

const double level = std::exp(-1.0);

double wave_number(const core::Options& options) {
  const double q = options.number("q");
  if (!(q > 0.0))
    throw base::InputError(fmt::format("q = {:.6g} 1/A is not a wave number", q), "F_s needs q > 0",
                           {"q = 2.7 1/A, near the first peak of S(q)"});
  return q;
}

}  // namespace

core::Declaration IntermediateScattering::declaration() {
  core::Declaration d;
  d.name = "intermediate_scattering";
  d.one_line = "self intermediate scattering function and its relaxation time tau_alpha";
  d.formula =
      "F_s(q,t) = <sin(q d)/(q d)>, d = |r_i(t0 + t) - r_i(t0)|, over atoms i and origins t0 "
      "(J0(q d) in a layer, for wave vectors along it); F_s(q, tau_alpha) = 1/e";
  d.options = {{"q", core::OptionType::number, "1/A", "2.7 1/A", "the wave number", {}},
               max_time_option()};
  const auto layer = SlabLayer::options();
  d.options.insert(d.options.end(), layer.begin(), layer.end());
  d.columns = {{"species", "1", "element, or \"all\""},
               {"time", "ps", "lag"},
               {"F_s", "1", "self intermediate scattering function with its standard error"}};
  d.derived = {{"tau_alpha", "ps", "time at which F_s of all atoms has fallen to 1/e"},
               {"tau_alpha.<species>", "ps", "the same for a species"}};
  d.source = "Hansen and McDonald, Theory of Simple Liquids, 4th ed., section 7.4";
  return d;
}

IntermediateScattering::IntermediateScattering(const core::Options& options, const Setting& setting)
    : PairObserver(setting, log_lags(setting.timeline, max_time(options)), setting.kinds.size(),
                   SlabLayer::from(options, setting)),
      q_(wave_number(options)),
      phase_(dimensions()) {}

void IntermediateScattering::observe_pair(const Pair& pair) {
  if (!has_members(pair)) return;
  const double q2 = q_ * q_;
  average(pair, 0, [&](double d2) { return phase_(q2 * d2); });
  curves_.add(pair.lag, pair.group, values_);
}

core::Reported IntermediateScattering::tau_alpha(const SpeciesRow& row) const {
  const std::string name = "tau_alpha" + row.suffix;
  const double timestep = setting_.timeline.timestep;
  const auto tau = relaxation_time(curves_, row.weights, level, timestep);
  core::Reported reported;
  if (tau) {
    const auto run = judge_run(tau, curves_, timestep);
    reported.name = name;
    reported.measured = tau;
    reported.state = run.state;
    reported.reason = run.reason;
    // The crossing lies before some lag; rounding may put it a hair behind the last.
    const auto behind = std::lower_bound(lags_.begin(), lags_.end() - 1, tau->value / timestep);
    const auto lag = static_cast<std::size_t>(behind - lags_.begin());
    set_error_degrees(reported,
                      curves_.estimate(lag, row.weights, steps_to_forget(tau, timestep)).degrees);
  } else if (curves_.longest_lag() == 0) {
    reported = core::Reported::refused(name, "nothing was observed yet");
  } else if (curves_.pairs(0) > 0 && curves_.estimate(0, row.weights).mean <= level) {
    reported = core::Reported::refused(
        name, fmt::format("F_s is below 1/e at the shortest lag, {:.3g} ps", lag_time(0)));
  } else {
    reported = core::Reported::refused(
        name, fmt::format("F_s(q = {:.3g} 1/A) does not fall to 1/e within {:.3g} ps of a run of "
                          "{:.4g} ps",
                          q_, static_cast<double>(curves_.longest_lag()) * timestep,
                          static_cast<double>(curves_.seen()) * timestep));
  }
  reported.how["q"] = fmt::format("{:.6g} 1/A", q_);
  tell_how(reported.how);
  return reported;
}

core::Result IntermediateScattering::result() const {
  core::Result result;
  const double timestep = setting_.timeline.timestep;
  const double memory =
      steps_to_forget(relaxation_time(curves_, rows().back().weights, level, timestep), timestep);
  result.tables.push_back(curve_table("F_s", "1", [&](const SpeciesRow& row, std::size_t lag) {
    return curves_.estimate(lag, row.weights, memory);
  }));
  result.tables.back().name = "intermediate_scattering";
  result.tables.back().how["q"] = fmt::format("{:.6g} 1/A", q_);
  for (const auto& row : rows()) result.quantities.push_back(tau_alpha(row));
  return result;
}

}  // namespace vitreous::analysis
