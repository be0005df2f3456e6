#include "analysis/combine_replicas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/error_degrees.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {
namespace {

/// The least settled first.
constexpr const char* states[] = {"upper_bound", "glass", "equilibrium", ""};

std::string least_settled(const std::vector<core::Reported>& replicas) {
  for (const char* state : states)
    for (const auto& replica : replicas)
      if (replica.state == state) return state;
  return replicas.front().state;
}

struct Replicas {
  std::vector<double> values, errors, degrees;  ///< of freedom behind each error
};

math::Estimate mean_of_replicas(const Replicas& replicas, bool settled) {
  const auto n = static_cast<double>(replicas.values.size());
  const auto scatter = math::independent_mean(replicas.values);
  const bool have_errors = std::all_of(replicas.errors.begin(), replicas.errors.end(),
                                       [](double error) { return std::isfinite(error); });
  if (!settled || !have_errors) return scatter;
  std::vector<double> variances;
  double chi2 = 0.0;
  for (std::size_t k = 0; k < replicas.values.size(); ++k) {
    const double error = replicas.errors[k];
    variances.push_back(error * error);
    const double pull = error > 0.0 ? (replicas.values[k] - scatter.mean) / error : 0.0;
    chi2 += pull * pull;
  }
  const double variance = std::accumulate(variances.begin(), variances.end(), 0.0);
  return {scatter.mean, std::sqrt(variance) / n * std::sqrt(std::max(1.0, chi2 / (n - 1.0))),
          math::degrees_of_sum(variances, replicas.degrees)};
}

bool was_widened(const core::Reported& replica) { return replica.how.contains("widened"); }

/// A replica to begin with: what one says of its own widened error is not said of them all.
core::Reported first_of(const std::vector<core::Reported>& measured) {
  const auto found = std::find_if_not(measured.begin(), measured.end(), was_widened);
  return found == measured.end() ? measured.front() : *found;
}

void add_reason(core::Reported& reported, const std::string& reason) {
  reported.reason += (reported.reason.empty() ? "" : "; ") + reason;
}

}  // namespace

core::Reported combine_replicas(const std::vector<core::Reported>& replicas) {
  std::vector<core::Reported> measured;
  for (const auto& replica : replicas)
    if (replica.measured) measured.push_back(replica);
  if (measured.empty()) return replicas.front();

  core::Reported combined = first_of(measured);
  combined.state = least_settled(measured);
  const bool settled = combined.state == "equilibrium" || combined.state.empty();
  if (measured.size() == 1) {
    if (!settled && combined.state == "glass")
      add_reason(combined, "one replica: its error is that of blocks, a lower bound");
  } else {
    Replicas same_unit;
    for (const auto& replica : measured) {
      const auto converted = replica.measured->to(combined.measured->unit);
      same_unit.values.push_back(converted.value);
      same_unit.errors.push_back(converted.standard_error);
      same_unit.degrees.push_back(error_degrees(replica));
    }
    const auto estimate = mean_of_replicas(same_unit, settled);
    combined.measured->value = estimate.mean;
    combined.measured->standard_error = estimate.standard_error;
    set_error_degrees(combined, estimate.degrees);
    if (const auto widened = std::count_if(measured.begin(), measured.end(), was_widened);
        widened > 0 && !was_widened(combined))
      add_reason(combined, fmt::format("{} of {} replicas may drift, with a wider error", widened,
                                       measured.size()));
  }
  combined.how["n"] = fmt::format("{}", measured.size());
  if (measured.size() < replicas.size())
    add_reason(combined, fmt::format("{} of {} replicas", measured.size(), replicas.size()));
  return combined;
}

}  // namespace vitreous::analysis
