#include "analysis/combine_replicas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

double error_of_replicas(const std::vector<double>& values, const std::vector<double>& errors,
                         bool settled) {
  const auto n = static_cast<double>(values.size());
  const auto scatter = math::independent_mean(values);
  if (!settled) return scatter.standard_error;
  double variance = 0.0, chi2 = 0.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    variance += errors[k] * errors[k];
    const double pull = errors[k] > 0.0 ? (values[k] - scatter.mean) / errors[k] : 0.0;
    chi2 += pull * pull;
  }
  return std::sqrt(variance) / n * std::sqrt(std::max(1.0, chi2 / (n - 1.0)));
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

  core::Reported combined = measured.front();
  combined.state = least_settled(measured);
  const bool settled = combined.state == "equilibrium" || combined.state.empty();
  if (measured.size() == 1) {
    if (!settled && combined.state == "glass")
      add_reason(combined, "one replica: its error is that of blocks, a lower bound");
  } else {
    std::vector<double> values, errors;
    for (const auto& replica : measured) {
      const auto same_unit = replica.measured->to(combined.measured->unit);
      values.push_back(same_unit.value);
      errors.push_back(same_unit.standard_error);
    }
    combined.measured->value = math::mean(values);
    combined.measured->standard_error = error_of_replicas(values, errors, settled);
  }
  combined.how["n"] = fmt::format("{}", measured.size());
  if (measured.size() < replicas.size())
    add_reason(combined, fmt::format("{} of {} replicas", measured.size(), replicas.size()));
  return combined;
}

}  // namespace vitreous::analysis
