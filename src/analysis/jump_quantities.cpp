#include "analysis/jump_quantities.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "analysis/error_degrees.hpp"
#include "base/constants.hpp"

namespace vitreous::analysis {
namespace {

/// A rate at which no jump at all is seen once in twenty runs, times their length.
constexpr double none_in_twenty = 3.0;
/// Where more of the windows are flagged there are no cages to jump out of.
constexpr double mostly = 0.5;

std::string count_of(std::size_t jumps, const JumpTally& tally, const SpeciesRow& row,
                     const JumpConditions& conditions) {
  if (conditions.share_flagged > mostly)
    return fmt::format(
        "{:.0f} % of the windows are flagged: atoms do not stay in their cages for {:.4g} ps",
        100.0 * conditions.share_flagged, conditions.window);
  return fmt::format("{} jump{} of {:.0f} atoms in {:.4g} ps, {} needed for an error",
                     jumps == 0 ? "no" : std::to_string(jumps), jumps == 1 ? "" : "s", row.atoms,
                     tally.time(), JumpTally::fewest_jumps);
}

/// Why there is no rate, with what is known of it where no jump was seen.
core::Reported refused_rate(const std::string& name, const JumpTally& tally, const SpeciesRow& row,
                            const JumpEstimates& e, const JumpConditions& conditions) {
  core::Reported reported =
      refused_with(conditions.how, name, count_of(e.jumps, tally, row, conditions));
  if (e.jumps > 0 || row.atoms == 0.0 || conditions.share_flagged > mostly) return reported;
  reported.state = "upper_bound";
  reported.how["upper_bound"] =
      fmt::format("{:.3g} 1/ns", none_in_twenty * per_ns / (row.atoms * tally.time()));
  return reported;
}

core::Reported measured(const std::string& name, const math::Estimate& estimate, double factor,
                        const std::string& unit, const JumpConditions& conditions) {
  core::Reported reported = reported_with(
      conditions.how, name,
      {estimate.mean * factor, estimate.standard_error * factor, estimate.degrees}, unit);
  reported.state = conditions.run.state;
  reported.reason = conditions.run.reason;
  return reported;
}

core::Reported rate(const std::string& name, const JumpTally& tally, const SpeciesRow& row,
                    const JumpConditions& conditions) {
  const JumpEstimates e = tally.estimates(row);
  if (e.rate.degrees == 0.0) return refused_rate(name, tally, row, e, conditions);
  core::Reported reported = measured(name, e.rate, per_ns, "1/ns", conditions);
  const auto [early, late] = tally.rates_of_halves(row);
  reported.how["jumps"] = std::to_string(e.jumps);
  reported.how["halves"] =
      fmt::format("{:.3g} and {:.3g} 1/ns in the first and second half of the run", per_ns * early,
                  per_ns * late);
  return reported;
}

core::Reported length(const std::string& name, const JumpTally& tally, const SpeciesRow& row,
                      const JumpConditions& conditions) {
  const JumpEstimates e = tally.estimates(row);
  if (e.length.degrees > 0.0) return measured(name, e.length, 1.0, "angstrom", conditions);
  if (e.jumps < JumpTally::fewest_jumps)
    return refused_with(conditions.how, name, count_of(e.jumps, tally, row, conditions));
  return refused_with(
      conditions.how, name,
      fmt::format("fewer than {} jumps within one window", JumpTally::fewest_jumps));
}

core::Reported ratio(const std::string& name, const core::Reported& jumps, const core::Reported& D,
                     const JumpConditions& conditions) {
  if (!jumps.measured) return refused_with(conditions.how, name, jumps.reason);
  if (!D.measured) return refused_with(conditions.how, name, "no D of the MSD: " + D.reason);
  const double value = jumps.measured->value / D.measured->value;
  const double of_jumps = jumps.measured->standard_error / jumps.measured->value,
               of_D = D.measured->standard_error / D.measured->value;
  const std::array variances{of_jumps * of_jumps, of_D * of_D};
  const std::array degrees{error_degrees(jumps), error_degrees(D)};
  return measured(
      name, {value, value * std::hypot(of_jumps, of_D), math::degrees_of_sum(variances, degrees)},
      1.0, "1", conditions);
}

}  // namespace

std::vector<core::Reported> jump_quantities(const JumpTally* tally, const SpeciesRow& row,
                                            const core::Reported& D,
                                            const JumpConditions& conditions) {
  std::vector<core::Reported> all;
  if (!conditions.refusal.empty()) {
    for (const char* name : {"Gamma", "length", "l_squared", "D_jumps", "D_ratio"})
      all.push_back(refused_with(conditions.how, name + row.suffix, conditions.refusal));
    return all;
  }
  const JumpEstimates e = tally->estimates(row);
  all = {rate("Gamma" + row.suffix, *tally, row, conditions),
         length("length" + row.suffix, *tally, row, conditions)};
  const std::string too_few = count_of(e.jumps, *tally, row, conditions);
  const auto of_all = [&](const std::string& name, const math::Estimate& estimate, double factor,
                          const std::string& unit) {
    return estimate.degrees > 0.0 ? measured(name + row.suffix, estimate, factor, unit, conditions)
                                  : refused_with(conditions.how, name + row.suffix, too_few);
  };
  all.push_back(of_all("l_squared", e.l_squared, 1.0, "angstrom^2"));
  all.push_back(of_all("D_jumps", e.D, base::A2_per_ps_to_m2_per_s, "m^2/s"));
  all.push_back(ratio("D_ratio" + row.suffix, all.back(), D, conditions));
  return all;
}

std::vector<core::Reported> convention_quantities(const JumpTally* tally, const SpeciesRow& row,
                                                  const std::string& convention,
                                                  const JumpConditions& conditions) {
  const std::string gamma = "Gamma_" + convention, l = "length_" + convention;
  if (!conditions.refusal.empty())
    return {refused_with(conditions.how, gamma, conditions.refusal),
            refused_with(conditions.how, l, conditions.refusal)};
  return {rate(gamma, *tally, row, conditions), length(l, *tally, row, conditions)};
}

}  // namespace vitreous::analysis
