// `vitreous nanomold transitions`: relaxation times, both glass transitions, the breakdown of the
// Stokes-Einstein relation.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/conditions.hpp"
#include "cli/nanomold/verbs.hpp"
#include "models/nanomold/bulk_diffusion.hpp"
#include "models/nanomold/relaxation_times.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct TransitionOptions : NanomoldOptions {
  std::string time;
};

/// A temperature that is not linear in the parameters: its error is that of drawn parameters.
void add_transition(ModelAnswer& answer, const AlloyFile& alloy, const std::string& name,
                    const std::string& where, const nano::Computed& compute) {
  try {
    const double value = compute(alloy.parameters.best).front();
    const auto sampled = nano::sampled_errors(alloy.parameters, compute);
    const double share = sampled.draws > 0 ? double(sampled.failed) / double(sampled.draws) : 0.0;
    if (share > 0.1)
      throw base::InputError(fmt::format(
          "the parameters do not determine it: {:.0f} % of those within their errors allow none",
          100.0 * share));
    auto& added =
        add_value(answer, name, {value - 273.15, sampled.standard_error.front(), "C"}, where);
    if (sampled.draws == 0) return;
    added.how["interval_68"] = fmt::format("{:.2f} to {:.2f} C", sampled.low.front() - 273.15,
                                           sampled.high.front() - 273.15);
    added.how["error"] =
        fmt::format("{} draws of the parameters from their covariance", sampled.draws);
  } catch (const base::InputError& error) {
    const auto& message = error.message();
    answer.result.quantities.push_back(core::Reported::refused(
        name, message.problem + (message.why.empty() ? "" : ": " + message.why)));
    if (!where.empty()) answer.result.quantities.back().how["where"] = where;
  }
}

double tangent_of(const nano::Parameters& parameters) {
  const auto breakdown = nano::stokes_einstein_breakdown(parameters);
  if (!breakdown) throw base::InputError("the activation energy of D_SER is nowhere as low as Q_B");
  return breakdown->tangent;
}

void add_breakdown(ModelAnswer& answer, const AlloyFile& alloy) {
  const auto& best = alloy.parameters.best;
  add_transition(answer, alloy, "T_SER", "tangent", [](const nano::Parameters& parameters) {
    return std::vector{tangent_of(parameters)};
  });
  if (!answer.result.quantities.back().measured) return;
  const auto found = nano::stokes_einstein_breakdown(best).value();
  auto& tangent = answer.result.quantities.back();
  if (best.bulk)
    tangent.reason = fmt::format("D_B/D_SER = {:.6g} there", std::exp(found.gap));
  else
    tangent.reason = "Q_B = 2 Q_I; D_B is taken to touch D_SER";
  if (found.crossings.empty()) {
    answer.result.quantities.push_back(
        core::Reported::refused("T_SER", "D_B stays above D_SER: it touches or passes by"));
    answer.result.quantities.back().how["where"] = "crossing";
    return;
  }
  add_transition(answer, alloy, "T_SER", "crossing", [](const nano::Parameters& parameters) {
    const auto breakdown = nano::stokes_einstein_breakdown(parameters);
    if (!breakdown || breakdown->crossings.empty())
      throw base::InputError("D_B and D_SER do not cross");
    return std::vector{breakdown->crossings.front()};
  });
}

core::Table relaxation_table(const AlloyFile& alloy, double T_low, double T_high) {
  core::Table table{"relaxation_times",
                    {core::number_column("temperature", "K"), core::number_column("tau_B", "s"),
                     core::number_column("tau_I", "s")},
                    {}};
  const int last = 120;
  std::vector<double> T;
  for (int k = 0; k <= last; ++k) T.push_back(T_low + (T_high - T_low) * k / last);
  const auto tau = of_logarithms(alloy.parameters, [&](const nano::Parameters& parameters) {
    std::vector<double> ln;
    for (const double at : T) {
      ln.push_back(nano::ln_bulk_time(parameters, at));
      ln.push_back(nano::ln_interface_time(parameters, at));
    }
    return ln;
  });
  for (std::size_t k = 0; k < T.size(); ++k) {
    core::add_cell(table.columns[0], T[k]);
    for (std::size_t c = 0; c < 2; ++c) {
      core::add_cell(table.columns[c + 1], tau[2 * k + c].value);
      table.columns[c + 1].standard_error.push_back(tau[2 * k + c].standard_error);
    }
  }
  return table;
}

