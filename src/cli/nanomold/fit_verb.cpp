// `vitreous nanomold fit`: from measured lengths to a file of parameters.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/nanomold/alloy_text.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/nanomold/fit_tables.hpp"
#include "cli/nanomold/lengths_table.hpp"
#include "cli/nanomold/size_tables.hpp"
#include "cli/nanomold/verbs.hpp"
#include "cli/result_folder.hpp"
#include "io/safe_file.hpp"
#include "models/nanomold/global_fit.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

struct LengthFitOptions : AnswerOptions {
  std::string lengths, assume, rule, kink = "free", delta, atomic_volume;
  std::string hp_prefactor;
  std::string write = "parameters.toml";
};

/// How a file of parameters begins that a fit has written.
const std::string first_words = "# Fitted to ";

/// What lengths cannot tell where nothing else does: those of Ni45Pd35P16B4, about one atom each.
constexpr double usual_atomic_volume = 12.4e-30, usual_delta = 0.2875e-9;

AlloyFile assumed_alloy(const LengthFitOptions& options, std::vector<std::string>& notes) {
  AlloyFile alloy;
  auto& best = alloy.parameters.best;
  if (!options.assume.empty()) {
    alloy = read_alloy_file(options.assume);
  } else {
    best.atomic_volume = usual_atomic_volume;
    best.interface.delta = usual_delta;
    if (options.atomic_volume.empty())
      notes.push_back(
          "an atomic volume of 12.4 A^3 is assumed (--atomic-volume): delta D_I goes as its "
          "inverse");
    if (options.delta.empty())
      notes.push_back(
          "an interface of delta = 0.2875 nm is assumed (--delta): lengths fix delta D_I, not D_I");
  }
  if (const auto volume = positive_quantity("--atomic-volume", options.atomic_volume, "m^3"))
    best.atomic_volume = *volume;
  if (const auto delta = positive_quantity("--delta", options.delta, "m"))
    best.interface.delta = *delta;
  if (!options.rule.empty())
    best.rule = options.rule == "additive" ? nano::Rule::additive : nano::Rule::fastest;
  if (!options.hp_prefactor.empty()) best.hp_prefactor = options.hp_prefactor == "16" ? 16.0 : 32.0;
  return alloy;
}

nano::GlobalFitOptions kink_of(const LengthFitOptions& options) {
  if (options.kink == "free") return {};
  if (options.kink == "none") return {nano::KinkChoice::none, 0.0};
  return {nano::KinkChoice::given, positive_quantity("--kink", options.kink, "K").value()};
}

void add_refused(ModelAnswer& answer, const std::string& name, const std::string& why,
                 const std::string& where) {
  answer.result.quantities.push_back(core::Reported::refused(name, why));
  if (!where.empty()) answer.result.quantities.back().how["where"] = where;
}

void add_mobility(ModelAnswer& answer, const std::string& name, const std::optional<double>& ln,
                  double variance, double factor, const char* unit, const std::string& why,
                  const std::string& where) {
  if (!ln) return add_refused(answer, name, why, where);
  const double value = factor * std::exp(*ln);
  add_value(answer, name, {value, value * std::sqrt(variance), unit}, where);
}

