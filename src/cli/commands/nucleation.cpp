#include "models/nucleation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <optional>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/model_answer.hpp"

namespace vitreous::cli {
namespace {

using models::DrivingForce;
using models::Undercooled;

struct NucleationOptions {
  std::string temperature, melting, volume, heat, alpha, sigma, delta_cp, domain, published;
  std::string from, to;
  AnswerOptions answer;
};

/// Inputs with their errors, and what was not told.
struct NucleationInputs {
  Undercooled value, error;
  bool knows_heat = false, knows_interface = false, knows_delta_cp = false;
  std::vector<core::Measured> domain;       ///< A; one, or from and to
  std::optional<core::Measured> published;  ///< A
  double from = 0.0, to = 0.0;              ///< K, of the curves
};

/// "1.6(2) nm" or "1 nm..2 nm".
std::vector<core::Measured> told_sizes(const std::string& option, const std::string& text) {
  const auto dots = text.find("..");
  if (dots == std::string::npos) return {measured_option(option, text, "A")};
  return {measured_option(option, text.substr(0, dots), "A"),
          measured_option(option, text.substr(dots + 2), "A")};
}

/// "12 kJ" is an energy too: one atom's, if nobody says "/mol".
void require_per_mole(const std::string& option, const std::string& text, double value,
                      double largest) {
  if (value <= largest) return;
  throw base::InputError(fmt::format("{}: \"{}\" is {:.3g} times what an atom could have", option,
                                     text, value / largest),
                         "a mole is a number of atoms: without \"/mol\" it is one atom's",
                         {fmt::format("{} \"{}/mol\"", option, text)});
}

void require_interface(const NucleationOptions& options) {
  if (!options.alpha.empty() && !options.sigma.empty())
    throw base::InputError("--alpha and --sigma tell the same thing", "one of them is needed");
  if (!options.sigma.empty() && options.heat.empty())
    throw base::InputError("--sigma needs --heat",
                           "a critical size is their ratio; --alpha holds it by itself",
                           {"--heat \"12 kJ/mol\""});
  if (options.alpha.empty() && options.sigma.empty() && options.published.empty())
    throw base::InputError("what the interface costs was not told", {},
                           {"--alpha 0.86", "--sigma \"0.25 J/m^2\" --heat \"12 kJ/mol\"",
                            "--published \"2.88 nm\": what a published size needs"});
}

NucleationInputs inputs_of(const NucleationOptions& options) {
  require_interface(options);
  NucleationInputs in;
  const auto take = [&](double Undercooled::*where, const char* option, const std::string& text,
                        const char* unit) {
    if (text.empty()) return false;
    const auto told = measured_option(option, text, unit);
    in.value.*where = told.value;
    in.error.*where = told.standard_error;
    return true;
  };
  take(&Undercooled::T, "--temperature", options.temperature, "K");
  take(&Undercooled::T_m, "--melting", options.melting, "K");
  take(&Undercooled::volume, "--volume", options.volume, "A^3");
  in.knows_heat = take(&Undercooled::heat_of_fusion, "--heat", options.heat, "eV");
  in.knows_delta_cp = take(&Undercooled::delta_Cp, "--delta-cp", options.delta_cp, "eV/K");
  in.knows_interface = take(&Undercooled::alpha, "--alpha", options.alpha, "1");
  in.knows_interface = take(&Undercooled::interface_energy, "--sigma", options.sigma, "eV/A^2") ||
                       in.knows_interface;
  require_per_mole("--volume", options.volume, in.value.volume, 1e4);
  require_per_mole("--heat", options.heat, in.value.heat_of_fusion, 100.0);
  require_per_mole("--delta-cp", options.delta_cp, in.value.delta_Cp, 0.1);
  // It cancels where alpha tells the interface; what it does not cancel in is refused.
  if (!in.knows_heat) in.value.heat_of_fusion = 1.0;
  if (!options.domain.empty()) in.domain = told_sizes("--domain", options.domain);
  if (!options.published.empty())
    in.published = measured_option("--published", options.published, "A");
  in.from = options.from.empty() ? 0.5 * in.value.T_m
                                 : measured_option("--from", options.from, "K").value;
  in.to = options.to.empty() ? 0.97 * in.value.T_m : measured_option("--to", options.to, "K").value;
  if (!(in.from < in.to && in.to < in.value.T_m))
    throw base::InputError(fmt::format("curves from {:g} K to {:g} K", in.from, in.to),
                           "they end below the melting point");
  return in;
}

std::string form_list() {
  std::vector<std::string> names;
  for (const auto form : models::driving_forces()) names.push_back(models::name_of(form));
  return fmt::format("{}", fmt::join(names, ", "));
}

core::Reported told_value(const std::string& name, const core::Measured& measured,
                          const std::string& reason = {}) {
  core::Reported reported;
  reported.name = name;
  reported.measured = measured;
  reported.reason = reason;
  return reported;
}

/// Why a form cannot be evaluated; empty where it can.
std::string lacks(DrivingForce form, const NucleationInputs& in) {
  if (form != DrivingForce::full) return {};
  if (!in.knows_delta_cp) return "needs --delta-cp, the liquid's heat capacity over the crystal's";
  return in.knows_heat ? "" : "needs --heat beside --delta-cp";
}

/// r*, d*, atoms, W*, W*/kT of one form.
void add_nucleus(const NucleationInputs& in, DrivingForce form, core::Result& result) {
  const std::string prefix = models::name_of(form) + ".";
  if (const auto why = lacks(form, in); !why.empty()) {
    result.quantities.push_back(core::Reported::refused(prefix + "d_star", why));
    return;
  }
  const auto nucleus = models::critical_nucleus(form, in.value);
  const auto error = models::critical_nucleus_errors(form, in.value, in.error);
  const auto add = [&](const char* name, double value, double se, const char* unit,
                       const char* shown) {
    result.quantities.push_back(
        told_value(prefix + name, core::Measured{value, se, unit}.to(shown)));
  };
  add("r_star", nucleus.radius, error.radius, "A", "nm");
  add("d_star", nucleus.diameter, error.diameter, "A", "nm");
  add("atoms", nucleus.atoms, error.atoms, "1", "1");
  if (!in.knows_heat) {
    result.quantities.push_back(core::Reported::refused(prefix + "W_star", "needs --heat"));
    return;
  }
  add("W_star", nucleus.barrier, error.barrier, "eV", "eV");
  add("W_star_kT", nucleus.barrier_kT, error.barrier_kT, "1", "1");
}

/// Each end of the domain's size over d*: below 1 it shrinks, above it grows.
void add_domain(const NucleationInputs& in, DrivingForce form, core::Result& result) {
  if (!lacks(form, in).empty()) return;
  const double d = models::critical_nucleus(form, in.value).diameter;
  const double d_error = models::critical_nucleus_errors(form, in.value, in.error).diameter;
  for (std::size_t k = 0; k < in.domain.size(); ++k) {
    const auto& size = in.domain[k];
    const double ratio = size.value / d;
    const double error = ratio * std::hypot(size.standard_error / size.value, d_error / d);
    const std::string which = in.domain.size() == 1 ? "domain"
                              : k == 0              ? "domain_from"
                                                    : "domain_to";
    result.quantities.push_back(told_value(
        fmt::format("{}.{}_over_d_star", models::name_of(form), which), {ratio, error, "1"},
        fmt::format("{} of {:.3g} nm, {:.0f} atoms, is {} critical", which, 0.1 * size.value,
                    models::atoms_in_sphere(size.value, in.value.volume),
                    ratio < 1.0 ? "smaller than" : "not smaller than")));
  }
}

/// What a published size needs, read as a diameter and as a radius.
void add_readings(const NucleationInputs& in, DrivingForce form, core::Result& result) {
  if (!in.published || !lacks(form, in).empty()) return;
  for (const bool diameter : {true, false}) {
    const double radius = in.published->value * (diameter ? 0.5 : 1.0);
    const double of_size = in.published->standard_error / in.published->value;
    const auto add = [&](const char* name, const std::function<double(const Undercooled&)>& f,
                         const char* unit, const char* shown) {
      const double value = f(in.value);
      const double error =
          std::hypot(models::first_order_error(f, in.value, in.error), of_size * value);
      result.quantities.push_back(told_value(
          fmt::format("{}.{}_if_{}", models::name_of(form), name, diameter ? "diameter" : "radius"),
          core::Measured{value, error, unit}.to(shown)));
    };
    const auto ratio = [form, radius](const Undercooled& u) {
      return models::needed_ratio(form, radius, u);
    };
    add("sigma_over_H", ratio, "A", "nm");
    add(
        "alpha", [=](const Undercooled& u) { return ratio(u) / std::cbrt(u.volume); }, "1", "1");
    if (in.knows_heat)
      add(
          "sigma", [=](const Undercooled& u) { return ratio(u) * u.heat_of_fusion / u.volume; },
          "eV/A^2", "J/m^2");
  }
}

/// d* and W*/kT of every form along the temperature.
core::Table curve_table(const NucleationInputs& in) {
  core::Table table{
      "nucleation_curve",
      {core::number_column("temperature", "K"), core::word_column("form"),
       core::number_column("d_star", "nm"), core::number_column("W_star_kT", "1", true)},
      {}};
  auto& d = table.columns[2];
  auto& W = table.columns[3];
  for (const auto form : models::driving_forces()) {
    if (!lacks(form, in).empty()) continue;
    for (int k = 0; k <= 100; ++k) {
      auto at = in.value;
      auto error = in.error;
      at.T = in.from + (in.to - in.from) * k / 100.0;
      error.T = 0.0;
      if (!(models::driving_force(form, at) > 0.0)) continue;
      const auto nucleus = models::critical_nucleus(form, at);
      const auto se = models::critical_nucleus_errors(form, at, error);
      core::add_cell(table.columns[0], at.T);
      core::add_cell(table.columns[1], models::name_of(form));
      core::add_cell(d, 0.1 * nucleus.diameter);
      d.standard_error.push_back(0.1 * se.diameter);
      core::add_cell(W, in.knows_heat ? nucleus.barrier_kT : std::nan(""));
      W.standard_error.push_back(in.knows_heat ? se.barrier_kT : std::nan(""));
    }
  }
  return table;
}

/// What the figure marks beside its curves.
core::Table marks_table(const NucleationInputs& in) {
  core::Table table{"nucleation_marks",
                    {core::word_column("mark"), core::number_column("temperature", "K"),
                     core::number_column("size", "nm")},
                    {}};
  const auto add = [&](const char* mark, double size) {
    core::add_cell(table.columns[0], mark);
    core::add_cell(table.columns[1], in.value.T);
    core::add_cell(table.columns[2], 0.1 * size);
  };
  for (const auto& size : in.domain) add("domain", size.value);
  if (in.published) add("published", in.published->value);
  return table;
}

core::Result result_of(const NucleationInputs& in) {
  core::Result result;
  if (in.knows_heat && in.knows_interface)
    result.quantities.push_back(told_value(
        "sigma",
        core::Measured{models::interface_energy(in.value),
                       models::first_order_error(models::interface_energy, in.value, in.error),
                       "eV/A^2"}
            .to("J/m^2")));
  for (const auto form : models::driving_forces()) {
    if (in.knows_interface) {
      add_nucleus(in, form, result);
      add_domain(in, form, result);
    }
    add_readings(in, form, result);
  }
  if (in.knows_interface && !in.domain.empty()) {
    // The linear form holds no T: a domain of this size is critical there.
    const auto T_of = [&](const Undercooled& u) {
      return models::melting_temperature(in.domain.back().value, u);
    };
    result.quantities.push_back(told_value(
        "T_domain", {T_of(in.value), models::first_order_error(T_of, in.value, in.error), "K"},
        "Gibbs-Thomson: below it a domain of that size grows, by the linear form"));
  }
  if (in.knows_interface) result.tables = {curve_table(in), marks_table(in)};
  return result;
}

void nucleation(const NucleationOptions& options) {
  const auto in = inputs_of(options);
  ModelAnswer answer;
  answer.name = "nucleation";
  answer.heading = fmt::format("classical nucleation at {:g} K, {:.4g} of the melting point",
                               in.value.T, in.value.T / in.value.T_m);
  answer.result = result_of(in);
  answer.next = "vitreous nucleation --help";
  if (!in.knows_heat)
    answer.notes.push_back("without --heat there is no barrier W*: a size alone says little");
  give_answer(answer, options.answer, in.knows_interface ? "vitreous.plot_nucleation" : "");
}

}  // namespace

Command nucleation_command() {
  return {
      "nucleation", "The critical nucleus of a crystal in its undercooled liquid",
      "vitreous nucleation --temperature \"700 K\" --melting \"1208 K\" --volume \"17.35 A^3\" "
      "--heat \"12 kJ/mol\" --alpha 0.86 --domain \"1 nm..2 nm\"",
      [](CLI::App& app, int&) {
        auto options = std::make_shared<NucleationOptions>();
        app.add_option("--temperature", options->temperature, "of the liquid")->required();
        app.add_option("--melting", options->melting, "the melting point, \"1208(2) K\"")
            ->required();
        app.add_option("--volume", options->volume,
                       "of an atom in the crystal, \"17.35 A^3\" or \"10.45 cm^3/mol\"")
            ->required();
        app.add_option("--heat", options->heat,
                       "of fusion, \"10.6(5) kJ/mol\" of atoms; needed for the barrier");
        app.add_option("--alpha", options->alpha,
                       "sigma = alpha H/(N_A^(1/3) V_m^(2/3)): 0.45 (Turnbull), 0.86 (Spaepen, "
                       "close-packed), 0.71 (bcc)");
        app.add_option("--sigma", options->sigma,
                       "the energy of the interface, \"0.25(3) J/m^2\", in place of --alpha");
        app.add_option("--delta-cp", options->delta_cp,
                       "the liquid's heat capacity over the crystal's, \"8 J/(mol K)\", for the "
                       "full form");
        app.add_option("--domain", options->domain,
                       "a diameter to compare with, \"1.6(2) nm\" or \"1 nm..2 nm\"");
        app.add_option("--published", options->published,
                       "a published critical size: the alpha and sigma that it needs, read as a "
                       "diameter and as a radius");
        app.add_option("--from", options->from, "where the curves begin [half the melting point]");
        app.add_option("--to", options->to, "where they end [0.97 of the melting point]");
        add_answer_options(app, options->answer);
        app.footer("Driving forces: " + form_list() + ".");
        app.callback([options] { nucleation(*options); });
      }};
}

}  // namespace vitreous::cli
