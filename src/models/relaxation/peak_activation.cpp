#include "models/relaxation/peak_activation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

using base::boltzmann;

void require_positive(const std::vector<PeakPoint>& points) {
  for (const auto& point : points)
    if (!(point.frequency > 0.0) || !(point.temperature > 0.0))
      throw base::InputError(
          fmt::format("a peak at {:g} Hz and {:g} K", point.frequency, point.temperature),
          "frequencies and temperatures are positive");
}

std::string objection_to_peaks(const std::vector<PeakPoint>& points) {
  std::set<double> frequencies;
  for (const auto& point : points) frequencies.insert(point.frequency);
  if (frequencies.size() >= 3) return {};
  return fmt::format("peaks at {} frequenc{}, 3 needed for a line with an error",
                     frequencies.size(), frequencies.size() == 1 ? "y" : "ies");
}

/// Of E and ln f0, from {intercept a, slope b}: E = -1/b, ln f0 = -a/b.
void carry_errors(PeakActivation& fit, const math::Matrix& of_line) {
  const double a = fit.line.parameters[0], b = fit.line.parameters[1];
  const double energy_b = 1.0 / (b * b), ln_a = -1.0 / b, ln_b = a / (b * b);
  const double vaa = of_line(0, 0), vab = of_line(0, 1), vbb = of_line(1, 1);
  fit.energy = {-1.0 / b, energy_b * std::sqrt(vbb), "eV"};
  fit.ln_f0 = {-a / b, std::sqrt(ln_a * ln_a * vaa + 2.0 * ln_a * ln_b * vab + ln_b * ln_b * vbb),
               "1"};
  fit.covariance = energy_b * (ln_a * vab + ln_b * vbb);
  fit.low = 1.0 / (-b + std::sqrt(vbb));
  fit.high = 1.0 / (-b - std::sqrt(vbb));
}

core::Table line_table(const PeakActivation& fit, const std::vector<PeakPoint>& points) {
  core::Table table{
      "peak_line",
      {core::number_column("frequency", "Hz"), core::number_column("T_peak", "K"),
       core::number_column("T_fit", "K", true), core::number_column("residual", "K", true)},
      {{"residual", "T_peak less T_fit"}}};
  for (const auto& point : points) {
    const double fitted =
        fit.refused.empty() ? fit.temperature(point.frequency).first : std::nan("");
    const double row[] = {point.frequency, point.temperature, fitted, point.temperature - fitted};
    for (std::size_t k = 0; k < 4; ++k) core::add_cell(table.columns[k], row[k]);
    table.columns[1].standard_error.push_back(point.standard_error > 0.0 ? point.standard_error
                                                                         : std::nan(""));
  }
  return table;
}

core::Table curve_table(const PeakActivation& fit, const std::vector<PeakPoint>& points) {
  const auto [low, high] = std::minmax_element(
      points.begin(), points.end(), [](auto& a, auto& b) { return a.frequency < b.frequency; });
  core::Table table{"peak_line_curve",
                    {core::number_column("frequency", "Hz"), core::number_column("T_peak", "K")},
                    {}};
  const double from = std::log(0.5 * low->frequency), to = std::log(2.0 * high->frequency);
  for (int k = 0; k <= 60; ++k) {
    const double frequency = std::exp(from + (to - from) * k / 60.0);
    const auto [temperature, error] = fit.temperature(frequency);
    core::add_cell(table.columns[0], frequency);
    core::add_cell(table.columns[1], temperature);
    table.columns[1].standard_error.push_back(error);
  }
  return table;
}

}  // namespace

std::pair<double, double> PeakActivation::ln_frequency(double at) const {
  const double slope = -1.0 / (boltzmann * at);
  const double variance = ln_f0.standard_error * ln_f0.standard_error + 2.0 * slope * covariance +
                          slope * slope * energy.standard_error * energy.standard_error;
  return {ln_f0.value + slope * energy.value, std::sqrt(std::max(variance, 0.0))};
}