void add_temperatures(ModelAnswer& answer, const std::vector<nano::MobilityFit>& fits,
                      const LengthsTable& lengths, const nano::Parameters& assumed) {
  for (std::size_t k = 0; k < fits.size(); ++k) {
    const auto& fit = fits[k];
    const std::string where = "temperature = " + celsius_text(fit.T);
    const std::size_t first = answer.result.quantities.size();
    add_mobility(answer, "delta_D_I", fit.ln_delta_D, fit.covariance(1, 1), 1.0, "m^3/s",
                 fit.why_no_delta_D, where);
    add_mobility(answer, "D_I", fit.ln_delta_D, fit.covariance(1, 1), 1.0 / assumed.interface.delta,
                 "m^2/s", fit.why_no_delta_D, where);
    answer.result.quantities.back().how["given"] =
        fmt::format("delta = {:.4g} nm", assumed.interface.delta * 1e9);
    add_mobility(answer, "eta", fit.ln_eta, fit.covariance(0, 0), 1.0, "Pa s", fit.why_no_eta,
                 where);
    if (const auto d_c = size_at(fit, assumed, lengths.temperatures[k].wires.front().p))
      add_value(answer, "d_c", *d_c, where);
    math::Fit tested;
    tested.errors_known = true;
    tested.chi_squared = fit.chi_squared;
    tested.degrees = fit.degrees;
    for (std::size_t q = first; q < answer.result.quantities.size(); ++q) {
      auto& how = answer.result.quantities[q].how;
      how["n"] = std::to_string(lengths.temperatures[k].wires.size());
      how["chi_squared"] = fmt::format("{:.4g}", fit.chi_squared);
      how["degrees"] = fmt::format("{:.0f}", fit.degrees);
      how["lack_of_fit"] = fmt::format("{:.3g}", tested.lack_of_fit());
      if (answer.result.quantities[q].measured && tested.lack_of_fit() < 0.01)
        answer.result.quantities[q].reason =
            fmt::format("lack of fit: chi^2 = {:.3g} with {:.0f} degrees of freedom",
                        fit.chi_squared, fit.degrees);
    }
  }
}

void add_laws(ModelAnswer& answer, const nano::GlobalFit& fit) {
  auto best = fit.parameters.best;
  const auto& names = fit.parameters.names;
  for (const auto& entry : nano::parameter_entries()) {
    const auto place = std::find(names.begin(), names.end(), entry.name);
    if (place == names.end()) {
      if (entry.name == "viscosity.kink" && best.viscosity.glass)
        add_value(answer, entry.name, {best.viscosity.glass->kink, 0.0, "K"}).reason = "given";
      continue;
    }
    const auto k = static_cast<std::size_t>(place - names.begin());
    auto& added =
        add_value(answer, entry.name,
                  {*entry.at(best), std::sqrt(fit.parameters.covariance(k, k)), entry.unit});
    added.how["chi_squared"] = fmt::format("{:.4g}", fit.chi_squared);
    added.how["degrees"] = fmt::format("{:.0f}", fit.degrees);
    added.how["lack_of_fit"] = fmt::format("{:.3g}", fit.lack_of_fit);
    if (fit.lack_of_fit < 0.01)
      added.reason = fmt::format("lack of fit: chi^2 = {:.3g} with {:.0f} degrees of freedom",
                                 fit.chi_squared, fit.degrees);
  }
}

/// The first conditions of every temperature: what the other verbs take where nothing else is
/// asked.
std::vector<Molding> moldings_measured(const LengthsTable& lengths, const AlloyFile& assumed) {
  std::vector<Molding> moldings;
  for (const auto& at : lengths.temperatures) {
    Molding molding;
    molding.conditions = {at.T, at.wires.front().p, at.wires.front().t};
    for (const auto& known : assumed.moldings)
      if (std::abs(known.conditions.T - at.T) < 0.5) molding.d_c = known.d_c;
    moldings.push_back(molding);
  }
  return moldings;
}

core::Table curves_of(const std::vector<nano::MobilityFit>& fits,
                      const std::vector<Molding>& moldings, const LengthsTable& lengths,
                      const nano::Parameters& assumed) {
  double smallest = 10e-9, largest = 100e-9;
  for (const auto& at : lengths.temperatures)
    for (const auto& wire : at.wires)
      smallest = std::min(smallest, 0.9 * wire.d), largest = std::max(largest, 1.1 * wire.d);
  core::Table all;
  for (std::size_t k = 0; k < fits.size(); ++k) {
    if (!fits[k].ln_eta && !fits[k].ln_delta_D) continue;
    AlloyFile alloy;
    alloy.parameters = parameters_at(fits[k], assumed);
    auto table = length_curves(alloy, {moldings[k]}, smallest, largest);
    if (all.columns.empty()) {
      all = std::move(table);
      continue;
    }
    for (std::size_t c = 0; c < all.columns.size(); ++c) {
      auto& into = std::get<std::vector<double>>(all.columns[c].values);
      const auto& from = std::get<std::vector<double>>(table.columns[c].values);
      into.insert(into.end(), from.begin(), from.end());
      auto& errors = all.columns[c].standard_error;
      errors.insert(errors.end(), table.columns[c].standard_error.begin(),
                    table.columns[c].standard_error.end());
    }
  }
  return all;
}

