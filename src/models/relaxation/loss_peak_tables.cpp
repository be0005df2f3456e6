#include "models/relaxation/loss_peak_tables.hpp"

#include <cmath>

namespace vitreous::models {

core::Table loss_peak_table(const std::vector<LossPeak>& peaks) {
  core::Table table{
      "peaks",
      {core::number_column("frequency", "Hz"), core::number_column("T_peak", "K", true),
       core::number_column("statistical_error", "K", true),
       core::number_column("window_spread", "K", true),
       core::number_column("signal_to_noise", "1", true), core::number_column("points", "1"),
       core::word_column("reason")},
      {{"T_peak", "where the cubic above the background is highest"}}};
  for (const auto& peak : peaks) {
    const bool there = peak.refused.empty();
    const auto cell = [&](double value) { return there ? value : std::nan(""); };
    core::add_cell(table.columns[0], peak.frequency);
    core::add_cell(table.columns[1], cell(peak.temperature));
    table.columns[1].standard_error.push_back(cell(peak.standard_error));
    core::add_cell(table.columns[2], cell(peak.statistical_error));
    core::add_cell(table.columns[3], cell(peak.window_spread));
    core::add_cell(table.columns[4], peak.noise > 0.0 ? cell(peak.height / peak.noise) : NAN);
    core::add_cell(table.columns[5], static_cast<double>(peak.points));
    core::add_cell(table.columns[6], peak.refused);
  }
  return table;
}

core::Table loss_spectrum_table(const std::vector<LossPeak>& peaks, const std::string& unit) {
  core::Table table{
      "spectra",
      {core::number_column("frequency", "Hz"), core::number_column("temperature", "K"),
       core::number_column("loss_modulus", unit), core::number_column("background", unit, true),
       core::number_column("fit", unit, true)},
      {}};
  for (const auto& peak : peaks)
    for (std::size_t k = 0; k < peak.curve_temperature.size(); ++k) {
      const double row[] = {peak.frequency, peak.curve_temperature[k], peak.curve_loss[k],
                            peak.curve_background.empty() ? NAN : peak.curve_background[k],
                            peak.curve_fit.empty() ? NAN : peak.curve_fit[k]};
      for (std::size_t c = 0; c < 5; ++c) core::add_cell(table.columns[c], row[c]);
    }
  return table;
}

}  // namespace vitreous::models
