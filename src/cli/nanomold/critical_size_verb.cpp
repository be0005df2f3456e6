// `vitreous nanomold critical-size`: d_c and what it is made of, at any temperature.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/conditions.hpp"
#include "cli/nanomold/size_tables.hpp"
#include "cli/nanomold/verbs.hpp"
#include "models/nanomold/critical_size.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct CriticalSizeOptions : NanomoldOptions {
  ConditionOptions conditions;
};

void add_sizes_at(ModelAnswer& answer, const AlloyFile& alloy, double T, double p) {
  const auto values = of_logarithms(alloy.parameters, [&](const nano::Parameters& parameters) {
    return std::vector{std::log(nano::critical_diameter(parameters, T, p) * 1e9),
                       nano::ln_delta_D(parameters.interface, T),
                       nano::ln_interface_D(parameters.interface, T),
                       nano::ln_viscosity(parameters.viscosity, T)};
  });
  const char* names[] = {"d_c", "delta_D_I", "D_I", "eta"};
  const char* units[] = {"nm", "m^3/s", "m^2/s", "Pa s"};
  const std::string where = "temperature = " + celsius_text(T);
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto& added =
        add_value(answer, names[k], {values[k].value, values[k].standard_error, units[k]}, where);
    if (k == 2)
      added.how["given"] =
          fmt::format("delta = {:.4g} nm", alloy.parameters.best.interface.delta * 1e9);
    if (k > 0) continue;
    const Molding* known = molding_at(alloy, T);
    if (known && known->d_c) added.reference = known->d_c;
    const bool additive = alloy.parameters.best.rule == nano::Rule::additive;
    if (additive && !alloy.parameters.best.capillarity)
      add_value(answer, "d_min",
                {nano::shortest_diameter(values[0].value),
                 nano::shortest_diameter(values[0].standard_error), "nm"},
                where);
  }
}

void critical_size(const CriticalSizeOptions& options) {
  const auto alloy = read_alloy_file(options.parameters);
  auto answer = nanomold_answer("critical_size", alloy);
  const auto temperatures = temperatures_of(alloy, options.conditions);
  for (const double T : temperatures)
    add_sizes_at(answer, alloy, T, pressure_for(alloy, options.conditions, T));
  auto [low, high] = figure_range(alloy);
  for (const double T : temperatures) low = std::min(low, T), high = std::max(high, T);
  answer.result.tables = {
      critical_size_curve(alloy, low, high,
                          pressure_for(alloy, options.conditions, temperatures.front())),
      published_sizes(alloy)};
  answer.next = fmt::format("vitreous nanomold length --parameters {} --diameter \"20 nm\"",
                            options.parameters);
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_critical_size(CLI::App& app) {
  auto options = std::make_shared<CriticalSizeOptions>();
  CLI::App* sub = app.add_subcommand(
      "critical-size", "Diameter at which flow and interface diffusion make wires of one length");
  add_nanomold_options(*sub, *options);
  add_condition_options(*sub, options->conditions);
  sub->footer(
      "Example:\n  vitreous nanomold critical-size --parameters examples/liu2023/ni-bmg.toml "
      "--temperature \"287 C\" --json");
  sub->callback([options] { critical_size(*options); });
}

}  // namespace vitreous::cli