/// The errors of what was assumed and not fitted stay, but for those that the product took up.
void keep_other_errors(nano::UncertainParameters& fitted,
                       const nano::UncertainParameters& assumed) {
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < assumed.names.size(); ++k)
    if (assumed.names[k].starts_with("bulk.") || assumed.names[k].starts_with("relaxation.") ||
        assumed.names[k] == "interface.delta")
      kept.push_back(k);
  const std::size_t n = fitted.names.size();
  math::Matrix covariance(n + kept.size(), n + kept.size());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) covariance(i, j) = fitted.covariance(i, j);
  for (std::size_t i = 0; i < kept.size(); ++i)
    for (std::size_t j = 0; j < kept.size(); ++j)
      covariance(n + i, n + j) = assumed.covariance(kept[i], kept[j]);
  for (const std::size_t k : kept) fitted.names.push_back(assumed.names[k]);
  fitted.covariance = covariance;
}

/// Fits the laws and writes the file; what hinders that is told, and what was fitted stays told.
void fit_laws(ModelAnswer& answer, AlloyFile& alloy, const std::vector<nano::MobilityFit>& fits,
              const LengthsTable& lengths, const LengthFitOptions& options) {
  try {
    auto fit = nano::fit_globally(fits, alloy.parameters.best, kink_of(options));
    add_laws(answer, fit);
    keep_other_errors(fit.parameters, alloy.parameters);
    alloy.parameters = fit.parameters;
    alloy.moldings = moldings_measured(lengths, alloy);
    io::write_file(
        options.write,
        alloy_text(
            alloy,
            {first_words.substr(2) + options.lengths +
                 " by `vitreous nanomold fit`: " + heading_of("", alloy.parameters.best),
             fmt::format("chi^2 of the laws {:.4g} with {:.0f} degrees of freedom", fit.chi_squared,
                         fit.degrees),
             "What lengths do not tell may be added: [relaxation], [bulk], [composition]. To "
             "fit again and keep it, --assume this file."}));
    fmt::print(stderr, "wrote {}\n", options.write);
    answer.next = fmt::format("vitreous nanomold critical-size --parameters {}", options.write);
    const double low = lengths.temperatures.back().T - 10.0,
                 high = lengths.temperatures.front().T + 10.0;
    answer.result.tables.push_back(fitted_laws_table(alloy.parameters, low, high));
    answer.result.tables.push_back(
        critical_size_curve(alloy, low, high, lengths.temperatures.front().wires.front().p));
    answer.result.tables.push_back(published_sizes(alloy));
  } catch (const base::InputError& error) {
    const auto& message = error.message();
    add_refused(answer, "laws", message.problem + (message.why.empty() ? "" : ": " + message.why),
                "");
    for (const auto& way : message.tries) answer.notes.push_back("try: " + way);
    answer.notes.push_back("no file of parameters was written");
    answer.next = "vitreous nanomold fit --help";
  }
}

nano::MobilityFits mobilities_of(const LengthsTable& lengths, const nano::Parameters& assumed,
                                 const std::string& file) {
  try {
    return nano::fit_all_mobilities(lengths.temperatures, assumed);
  } catch (const base::InputError& error) {
    auto message = error.message();
    message.file = file;
    throw base::InputError(message);
  }
}

void require_choice(const std::string& option, const std::string& given,
                    const std::vector<std::string>& choices) {
  if (given.empty() || std::find(choices.begin(), choices.end(), given) != choices.end()) return;
  throw base::InputError(
      fmt::format("{} {}: is neither {} nor {}", option, given, choices[0], choices[1]));
}

