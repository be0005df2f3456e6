#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/relaxation.hpp"
#include "cli/model_answer.hpp"
#include "cli/relaxation_file.hpp"
#include "models/relaxation/branch_crossing.hpp"

namespace vitreous::cli {
namespace {

struct RelaxationMapOptions {
  std::vector<std::string> parameters;
  std::string at = "293K", from = "200K", to = "2000K";
  AnswerOptions answer;
};

const double ln10 = std::log(10.0);

core::Reported map_quantity(const std::string& name, const core::Measured& measured,
                            const std::string& where) {
  core::Reported reported;
  reported.name = name;
  reported.measured = measured;
  if (!where.empty()) reported.how["where"] = where;
  return reported;
}

/// Where a branch has a given time, if it does.
void add_temperature(core::Result& result, const std::string& name,
                     const models::RelaxationBranch& branch, double tau) {
  const auto [T, error] = models::temperature_of(branch, std::log(tau));
  if (std::isfinite(T)) result.quantities.push_back(map_quantity(name, {T, error, "K"}, ""));
}

/// What every branch says of itself: its energy, where its loss peak stands at 1 Hz (alpha: where
/// its time is 100 s), its time and viscosity at one temperature.
void tell_branches(core::Result& result, const RelaxationFile& file, double at) {
  const std::string where = fmt::format("temperature={:g} K", at);
  for (const auto& branch : file.branches) {
    if (branch.energy)
      result.quantities.push_back(map_quantity(branch.name + ".E", *branch.energy, ""));
    if (!branch.branch) continue;
    if (branch.name == "alpha")
      add_temperature(result, "alpha.T_100s", *branch.branch, 100.0);
    else
      add_temperature(result, branch.name + ".T_1Hz", *branch.branch, 0.5 / std::numbers::pi);
    const double ln_tau = branch.branch->ln_tau(at);
    if (!std::isfinite(ln_tau)) {
      result.quantities.push_back(core::Reported::refused(
          branch.name + ".log10_tau", fmt::format("{:g} K is at or below T0", at)));
      continue;
    }
    const double error = branch.branch->ln_tau_error(at);
    result.quantities.push_back(
        map_quantity(branch.name + ".log10_tau", {ln_tau / ln10, error / ln10, "1"}, where));
    result.quantities.back().how["unit"] = "tau in s";
    if (!file.shear_modulus) continue;
    const auto& G = *file.shear_modulus;
    result.quantities.push_back(
        map_quantity(branch.name + ".log10_eta",
                     {ln_tau / ln10 + std::log10(G.value),
                      std::hypot(error, G.standard_error / G.value) / ln10, "1"},
                     where));
    result.quantities.back().how["unit"] = "eta = G tau in Pa s";
  }
  const auto *fast = file.find("fast"), *liquid = file.find("liquid");
  if (fast && liquid && fast->energy && liquid->energy)
    result.quantities.push_back(map_quantity(
        "fast.E - liquid.E",
        {fast->energy->value - liquid->energy->value,
         std::hypot(fast->energy->standard_error, liquid->energy->standard_error), "eV"},
        ""));
}

struct NamedCrossing {
  std::string name, with;
};

/// T_A is where alpha leaves the liquid's line; where no liquid was measured, that of the fast
/// process, which is taken for its continuation.
std::vector<NamedCrossing> crossings_wanted(const RelaxationFile& file) {
  return {{"T_A", file.line("liquid") || !file.line("fast") ? "liquid" : "fast"},
          {"T_alpha_beta", "beta"}};
}

core::Reported crossing_quantity(const NamedCrossing& wanted,
                                 const models::BranchCrossing& crossing) {
  auto reported = core::Reported::refused(wanted.name, crossing.refused);
  reported.how["where"] = "alpha and " + wanted.with;
  std::string all;
  for (const double T : crossing.all) all += fmt::format("{}{:.5g} K", all.empty() ? "" : ", ", T);
  if (!all.empty()) reported.how["all_crossings"] = all;
  if (!crossing.refused.empty()) return reported;
  reported.status = core::Status::ok;
  reported.measured = crossing.temperature;
  reported.how["interval"] = fmt::format("{:.5g} to {:.5g} K (68 %)", crossing.low, crossing.high);
  reported.how["error"] = fmt::format(
      "half of the 68 % interval of 1000 draws from the covariances; {:.3g} K to first order; "
      "{:.1f} % "
      "of the draws do not cross",
      crossing.linear_error, 100.0 * crossing.share_without);
  reported.how["log10_tau"] = core::to_text(crossing.log10_tau);
  return reported;
}

void add_crossings(core::Result& result, const RelaxationFile& file, double from, double to) {
  core::Table table{
      "crossings",
      {core::word_column("name"), core::word_column("branches"),
       core::number_column("temperature", "K"), core::number_column("log10_tau", "1")},
      {{"log10_tau", "of tau in s"}}};
  for (const auto& wanted : crossings_wanted(file)) {
    const auto *alpha = file.line("alpha"), *other = file.line(wanted.with);
    if (!alpha || !other) {
      result.quantities.push_back(core::Reported::refused(
          wanted.name, fmt::format("there is no line of {}", alpha ? wanted.with : "alpha")));
      continue;
    }
    const auto crossing = models::lowest_crossing(*alpha, *other, from, to);
    result.quantities.push_back(crossing_quantity(wanted, crossing));
    if (!crossing.refused.empty()) continue;
    core::add_cell(table.columns[0], wanted.name);
    core::add_cell(table.columns[1], "alpha, " + wanted.with);
    core::add_cell(table.columns[2], crossing.temperature.value);
    core::add_cell(table.columns[3], crossing.log10_tau.value);
    table.columns[2].standard_error.push_back(crossing.temperature.standard_error);
    table.columns[3].standard_error.push_back(crossing.log10_tau.standard_error);
  }
  if (table.rows() > 0) result.tables.push_back(std::move(table));
}

/// How far single measurements lie off the branch they are held against: in decades of time, and as
/// the energy that would shift the branch there.
void add_points(core::Result& result, const RelaxationFile& file) {
  core::Table table{
      "points",
      {core::word_column("name"), core::word_column("branch"),
       core::number_column("temperature", "K"), core::number_column("log10_tau", "1")},
      {{"log10_tau", "of tau in s"}}};
  for (const auto& point : file.points) {
    core::add_cell(table.columns[0], point.name);
    core::add_cell(table.columns[1], point.branch);
    core::add_cell(table.columns[2], point.temperature);
    core::add_cell(table.columns[3], point.log10_tau.value);
    const double se = point.log10_tau.standard_error;
    table.columns[3].standard_error.push_back(se > 0.0 ? se : NAN);
    if (point.branch.empty()) continue;
    const auto* line = file.line(point.branch);
    const std::string where =
        fmt::format("branch={}, temperature={:g} K", point.branch, point.temperature);
    if (!line || !std::isfinite(line->ln_tau(point.temperature))) {
      result.quantities.push_back(core::Reported::refused(
          point.name + ".log10_ratio", fmt::format("there is no line of {} there", point.branch)));
      continue;
    }
    const double ratio = point.log10_tau.value - line->ln_tau(point.temperature) / ln10;
    const double error = std::hypot(se, line->ln_tau_error(point.temperature) / ln10);
    const double as_energy = ln10 * base::boltzmann * point.temperature;
    result.quantities.push_back(
        map_quantity(point.name + ".log10_ratio", {ratio, error, "1"}, where));
    result.quantities.push_back(map_quantity(point.name + ".energy_shift",
                                             {as_energy * ratio, as_energy * error, "eV"}, where));
  }
  if (table.rows() > 0) result.tables.push_back(std::move(table));
}

core::Table branch_table(const RelaxationFile& file, double from, double to) {
  core::Table table{"map",
                    {core::word_column("branch"), core::number_column("temperature", "K"),
                     core::number_column("log10_tau", "1")},
                    {{"log10_tau", "of tau in s"}}};
  for (const auto& branch : file.branches) {
    if (!branch.branch) continue;
    for (int k = 0; k <= 200; ++k) {
      const double T = 1.0 / (1.0 / from + (1.0 / to - 1.0 / from) * k / 200.0);
      const double log10_tau = branch.branch->ln_tau(T) / ln10;
      // Times beyond anything that can be waited for say nothing.
      if (!(log10_tau < 8.0)) continue;
      core::add_cell(table.columns[0], branch.name);
      core::add_cell(table.columns[1], T);
      core::add_cell(table.columns[2], log10_tau);
      table.columns[2].standard_error.push_back(branch.branch->ln_tau_error(T) / ln10);
    }
  }
  return table;
}

void map(const RelaxationMapOptions& options) {
  const double at = *positive_quantity("--at", options.at, "K");
  const double from = *positive_quantity("--from", options.from, "K");
  const double to = *positive_quantity("--to", options.to, "K");
  if (!(from < to))
    throw base::InputError(fmt::format("--from {} --to {} is no range", options.from, options.to));
  const auto file = read_relaxation_files(options.parameters);
  if (file.branches.empty())
    throw base::InputError(fmt::format("{}: holds no branch", options.parameters.front()),
                           "a map needs [alpha], [beta], [fast] or [liquid]");
  ModelAnswer answer;
  answer.name = "map";
  answer.heading = fmt::format("{}relaxation map, {:g} to {:g} K",
                               file.title.empty() ? "" : file.title + ": ", from, to);
  if (file.shear_modulus)
    answer.heading += fmt::format(", G = {}", core::to_text(file.shear_modulus->to("GPa")));
  tell_branches(answer.result, file, at);
  add_crossings(answer.result, file, from, to);
  add_points(answer.result, file);
  auto table = branch_table(file, from, to);
  if (table.rows() > 0) answer.result.tables.push_back(std::move(table));
  answer.notes = file.notes;
  for (const auto& branch : file.branches)
    if (!branch.branch)
      answer.notes.push_back(fmt::format(
          "{} has an energy but no time: `through = {{ temperature, time }}` makes it a line",
          branch.name));
  const bool exact = std::all_of(file.branches.begin(), file.branches.end(), [](const auto& b) {
    return !b.energy || b.energy->standard_error == 0.0;
  });
  if (exact)
    answer.notes.push_back("the file gives energies no errors, so that what follows lacks them");
  answer.next = "vitreous relaxation scaling alloys.csv   # energies of many alloys against kB Tg";
  give_answer(answer, options.answer, relaxation_figures);
}

}  // namespace

void add_relaxation_map(CLI::App& app) {
  auto options = std::make_shared<RelaxationMapOptions>();
  auto* sub = app.add_subcommand(
      "map",
      "Branches alpha (VFT), beta, fast and liquid: times, crossings, Maxwell's viscosities");
  sub->footer(
      "FILE is TOML; `relaxation peaks --out DIR` writes a branch. Several files add up.\n"
      "  shear_modulus = \"25 GPa\"\n"
      "  [alpha]\n  B = \"3000(50) K\"\n  T0 = \"450(5) K\"\n  ln_tau0 = \"-30(1)\"\n"
      "  [fast]\n  E = \"0.60(1) eV\"\n  through = { temperature = \"293 K\", log10_viscosity = "
      "\"6.93(2)\" }\n"
      "  [liquid]\n  viscosities = \"viscosity.csv\"      # or times, diffusivities\n"
      "Example:\n  vitreous relaxation map --parameters y-co.toml --out map");
  sub->add_option("--parameters", options->parameters, "a TOML file of branches, or several")
      ->required();
  sub->add_option("--at", options->at, "where times and viscosities are told")
      ->capture_default_str();
  sub->add_option("--from", options->from, "cold end of the map")->capture_default_str();
  sub->add_option("--to", options->to, "hot end of the map")->capture_default_str();
  add_answer_options(*sub, options->answer);
  sub->callback([options] { map(*options); });
}

}  // namespace vitreous::cli