core::Table diffusion_table(const AlloyFile& alloy, double T_low, double T_high) {
  core::Table table{"diffusivities",
                    {core::number_column("temperature", "K"), core::number_column("D_B", "m^2/s"),
                     core::number_column("D_SER", "m^2/s"), core::number_column("D_I", "m^2/s")},
                    {}};
  const auto& best = alloy.parameters.best;
  const auto bulk = nano::bulk_diffusion(best);
  const int last = 120;
  for (int k = 0; k <= last; ++k) {
    const double T = T_low + (T_high - T_low) * k / last;
    const double cells[] = {T, std::exp(nano::ln_bulk_D(bulk, T)),
                            std::exp(nano::ln_stokes_einstein_D(best, T)),
                            std::exp(nano::ln_interface_D(best.interface, T))};
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      core::add_cell(table.columns[c], cells[c]);
  }
  return table;
}

/// Why there is nothing to tell, before anything is told.
void require_for_transitions(const AlloyFile& alloy, const std::optional<double>& time) {
  const auto refuse_without = [&](bool there, const char* what, const char* why,
                                  const char* example) {
    if (there) return;
    base::Message message;
    message.file = alloy.path;
    message.problem = fmt::format("does not give {}", what);
    message.why = why;
    message.tries = {example};
    throw base::InputError(message);
  };
  const auto& best = alloy.parameters.best;
  refuse_without(best.calorimetry.has_value(), "the calorimetric Tg and the relaxation time there",
                 "viscosities tell relaxation times only up to a factor",
                 "[relaxation] with Tg = \"317 C\" and tau_g = \"76 s\"");
  refuse_without(time.has_value(), "the time of the experiment",
                 "a glass transition is where a relaxation time reaches it", "--time \"10 h\"");
  refuse_without(best.particle_radius.has_value(), "the radius R of the diffusing particle",
                 "D_SER = kB T/(c pi R eta) needs it", "[bulk] with R = \"0.13 nm\"");
}

void transitions(const TransitionOptions& options) {
  const auto alloy = read_alloy_file(options.parameters);
  auto time = positive_quantity("--time", options.time, "s");
  if (!time) time = alloy.parameters.best.experiment_time;
  require_for_transitions(alloy, time);
  auto answer = nanomold_answer("transitions", alloy);
  const std::string where = fmt::format("time = {:.6g} s", *time);
  add_transition(answer, alloy, "T_bulk", where, [&](const nano::Parameters& parameters) {
    return std::vector{nano::bulk_glass_transition(parameters, *time)};
  });
  add_transition(answer, alloy, "T_interface", where, [&](const nano::Parameters& parameters) {
    return std::vector{nano::interface_glass_transition(parameters, *time)};
  });
  add_breakdown(answer, alloy);
  const double Tg = alloy.parameters.best.calorimetry->Tg;
  const auto m = to_first_order(alloy.parameters, [&](const nano::Parameters& parameters) {
    return std::vector{nano::fragility(parameters.viscosity, Tg)};
  });
  add_value(answer, "fragility", m[0]);
  if (!options.out.empty()) {
    const double T0 = alloy.parameters.best.viscosity.T0;
    const auto breakdown = nano::stokes_einstein_breakdown(alloy.parameters.best);
    const double high = breakdown ? breakdown->tangent + 60.0 : Tg + 100.0;
    const double low = std::max(Tg - 80.0, T0 + 0.35 * (Tg - T0));
    answer.result.tables = {relaxation_table(alloy, low, Tg + 40.0),
                            diffusion_table(alloy, low, high)};
  }
  answer.next =
      fmt::format("vitreous nanomold composition --parameters {} --tip 0.8", options.parameters);
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_transitions(CLI::App& app) {
  auto options = std::make_shared<TransitionOptions>();
  CLI::App* sub = app.add_subcommand(
      "transitions", "Glass transitions of bulk and interface; breakdown of Stokes-Einstein");
  add_nanomold_options(*sub, *options);
  sub->add_option("--time", options->time, "of the experiment, \"36000 s\" [the file's]");
  sub->footer(
      "Example:\n  vitreous nanomold transitions --parameters examples/liu2023/ni-bmg.toml --time "
      "\"10 h\"");
  sub->callback([options] { transitions(*options); });
}

}  // namespace vitreous::cli