std::pair<double, double> PeakActivation::temperature(double frequency) const {
  const double at = energy.value / (boltzmann * (ln_f0.value - std::log(frequency)));
  // d ln f / dT = E/(kB T^2) turns an error of ln f into one of T.
  return {at, ln_frequency(at).second * boltzmann * at * at / energy.value};
}

PeakActivation fit_peak_activation(const std::vector<PeakPoint>& points) {
  require_positive(points);
  PeakActivation out;
  out.refused = objection_to_peaks(points);
  if (!out.refused.empty()) return out;
  std::vector<double> x, y, errors;
  for (const auto& point : points) {
    const double T = point.temperature;
    x.push_back(std::log(point.frequency));
    y.push_back(1.0 / (boltzmann * T));
    if (point.standard_error > 0.0) errors.push_back(point.standard_error / (boltzmann * T * T));
  }
  if (errors.size() != points.size()) errors.clear();
  out.line = math::fit_line(x, y, errors);
  auto of_line = out.line.covariance;
  out.error_from = "from the errors of the peak temperatures";
  if (errors.empty()) {
    const double student = math::student_factor(out.line.degrees);
    for (double& value : of_line.values) value *= student * student;
    out.error_from = fmt::format(
        "from the scatter about the line, with Student's factor for {:.0f} "
        "degrees of freedom",
        out.line.degrees);
  }
  const double b = out.line.parameters[1], error = std::sqrt(of_line(1, 1));
  if (!(b < 0.0))
    out.refused = "the peaks do not move to higher temperatures as the frequency rises";
  else if (-b < 2.0 * error)
    out.refused = fmt::format(
        "the peaks move by less than their errors: 1/E = {:.3g} +- {:.2g} 1/eV", -b, error);
  if (!out.refused.empty()) return out;
  carry_errors(out, of_line);
  if (out.line.lack_of_fit() < 0.01)
    out.doubts = fmt::format(
        "lack of fit: chi^2 = {:.3g} with {:.0f} degrees of freedom (probability {:.1g})",
        out.line.chi_squared, out.line.degrees, out.line.lack_of_fit());
  return out;
}

core::Result to_result(const PeakActivation& fit, const std::vector<PeakPoint>& points) {
  core::Result result;
  result.tables.push_back(line_table(fit, points));
  const std::string n = std::to_string(points.size());
  if (!fit.refused.empty()) {
    for (const char* name : {"E", "ln_f0", "ln_tau0"}) {
      result.quantities.push_back(core::Reported::refused(name, fit.refused));
      result.quantities.back().how["n"] = n;
    }
    return result;
  }
  const core::Measured ln_tau0{-std::log(2.0 * std::numbers::pi) - fit.ln_f0.value,
                               fit.ln_f0.standard_error, "1"};
  std::map<std::string, std::string> how = {
      {"law", "peak_activation"},
      {"n", n},
      {"error", fit.error_from},
      {"regression", "1/(kB T_peak) on ln f: the error is in the temperature"},
      {"covariance", fmt::format("{:.6g} eV of E and ln_f0", fit.covariance)},
      {"interval_E", fmt::format("{:.5g} to {:.5g} eV (68 %)", fit.low, fit.high)},
      {"degrees", fmt::format("{:.0f}", fit.line.degrees)},
  };
  if (fit.line.errors_known) how["chi_squared"] = fmt::format("{:.4g}", fit.line.chi_squared);
  for (const auto& [name, measured] :
       {std::pair{"E", fit.energy}, std::pair{"ln_f0", fit.ln_f0}, std::pair{"ln_tau0", ln_tau0}}) {
    core::Reported reported;
    reported.name = name;
    reported.measured = measured;
    reported.reason = fit.doubts;
    reported.how = how;
    result.quantities.push_back(std::move(reported));
  }
  result.tables.push_back(curve_table(fit, points));
  return result;
}

}  // namespace vitreous::models
