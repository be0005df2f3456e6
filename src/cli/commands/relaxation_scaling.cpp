#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/relaxation.hpp"
#include "cli/model_answer.hpp"
#include "cli/relaxation_columns.hpp"
#include "models/relaxation/energy_scaling.hpp"

namespace vitreous::cli {
namespace {

struct ScalingOptions {
  std::string file;
  AnswerOptions answer;
};

std::vector<models::AlloyEnergy> read_alloys(const ScalingOptions& options) {
  const auto table = io::DataTable::read(options.file);
  const auto E = table.column({"E", {"energy", "activation_energy", "Q"}, "eV"});
  const auto Tg = table.column({"Tg", {"T_g", "glass_transition"}, "K"});
  require_positive(table, E, "activation energy");
  require_positive(table, Tg, "glass-transition temperature");
  std::vector<io::DataColumn> used = {E, Tg};
  const auto alloy = word_column(table, {"alloy", "composition"}, "names of alloys", used);
  const auto process = word_column(table, {"process"}, "a fit for each", used);
  tell_reading(table, used);
  std::vector<models::AlloyEnergy> alloys;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!std::isfinite(E.values[row]) || !std::isfinite(Tg.values[row])) continue;
    const auto error = [&](const io::DataColumn& column) {
      return std::isfinite(column.standard_errors[row]) ? column.standard_errors[row] : 0.0;
    };
    alloys.push_back({alloy ? (*alloy)[row] : fmt::format("row {}", row + 1),
                      process ? (*process)[row] : std::string(),
                      {E.values[row], error(E), "eV"},
                      {Tg.values[row], error(Tg), "K"}});
  }
  return alloys;
}

void scaling(const ScalingOptions& options) {
  const auto alloys = read_alloys(options);
  ModelAnswer answer;
  answer.name = "scaling";
  answer.heading = fmt::format("E = k kB Tg over {} energies of {}", alloys.size(), options.file);
  answer.result = models::energy_scaling(alloys);
  answer.told = {"error"};
  answer.next = options.answer.out.empty()
                    ? fmt::format("vitreous relaxation scaling {} --out DIR", options.file)
                    : "vitreous relaxation map --help";
  give_answer(answer, options.answer, relaxation_figures);
}

}  // namespace

void add_relaxation_scaling(CLI::App& app) {
  auto options = std::make_shared<ScalingOptions>();
  auto* sub = app.add_subcommand(
      "scaling", "Activation energies of many alloys against kB Tg: the factor and its scatter");
  sub->footer(
      "k is a regression over alloys; one alloy may be off by the scatter.\n"
      "Example:\n  vitreous relaxation scaling alloys.csv --out scaling");
  sub->add_option("TABLE", options->file,
                  "CSV with columns E and Tg; alloy and process (fast, liquid, ...) where known")
      ->required();
  add_answer_options(*sub, options->answer);
  sub->callback([options] { scaling(*options); });
}

}  // namespace vitreous::cli
