#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/relaxation.hpp"
#include "cli/model_answer.hpp"
#include "cli/relaxation_columns.hpp"
#include "models/relaxation/complex_modulus.hpp"
#include "models/relaxation/folded_cycle.hpp"

namespace vitreous::cli {
namespace {

struct ModulusOptions {
  std::string file, frequency;
  std::size_t drop = 2;
  AnswerOptions answer;
};

/// The columns of a table of series, in s, 1 and GPa.
struct SeriesColumns {
  io::DataColumn time, strain, stress;
  std::optional<io::DataColumn> temperature, frequency;
  std::optional<std::vector<std::string>> run;
};

/// Series of one temperature and frequency: replicas of each other.
struct SeriesGroup {
  double temperature = NAN, frequency = 0.0;
  std::map<std::string, std::vector<std::size_t>> runs;  ///< rows
};

SeriesColumns series_columns(const io::DataTable& table, const ModulusOptions& options) {
  SeriesColumns columns;
  columns.time = table.column(time_column());
  columns.strain = table.column({"strain", {"epsilon", "gamma", "strain_xy"}, "1"});
  columns.stress = table.column({"stress", {"sigma", "tau", "stress_xy"}, "GPa"});
  columns.temperature = table.find(temperature_column());
  if (options.frequency.empty()) {
    columns.frequency = table.column(frequency_column());
    require_positive(table, *columns.frequency, "frequency");
  }
  std::vector<io::DataColumn> used = {columns.time, columns.strain, columns.stress};
  if (columns.temperature) used.push_back(*columns.temperature);
  if (columns.frequency) used.push_back(*columns.frequency);
  columns.run = word_column(table, {"run", "replica"}, "tells runs apart", used);
  tell_reading(table, used);
  return columns;
}

std::vector<SeriesGroup> groups_of_series(const io::DataTable& table, const SeriesColumns& columns,
                                          const ModulusOptions& options) {
  const double set = positive_quantity("--frequency", options.frequency, "Hz").value_or(0.0);
  std::map<std::pair<double, double>, SeriesGroup> groups;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double T = columns.temperature ? columns.temperature->values[row] : 0.0;
    const double f = columns.frequency ? columns.frequency->values[row] : set;
    for (const auto* column : {&columns.time, &columns.strain, &columns.stress})
      if (!std::isfinite(column->values[row]))
        table.fail(row, column->header, "is empty", "a series has no holes");
    if (!std::isfinite(T)) table.fail(row, columns.temperature->header, "is empty");
    if (!std::isfinite(f)) table.fail(row, columns.frequency->header, "is empty");
    auto& group = groups[{T, f}];
    if (columns.temperature) group.temperature = T;
    group.frequency = f;
    group.runs[columns.run ? (*columns.run)[row] : ""].push_back(row);
  }
  std::vector<SeriesGroup> out;
  for (auto& [key, group] : groups) out.push_back(std::move(group));
  return out;
}

std::string where_of(const SeriesGroup& group) {
  const auto f = "frequency=" + frequency_text(group.frequency);
  return std::isfinite(group.temperature)
             ? fmt::format("temperature={:g} K, {}", group.temperature, f)
             : f;
}

models::ComplexModulus modulus_of(const SeriesGroup& group, const SeriesColumns& columns,
                                  const ModulusOptions& options) {
  std::vector<models::OscillationRun> runs;
  try {
    for (const auto& [name, rows] : group.runs) {
      runs.emplace_back(group.frequency);
      for (const std::size_t row : rows)
        runs.back().add(columns.time.values[row], columns.strain.values[row],
                        columns.stress.values[row]);
    }
    return models::complex_modulus(runs, options.drop);
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = options.file;
    message.key = where_of(group);
    throw base::InputError(message);
  }
}

core::Reported modulus_quantity(const std::string& name, const models::ModulusPart& part,
                                const std::string& unit, const SeriesGroup& group,
                                const models::ComplexModulus& modulus) {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{part.value, part.standard_error, unit};
  if (name == "loss_modulus" && part.value < -2.0 * part.standard_error)
    reported.reason =
        "negative: a glass gives back no more than it takes; check the sign of the "
        "stress, and how time and strain belong together";
  reported.how = {
      {"where", where_of(group)},
      {"n", std::to_string(modulus.runs)},
      {"samples", fmt::format("{:.0f} of {} run{} of {} cycles", modulus.samples, modulus.runs,
                              modulus.runs == 1 ? "" : "s", modulus.cycles)},
      {"error",
       fmt::format("of the mean over {}, with Student's factor for {:.0f} degrees",
                   modulus.runs == 1 ? "cycles of the only run" : "runs", modulus.error_degrees)},
      {"amplitudes",
       fmt::format("strain {:.4g}, stress {:.4g} GPa, scatter about the fit {:.4g} GPa",
                   modulus.strain_amplitude, modulus.stress_amplitude, modulus.stress_scatter)},
      {"white_noise",
       fmt::format("would give E'' an error of {:.3g} GPa", modulus.white_noise_error)},
  };
  return reported;
}

core::Table modulus_table() {
  return {"moduli",
          {core::number_column("temperature", "K", true), core::number_column("frequency", "Hz"),
           core::number_column("storage_modulus", "GPa"),
           core::number_column("loss_modulus", "GPa"), core::number_column("tan_delta", "1"),
           core::number_column("runs", "1"), core::number_column("cycles", "1")},
          {}};
}

void add_modulus_row(core::Table& table, const SeriesGroup& group,
                     const models::ComplexModulus& modulus) {
  const double row[] = {group.temperature,
                        group.frequency,
                        modulus.storage.value,
                        modulus.loss.value,
                        modulus.tan_delta.value,
                        static_cast<double>(modulus.runs),
                        static_cast<double>(modulus.cycles)};
  for (std::size_t c = 0; c < 7; ++c) core::add_cell(table.columns[c], row[c]);
  table.columns[2].standard_error.push_back(modulus.storage.standard_error);
  table.columns[3].standard_error.push_back(modulus.loss.standard_error);
  table.columns[4].standard_error.push_back(modulus.tan_delta.standard_error);
}

core::Table cycle_table() {
  return {"cycle",
          {core::number_column("temperature", "K", true), core::number_column("frequency", "Hz"),
           core::number_column("phase", "1"), core::number_column("strain", "1"),
           core::number_column("stress", "GPa")},
          {{"phase", "of the cycle, frequency times time"}}};
}

/// All runs of a group behind the dropped cycles, laid over each other.
void add_cycle_rows(core::Table& table, const SeriesGroup& group, const SeriesColumns& columns,
                    std::size_t drop) {
  std::vector<double> time, strain, stress;
  for (const auto& [name, rows] : group.runs) {
    const double start = columns.time.values[rows.front()];
    for (const std::size_t row : rows) {
      const double t = columns.time.values[row];
      if ((t - start) * group.frequency < static_cast<double>(drop)) continue;
      time.push_back(t);
      strain.push_back(columns.strain.values[row]);
      stress.push_back(columns.stress.values[row]);
    }
  }
  for (const auto& point : models::folded_cycle(time, strain, stress, group.frequency, 40)) {
    const double row[] = {group.temperature, group.frequency, point.phase, point.strain,
                          point.stress};
    for (std::size_t c = 0; c < 5; ++c) core::add_cell(table.columns[c], row[c]);
    table.columns[4].standard_error.push_back(point.stress_se);
  }
}

void modulus(const ModulusOptions& options) {
  const auto table = io::DataTable::read(options.file);
  const auto columns = series_columns(table, options);
  const auto groups = groups_of_series(table, columns, options);
  ModelAnswer answer;
  answer.name = "moduli";
  answer.heading = fmt::format(
      "moduli of {}: linear least squares on {{1, sin, cos}}, the first {} cycles dropped",
      options.file, options.drop);
  auto moduli = modulus_table(), cycles = cycle_table();
  for (const auto& group : groups) {
    const auto m = modulus_of(group, columns, options);
    for (const auto& [name, part, unit] : {std::tuple{"storage_modulus", m.storage, "GPa"},
                                           {"loss_modulus", m.loss, "GPa"},
                                           {"tan_delta", m.tan_delta, "1"},
                                           {"mean_stress", m.mean_stress, "GPa"}})
      answer.result.quantities.push_back(modulus_quantity(name, part, unit, group, m));
    add_modulus_row(moduli, group, m);
    add_cycle_rows(cycles, group, columns, options.drop);
  }
  answer.result.tables = {std::move(moduli), std::move(cycles)};
  answer.told = {"samples", "error", "amplitudes", "white_noise"};
  const std::string folder = options.answer.out.empty() ? "DIR" : options.answer.out;
  answer.next = groups.size() >= 12
                    ? fmt::format("vitreous relaxation peaks {}/moduli.csv", folder)
                    : fmt::format(
                          "vitreous relaxation modulus {} --out DIR, then vitreous "
                          "relaxation peaks DIR/moduli.csv once there are 12 temperatures",
                          options.file);
  give_answer(answer, options.answer, relaxation_figures);
}

}  // namespace

void add_relaxation_modulus(CLI::App& app) {
  auto options = std::make_shared<ModulusOptions>();
  auto* sub = app.add_subcommand(
      "modulus", "Stress under a sinusoidal strain: storage and loss modulus, tan delta");
  sub->footer(
      "Rows of the same temperature and frequency are runs of one experiment, told apart by a "
      "column\n"
      "`run` (or replica). Strain and stress are fitted by linear least squares on {1, sin, cos}.\n"
      "Example:\n  vitreous relaxation modulus series.csv --frequency 1GHz --drop-cycles 2 --out "
      "moduli");
  sub->add_option("TABLE", options->file,
                  "CSV with columns time, strain, stress; temperature, frequency, run where there "
                  "are several")
      ->required();
  sub->add_option("--frequency", options->frequency,
                  "of the strain, where the table has no such column: 1GHz");
  sub->add_option("--drop-cycles", options->drop, "cycles at the start of a run that are left out")
      ->capture_default_str();
  add_answer_options(*sub, options->answer);
  sub->callback([options] { modulus(*options); });
}

}  // namespace vitreous::cli