/// Does a file tell what lengths do not?
bool tells_more(const AlloyFile& alloy) {
  const auto& p = alloy.parameters.best;
  return p.bulk || p.particle_radius || p.calorimetry || p.capillarity || alloy.composition;
}

/// A file that a fit has written may be written again; what someone else wrote or added may not be
/// lost.
void require_writable(const LengthFitOptions& options) {
  const std::string& file = options.write;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return;
  base::Message message;
  message.file = file;
  if (!io::read_file(file).starts_with(first_words)) {
    message.problem = "is there already, and no fit has written it";
    message.tries = {"--write with another name"};
  } else if (options.assume.empty() && tells_more(read_alloy_file(file))) {
    message.problem = "holds what lengths do not tell, and this fit would lose it";
    message.tries = {"--assume " + file, "--write with another name"};
  } else {
    return;
  }
  throw base::InputError(message);
}

void fit_lengths(const LengthFitOptions& options) {
  require_writable(options);
  require_choice("--rule", options.rule, {"fastest", "additive"});
  require_choice("--hp-prefactor", options.hp_prefactor, {"32", "16"});
  kink_of(options);  // a mistake in it is told before anything is computed
  const auto lengths = read_lengths(options.lengths);
  for (const auto& line : lengths.reading) fmt::print(stderr, "{}\n", line);
  if (!options.out.empty()) make_result_folder(options.out);  // before the file is written
  ModelAnswer answer;
  answer.name = "fit";
  auto alloy = assumed_alloy(options, answer.notes);
  const auto assumed = alloy.parameters.best;
  const auto mobilities = mobilities_of(lengths, assumed, options.lengths);
  const auto& fits = mobilities.fits;
  answer.heading = heading_of(alloy.title, assumed);
  if (mobilities.scatter > 0.0)
    answer.notes.push_back(fmt::format(
        "the lengths have no errors: {:.3g} % each, their scatter about the fits, is taken",
        100.0 * mobilities.scatter));
  add_temperatures(answer, fits, lengths, assumed);
  fit_laws(answer, alloy, fits, lengths, options);
  answer.result.tables.push_back(per_temperature_table(fits, lengths, assumed));
  answer.result.tables.push_back(fitted_lengths_table(fits, lengths));
  if (auto curves = curves_of(fits, moldings_measured(lengths, alloy), lengths, assumed);
      !curves.columns.empty())
    answer.result.tables.push_back(std::move(curves));
  give_answer(answer, options, nanomold_figures);
}

}  // namespace

void add_nanomold_fit(CLI::App& app) {
  auto options = std::make_shared<LengthFitOptions>();
  CLI::App* sub = app.add_subcommand(
      "fit",
      "Viscosity and interface diffusion from measured lengths; writes a file of parameters");
  sub->add_option("LENGTHS", options->lengths,
                  "a table: `vitreous new --template nanomold` writes one to fill in")
      ->required();
  sub->add_option("--rule", options->rule,
                  "fastest: L = max(L_v, L_d); additive: L = sqrt(L_v^2 + L_d^2) [fastest]");
  sub->add_option("--hp-prefactor", options->hp_prefactor,
                  "32 as published, 16 the integral of the flow law [32]");
  sub->add_option("--kink", options->kink, "of the viscosity: a temperature, free or none")
      ->capture_default_str();
  sub->add_option("--delta", options->delta, "thickness of the interface, for D_I [0.2875 nm]");
  sub->add_option("--atomic-volume", options->atomic_volume, "Omega [12.4 A^3]");
  sub->add_option("--assume", options->assume,
                  "a file of parameters: all that lengths do not tell is taken from it");
  sub->add_option("--write", options->write, "the file of parameters")->capture_default_str();
  add_answer_options(*sub, *options);
  sub->footer("Example:\n  vitreous nanomold fit lengths.csv --write alloy.toml --out fit");
  sub->callback([options] { fit_lengths(*options); });
}

}  // namespace vitreous::cli
