#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/relaxation.hpp"
#include "cli/model_answer.hpp"
#include "cli/relaxation_columns.hpp"
#include "models/relaxation/loss_peak_tables.hpp"
#include "models/relaxation/peak_activation.hpp"

namespace vitreous::cli {
namespace {

struct PeaksOptions {
  std::string file, background = "line", from, to, temperature_error, frequency, at;
  std::string branch = "fast";
  models::PeakOptions peak;
  AnswerOptions answer;
};

/// A temperature of the command line, K.
std::optional<double> temperature_option(const std::string& option, const std::string& text) {
  return positive_quantity(option, text, "K");
}

models::PeakOptions peak_options(const PeaksOptions& options) {
  auto peak = options.peak;
  peak.background = models::background_named(options.background);
  peak.from = temperature_option("--from", options.from);
  peak.to = temperature_option("--to", options.to);
  peak.temperature_error =
      temperature_option("--temperature-error", options.temperature_error).value_or(0.0);
  return peak;
}

struct SpectraRead {
  std::vector<models::LossSpectrum> spectra;
  std::string unit;  ///< of the loss
};

models::LossSpectrum spectrum_of_rows(double frequency, std::vector<std::size_t> rows,
                                      const io::DataColumn& T, const io::DataColumn& loss) {
  std::erase_if(rows, [&](std::size_t row) {
    return !std::isfinite(T.values[row]) || !std::isfinite(loss.values[row]);
  });
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return T.values[a] < T.values[b]; });
  models::LossSpectrum spectrum;
  spectrum.frequency = frequency;
  for (const std::size_t row : rows) {
    spectrum.temperature.push_back(T.values[row]);
    spectrum.loss.push_back(loss.values[row]);
    if (loss.has_errors()) spectrum.loss_se.push_back(loss.standard_errors[row]);
  }
  return spectrum;
}

SpectraRead read_spectra(const PeaksOptions& options) {
  const auto table = io::DataTable::read(options.file);
  const auto T = table.column(temperature_column());
  const auto loss = loss_column(table);
  require_positive(table, T, "temperature");
  require_positive(table, loss.column, "loss modulus");
  std::vector<io::DataColumn> used = {T, loss.column};
  SpectraRead read{{}, loss.unit};
  if (const auto set = positive_quantity("--frequency", options.frequency, "Hz")) {
    std::vector<std::size_t> all(table.rows());
    for (std::size_t row = 0; row < all.size(); ++row) all[row] = row;
    read.spectra.push_back(spectrum_of_rows(*set, all, T, loss.column));
  } else {
    const auto frequency = table.column(frequency_column());
    require_positive(table, frequency, "frequency");
    used.push_back(frequency);
    for (const auto& [value, rows] : rows_by(frequency))
      read.spectra.push_back(spectrum_of_rows(value, rows, T, loss.column));
  }
  tell_reading(table, used);
  return read;
}

/// Where the peak would lie above other backgrounds: no error holds what the form of one misses.
std::string other_backgrounds(const models::LossSpectrum& spectrum, models::PeakOptions choices) {
  using enum models::Background;
  const auto chosen = choices.background;
  std::string text;
  for (const auto background : {none, line, exponential}) {
    if (background == chosen) continue;
    choices.background = background;
    const auto peak = models::find_loss_peak(spectrum, choices);
    text += fmt::format(
        "{}{} {}", text.empty() ? "" : ", ", models::to_text(background),
        peak.refused.empty() ? fmt::format("{:.5g} K", peak.temperature) : std::string("no peak"));
  }
  return text;
}

core::Reported peak_quantity(const models::LossPeak& peak) {
  auto reported = core::Reported::refused("T_peak", peak.refused);
  reported.how["where"] = "frequency=" + frequency_text(peak.frequency);
  if (!peak.refused.empty()) return reported;
  reported.status = core::Status::ok;
  reported.measured = core::Measured{peak.temperature, peak.standard_error, "K"};
  reported.how["error"] = fmt::format("statistical {:.2g} K, windows {:.2g} K",
                                      peak.statistical_error, peak.window_spread);
  return reported;
}

/// The relaxation time at a temperature that the line reaches to.
core::Reported time_at(const models::PeakActivation& fit, double T) {
  core::Reported reported;
  reported.name = "log10_tau";
  const auto [ln_f, error] = fit.ln_frequency(T);
  reported.measured = core::Measured{(-std::log(2.0 * std::numbers::pi) - ln_f) / std::log(10.0),
                                     error / std::log(10.0), "1"};
  reported.how["where"] = fmt::format("temperature={:g} K", T);
  reported.how["unit"] = "tau in s";
  return reported;
}

/// As `relaxation map` reads it.
std::string branch_of_peaks(const PeaksOptions& options, const models::PeakActivation& fit) {
  return fmt::format(
      "# From the peaks of {}; `vitreous relaxation map --parameters` reads it.\n"
      "[{}]\n"
      "E = \"{} +- {} eV\"\n"
      "ln_tau0 = \"{} +- {}\"     # tau0 in s, tau = 1/(2 pi f)\n"
      "covariance = \"{} eV\"     # of E and ln_tau0\n",
      options.file, options.branch, fit.energy.value, fit.energy.standard_error,
      -std::log(2.0 * std::numbers::pi) - fit.ln_f0.value, fit.ln_f0.standard_error,
      -fit.covariance);
}

