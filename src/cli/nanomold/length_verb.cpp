// `vitreous nanomold length`: how long wires of given diameters grow.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/conditions.hpp"
#include "cli/nanomold/size_tables.hpp"
#include "cli/nanomold/verbs.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct LengthOptions : NanomoldOptions {
  ConditionOptions conditions;
  std::vector<std::string> diameters;
};

std::string condition_text(const nano::Conditions& c, double d) {
  return fmt::format(
      "temperature = {}, diameter = {:.6g} nm, pressure = {:.6g} GPa, time = {:.6g} s",
      celsius_text(c.T), d * 1e9, c.p / 1e9, c.t);
}

void add_lengths_at(ModelAnswer& answer, const AlloyFile& alloy, const nano::Conditions& c,
                    double d) {
  const auto best = nano::lengths(alloy.parameters.best, d, c);
  const std::string where = condition_text(c, d);
  const auto values = to_first_order(alloy.parameters, [&](const nano::Parameters& parameters) {
    const auto both = nano::lengths(parameters, d, c);
    return std::vector{both.total * 1e9, both.viscous * 1e9, both.diffusive * 1e9};
  });
  const char* names[] = {"L", "L_v", "L_d"};
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto& added =
        add_value(answer, names[k], {values[k].value, values[k].standard_error, "nm"}, where);
    if (k > 0) continue;
    added.how["mechanism"] =
        best.mechanism == nano::Mechanism::viscous_flow ? "viscous flow" : "interface diffusion";
    added.reason = added.how["mechanism"];
  }
}

void length(const LengthOptions& options) {
  const auto alloy = read_alloy_file(options.parameters);
  auto answer = nanomold_answer("length", alloy);
  const auto moldings = moldings_of(alloy, options.conditions);
  double smallest = 10e-9, largest = 250e-9;
  for (const auto& text : options.diameters) {
    const double d = positive_quantity("--diameter", text, "m").value();
    for (const auto& molding : moldings) add_lengths_at(answer, alloy, molding.conditions, d);
    smallest = std::min(smallest, d);
    largest = std::max(largest, d);
  }
  answer.result.tables = {length_curves(alloy, moldings, smallest, largest)};
  answer.next = fmt::format("vitreous nanomold map --parameters {} --out map", options.parameters);
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_length(CLI::App& app) {
  auto options = std::make_shared<LengthOptions>();
  CLI::App* sub =
      app.add_subcommand("length", "Length of wires by flow and by interface diffusion");
  add_nanomold_options(*sub, *options);
  sub->add_option("--diameter", options->diameters, "\"20 nm\"; more than once for several")
      ->required()
      ->allow_extra_args(false);
  add_condition_options(*sub, options->conditions);
  sub->footer(
      "Example:\n  vitreous nanomold length --parameters examples/liu2023/ni-bmg.toml --diameter "
      "\"20 nm\" --temperature \"297 C\" --out length");
  sub->callback([options] { length(*options); });
}

}  // namespace vitreous::cli
