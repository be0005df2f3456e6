#include "cli/nanomold/conditions.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/answer.hpp"

namespace vitreous::cli {
namespace {

std::vector<double> given_temperatures(const ConditionOptions& options) {
  std::vector<double> all;
  for (const auto& text : options.temperatures)
    if (const auto T = positive_quantity("--temperature", text, "K")) all.push_back(*T);
  return all;
}

[[noreturn]] void lacks_condition(const AlloyFile& alloy, const std::string& what,
                                  const std::string& option) {
  base::Message message;
  message.file = alloy.path;
  message.problem = fmt::format("tells of no experiment that would give the {}", what);
  message.tries = {option};
  throw base::InputError(message);
}

}  // namespace

void add_condition_options(CLI::App& app, ConditionOptions& options) {
  app.add_option(
         "--temperature", options.temperatures,
         "\"287 C\" or \"560 K\"; more than once for several [those of the file's experiments]")
      ->allow_extra_args(false);
  app.add_option("--pressure", options.pressure,
                 "molding pressure [that of the file's experiment]");
  app.add_option("--time", options.time, "molding time [that of the file's experiment]");
}

const Molding* molding_at(const AlloyFile& alloy, double T) {
  for (const auto& molding : alloy.moldings)
    if (std::abs(molding.conditions.T - T) < 0.5) return &molding;
  return nullptr;
}

std::vector<double> temperatures_of(const AlloyFile& alloy, const ConditionOptions& options) {
  auto temperatures = given_temperatures(options);
  if (temperatures.empty())
    for (const auto& molding : alloy.moldings) temperatures.push_back(molding.conditions.T);
  if (temperatures.empty()) lacks_condition(alloy, "temperature", "--temperature \"287 C\"");
  return temperatures;
}

std::vector<Molding> moldings_of(const AlloyFile& alloy, const ConditionOptions& options) {
  const auto p = positive_quantity("--pressure", options.pressure, "Pa");
  const auto t = positive_quantity("--time", options.time, "s");
  std::vector<Molding> all;
  for (const double T : temperatures_of(alloy, options)) {
    const Molding* known = molding_at(alloy, T);
    if (!known && !p)
      lacks_condition(alloy, "pressure at " + celsius_text(T), "--pressure \"1.25 GPa\"");
    if (!known && !t) lacks_condition(alloy, "time at " + celsius_text(T), "--time \"900 s\"");
    Molding molding = known ? *known : Molding{};
    molding.conditions = {T, p.value_or(molding.conditions.p), t.value_or(molding.conditions.t)};
    all.push_back(molding);
  }
  return all;
}

double pressure_for(const AlloyFile& alloy, const ConditionOptions& options, double T) {
  if (const auto p = positive_quantity("--pressure", options.pressure, "Pa")) return *p;
  if (const Molding* known = molding_at(alloy, T)) return known->conditions.p;
  if (!alloy.parameters.best.capillarity) return 1e9;
  lacks_condition(alloy, "pressure at " + celsius_text(T), "--pressure \"1.25 GPa\"");
}

std::pair<double, double> figure_range(const AlloyFile& alloy) {
  const auto& p = alloy.parameters.best;
  double low = 323.15, high = 0.0;
  if (p.viscosity.glass) high = p.viscosity.glass->kink;
  if (p.calorimetry) high = std::max(high, p.calorimetry->Tg);
  for (const auto& molding : alloy.moldings) high = std::max(high, molding.conditions.T);
  if (high == 0.0) high = 1.5 * p.viscosity.T0;
  if (p.viscosity.glass)
    low = std::min(low, high - 50.0);
  else
    low = p.viscosity.T0 + 0.3 * (high - p.viscosity.T0);
  return {low, high + 10.0};
}

}  // namespace vitreous::cli