/// Where a peak is at an edge, a window that leaves out a quarter at either end may hold it alone.
std::string narrower_window(const PeaksOptions& options, const models::LossSpectrum& spectrum) {
  const double cold = spectrum.temperature.empty() ? 200.0 : spectrum.temperature.front();
  const double hot = spectrum.temperature.empty() ? 320.0 : spectrum.temperature.back();
  return fmt::format("vitreous relaxation peaks {} --from {:.0f}K --to {:.0f}K --out DIR",
                     options.file, cold + 0.25 * (hot - cold), hot - 0.25 * (hot - cold));
}

void peaks(const PeaksOptions& options) {
  const auto choices = peak_options(options);
  const auto at = temperature_option("--at", options.at);
  const auto read = read_spectra(options);
  std::vector<models::LossPeak> peaks;
  std::vector<models::PeakPoint> points;
  for (const auto& spectrum : read.spectra) {
    peaks.push_back(models::find_loss_peak(spectrum, choices));
    const auto& peak = peaks.back();
    if (peak.refused.empty())
      points.push_back({peak.frequency, peak.temperature, peak.standard_error});
  }
  const auto fit = models::fit_peak_activation(points);
  auto line = models::to_result(fit, points);

  ModelAnswer answer;
  answer.name = "peaks";
  answer.heading = fmt::format("peaks of {}: {} of {} frequencies, background {}", options.file,
                               points.size(), peaks.size(), options.background);
  answer.result.quantities = line.quantities;
  if (at && fit.refused.empty()) answer.result.quantities.push_back(time_at(fit, *at));
  for (std::size_t k = 0; k < peaks.size(); ++k) {
    answer.result.quantities.push_back(peak_quantity(peaks[k]));
    answer.result.quantities.back().how["other_backgrounds"] =
        other_backgrounds(read.spectra[k], choices);
  }
  answer.result.tables = {models::loss_peak_table(peaks),
                          models::loss_spectrum_table(peaks, read.unit)};
  if (!points.empty())
    for (auto& table : line.tables) answer.result.tables.push_back(std::move(table));
  answer.told = {"regression", "error", "covariance", "interval_E", "chi_squared", "degrees"};
  if (!fit.refused.empty()) answer.told.clear();
  if (!peaks.empty())
    answer.notes.push_back(fmt::format("at {} above other backgrounds: {}",
                                       frequency_text(peaks.front().frequency),
                                       other_backgrounds(read.spectra.front(), choices)));
  const bool some_refused = points.size() < peaks.size();
  if (some_refused)
    answer.notes.push_back(
        "--from and --to set the window, --background none, line or exponential what lies below, a "
        "lower --height lets the cubic take more points");
  answer.next = some_refused ? narrower_window(options, read.spectra.front())
                             : fmt::format("vitreous relaxation peaks {} --out DIR", options.file);
  if (fit.refused.empty() && !options.answer.out.empty()) {
    answer.texts.emplace_back("branch.toml", branch_of_peaks(options, fit));
    answer.next =
        fmt::format("vitreous relaxation map --parameters {}/branch.toml", options.answer.out);
  }
  give_answer(answer, options.answer, relaxation_figures);
}

}  // namespace

void add_relaxation_peaks(CLI::App& app) {
  auto options = std::make_shared<PeaksOptions>();
  auto* sub = app.add_subcommand(
      "peaks", "Loss spectra E''(T) at several frequencies: peak temperatures, activation energy");
  sub->footer(
      "Each peak is the maximum of a cubic fitted around it, above a background fitted to both "
      "ends\n"
      "of the window; 1/T_peak is regressed on ln f, for the error is in the temperature.\n"
      "Example:\n  vitreous relaxation peaks spectra.csv --from 180K --to 320K --out peaks");
  sub->add_option("TABLE", options->file,
                  "CSV with columns temperature, frequency and loss_modulus (E'')")
      ->required();
  sub->add_option("--frequency", options->frequency,
                  "of the whole table, where it has no such column: 1Hz");
  sub->add_option("--from", options->from, "cold end of the window: 180K");
  sub->add_option("--to", options->to, "hot end of the window: 320K");
  sub->add_option("--background", options->background, "none, line or exponential")
      ->capture_default_str();
  sub->add_option("--flank", options->peak.flank,
                  "share of the window, at either end, that the background is fitted to")
      ->capture_default_str();
  sub->add_option("--height", options->peak.height,
                  "the cubic is fitted above this share of the peak's height")
      ->capture_default_str();
  sub->add_option("--temperature-error", options->temperature_error,
                  "of the instrument, added to the error of each peak: 1K");
  sub->add_option("--at", options->at, "tell the relaxation time at this temperature, too: 293K");
  sub->add_option("--branch", options->branch, "what the process is called in the map")
      ->capture_default_str();
  add_answer_options(*sub, options->answer);
  sub->callback([options] { peaks(*options); });
}

}  // namespace vitreous::cli
