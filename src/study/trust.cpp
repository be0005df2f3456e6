#include "study/trust.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

namespace vitreous::study {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// A pressure farther off than both is told of.
constexpr double errors_off = 5.0, pressure_off = 0.1;  // standard errors, GPa

core::Measured find(const GatheredBranch& branch, const std::string& name,
                    const std::string& unit) {
  if (branch.result)
    for (const auto& quantity : branch.result->result.quantities)
      if (quantity.name == name && quantity.measured) return quantity.measured->to(unit);
  return {unknown, unknown, unit};
}

/// A number that D tells of how it was made.
double told_by_D(const GatheredBranch& branch, const std::string& key) {
  if (branch.result)
    for (const auto& quantity : branch.result->result.quantities)
      if (const auto told = quantity.how.find(key);
          quantity.name == "D" && told != quantity.how.end())
        return std::stod(told->second);
  return unknown;
}

std::string state_of(const GatheredBranch& branch) {
  if (!branch.result) return branch.record ? branch.record->state : "not run";
  for (const auto& quantity : branch.result->result.quantities)
    if (quantity.name == "D" && !quantity.state.empty()) return quantity.state;
  return branch.result->complete ? "" : "running";
}

void add(core::Column& column, const core::Measured& measured) {
  std::get<std::vector<double>>(column.values).push_back(measured.value);
  column.standard_error.push_back(measured.standard_error);
}

}  // namespace

std::vector<std::string> branch_warnings(const GatheredBranch& branch) {
  std::vector<std::string> warnings;
  if (branch.record) {
    warnings = branch.record->warnings;
    if (branch.record->state == "failed") warnings.push_back("failed: " + branch.record->problem);
  }
  if (branch.result)
    for (const auto& quantity : branch.result->result.quantities) {
      if (quantity.name != "D") continue;
      if (quantity.status == core::Status::refused)
        warnings.push_back("no D: " + quantity.reason);
      else if (quantity.how.contains("widened"))
        warnings.push_back(quantity.reason);
    }
  if (!branch.branch->options.has("pressure")) return warnings;  // a slab has none to keep
  const auto pressure = find(branch, "P", "GPa");
  const double wanted = branch.branch->options.number("pressure");
  const double off = std::abs(pressure.value - wanted);
  if (off > errors_off * pressure.standard_error && off > pressure_off)
    warnings.push_back(
        fmt::format("mean pressure {:.2f} GPa, not {:.2f} GPa", pressure.value, wanted));
  return warnings;
}

core::Table trust_table(const std::vector<GatheredBranch>& branches) {
  core::Column name = core::word_column("branch"), state = core::word_column("state"),
               warnings = core::word_column("warnings");
  core::Column duration = core::number_column("duration", "ps");
  core::Column lengths = core::number_column("duration_over_tau_alpha", "1");
  core::Column energy = core::number_column("energy_drift", "1"),
               volume = core::number_column("volume_drift", "1");
  core::Column pressure = core::number_column("mean_pressure", "GPa");
  core::Column slope = core::number_column("msd_log_slope", "1"),
               blocks = core::number_column("blocks", "1");
  const auto push = [](core::Column& column, const std::string& word) {
    std::get<std::vector<std::string>>(column.values).push_back(word);
  };
  for (const auto& branch : branches) {
    push(name, branch.branch->id);
    push(state, state_of(branch));
    push(warnings, fmt::format("{}", fmt::join(branch_warnings(branch), "; ")));
    const double ps = branch.result ? branch.result->duration : unknown;
    std::get<std::vector<double>>(duration.values).push_back(ps);
    std::get<std::vector<double>>(lengths.values)
        .push_back(ps / find(branch, "tau_alpha", "ps").value);
    add(energy, find(branch, "energy_drift", "eV/ns"));
    add(volume, find(branch, "volume_drift", "1/ns"));
    add(pressure, find(branch, "P", "GPa"));
    std::get<std::vector<double>>(slope.values).push_back(told_by_D(branch, "log_slope"));
    std::get<std::vector<double>>(blocks.values).push_back(told_by_D(branch, "blocks"));
  }
  core::Table table;
  table.name = "trust";
  table.columns = {name,   state, duration, lengths,  energy,
                   volume, slope, blocks,   pressure, warnings};
  return table;
}

}  // namespace vitreous::study
