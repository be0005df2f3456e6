#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/relaxation.hpp"
#include "cli/model_answer.hpp"
#include "cli/relaxation_columns.hpp"
#include "models/relaxation/indentation.hpp"
#include "models/relaxation/maxwell.hpp"

namespace vitreous::cli {
namespace {

struct IndentationCommand {
  std::string file, radius, shear_modulus;
  bool contact_offset = false;
  AnswerOptions answer;
};

models::IndentationCurve read_curve(const IndentationCommand& options) {
  const auto table = io::DataTable::read(options.file);
  const auto time = table.column(time_column());
  const auto load = table.column({"load", {"P", "force", "F"}, "N"});
  const auto depth = table.column({"depth", {"h", "displacement", "d"}, "m"});
  tell_reading(table, {time, load, depth});
  for (const auto* column : {&time, &load, &depth})
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (!std::isfinite(column->values[row]))
        table.fail(row, column->header, "is empty", "a curve has no holes");
  models::IndentationCurve curve{time.values, load.values, depth.values, {}};
  if (depth.has_errors()) curve.depth_se = depth.standard_errors;
  return curve;
}

models::IndentationFit fit_curve(const IndentationCommand& options, double radius) {
  const auto curve = read_curve(options);
  try {
    return models::fit_indentation(curve, {radius, options.contact_offset});
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = options.file;
    throw base::InputError(message);
  }
}

/// eta = G tau, and its logarithm, whose error is that of ln tau and ln G.
void add_viscosity(core::Result& result, const models::IndentationFit& fit,
                   const core::Measured& shear_modulus) {
  const std::string how =
      fmt::format("eta = G tau (Maxwell), G = {}", core::to_text(shear_modulus));
  core::Reported eta, logarithm;
  eta.measured = models::maxwell_viscosity(fit.time, shear_modulus);
  logarithm.measured =
      core::Measured{std::log10(eta.measured->value),
                     eta.measured->standard_error / eta.measured->value / std::log(10.0), "1"};
  eta.name = "eta";
  logarithm.name = "log10_eta";
  for (auto* reported : {&eta, &logarithm}) {
    reported->how["relation"] = how;
    result.quantities.push_back(*reported);
  }
  result.quantities.back().how["unit"] = "eta in Pa s";
}

void indentation(const IndentationCommand& options) {
  const double radius = measured_option("--radius", options.radius, "m").value;
  std::optional<core::Measured> G;
  if (!options.shear_modulus.empty())
    G = measured_option("--shear-modulus", options.shear_modulus, "GPa");
  const auto fit = fit_curve(options, radius);
  ModelAnswer answer;
  answer.name = "indentation";
  answer.heading = fmt::format(
      "indentation of {} by a sphere of {} radius: Hertz contact with one relaxation time "
      "(Lee and Radok), loading and hold",
      options.file, options.radius);
  answer.result = models::to_result(fit);
  if (G && fit.refused.empty()) add_viscosity(answer.result, fit, *G);
  if (G && !fit.refused.empty())
    answer.result.quantities.push_back(core::Reported::refused("eta", fit.refused));
  if (fit.left_out > 0)
    answer.notes.push_back(fmt::format(
        "{} samples of unloading are left out: the contact shrinks there", fit.left_out));
  answer.told = {"n", "scatter", "error", "left_out"};
  answer.next =
      !G && fit.refused.empty()
          ? fmt::format("vitreous relaxation indentation {} --radius {} --shear-modulus 25GPa",
                        options.file, options.radius)
          : "vitreous relaxation map --help";
  give_answer(answer, options.answer, relaxation_figures);
}

}  // namespace

void add_relaxation_indentation(CLI::App& app) {
  auto options = std::make_shared<IndentationCommand>();
  auto* sub = app.add_subcommand(
      "indentation", "Loading of a sphere on a glass: relaxation time, modulus, viscosity");
  sub->footer(
      "The depth over loading and hold is fitted; unloading, where the contact shrinks, is left "
      "out.\n"
      "Example:\n  vitreous relaxation indentation curve.csv --radius 5um --shear-modulus \"25(2) "
      "GPa\"");
  sub->add_option("TABLE", options->file, "CSV with columns time, load and depth")->required();
  sub->add_option("--radius", options->radius, "of the sphere: 5um")->required();
  sub->add_option("--shear-modulus", options->shear_modulus,
                  "for the viscosity G tau: \"25 +- 2 GPa\"");
  sub->add_flag("--contact-offset", options->contact_offset,
                "fit the depth at which contact was made, too");
  add_answer_options(*sub, options->answer);
  sub->callback([options] { indentation(*options); });
}

}  // namespace vitreous::cli
