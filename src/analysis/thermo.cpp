#include "analysis/thermo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/lag_grid.hpp"
#include "base/constants.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {
namespace {

/// Automatic sampling: one to two thousand samples, but none closer than the pressure's own memory.
constexpr double most_samples = 2000.0, closest_samples = 0.4;  // ps
/// A steady change along the run that exceeds the fluctuation by so much leaves no mean.
constexpr double largest_trend = 3.0;
/// What scatters by less (relative) was held constant.
constexpr double rounding = 1e-13;

enum Channel : std::size_t {
  time,
  temperature,
  pressure,
  energy,
  enthalpy,
  volume,
  conserved,
  box
};
constexpr std::size_t channels = box + 9;

struct Mean {
  Channel channel;
  const char* name;
  const char* unit;
  const char* sentence;
};
constexpr std::array<Mean, 5> means{
    {{temperature, "T", "K", "mean kinetic temperature"},
     {pressure, "P", "GPa",
      "mean pressure, kinetic part included; where a hold relaxed the box before, the error holds "
      "that of the volume, which `how` tells apart"},
     {energy, "E", "eV/atom", "mean energy, kinetic and potential"},
     {enthalpy, "H", "eV/atom", "mean enthalpy E + P V"},
     {volume, "V", "angstrom^3/atom", "mean volume an atom"}}};

/// Steps between samples. Automatic ones are a power of two, so that a longer run goes on with some
/// of the samples of its beginning.
std::int64_t sampling_spacing(const Timeline& timeline, const core::Options& options) {
  if (options.has("every"))
    return std::max<std::int64_t>(1, std::llround(options.number("every") / timeline.timestep));
  const auto run = static_cast<double>(timeline.last - timeline.first);
  return power_of_two_above(std::max(closest_samples / timeline.timestep, run / most_samples));
}

std::vector<std::int64_t> sampling_steps(const Timeline& timeline, std::int64_t spacing) {
  if (timeline.from_file()) return timeline.steps;
  std::vector<std::int64_t> steps;
  for (auto step = timeline.first; step <= timeline.last; step += spacing) steps.push_back(step);
  return steps;
}

core::Reported mean_of(const Mean& mean, const std::vector<double>& values) {
  if (values.size() < 8)
    return core::Reported::refused(
        mean.name, fmt::format("{} samples, 8 needed for a mean with an error", values.size()));
  const auto n = static_cast<double>(values.size());
  const double slope = math::correlated_slope(values).mean;
  const double change = slope * n;
  double rest = 0.0;
  const double center = math::mean(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double off = values[i] - center - slope * (static_cast<double>(i) - 0.5 * (n - 1.0));
    rest += off * off / (n - 2.0);
  }
  if (std::abs(change) > largest_trend * std::sqrt(rest) && std::abs(change) > 1e-9)
    return core::Reported::refused(
        mean.name,
        fmt::format("it changes steadily along the run, by {:.4g} {}: no mean describes it", change,
                    mean.unit));
  const auto estimate = math::correlated_mean(values);
  core::Reported reported;
  reported.name = mean.name;
  const bool constant = estimate.standard_error <= rounding * std::abs(estimate.mean);
  reported.measured =
      core::Measured{estimate.mean, constant ? 0.0 : estimate.standard_error, mean.unit};
  reported.how["error"] =
      fmt::format("from {:.0f} independent samples (autocorrelation time)", estimate.degrees + 1.0);
  return reported;
}

/// Slope of a channel in time, over `scale`.
core::Reported drift_of(const ThinnedSeries& series, Channel channel, double scale,
                        const std::string& name, const std::string& unit) {
  const auto& t = series.channel(time);
  if (t.size() < 8)
    return core::Reported::refused(name, fmt::format("{} samples, 8 needed for a slope", t.size()));
  const double spacing = scale * (t.back() - t.front()) / static_cast<double>(t.size() - 1);
  const auto slope = math::correlated_slope(series.channel(channel));
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{slope.mean / spacing, slope.standard_error / spacing, unit};
  return reported;
}

bool varies(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(),
                     [&](double v) { return std::abs(v - values[0]) > rounding * values[0]; });
}

}  // namespace

core::Declaration Thermo::declaration() {
  core::Declaration d;
  d.name = "thermo";
  d.one_line = "temperature, pressure, energy, enthalpy, volume and box along the run, and means";
  d.formula = "T = 2 K / (3 (N - 1) kB); P = tr(sum m v v + W) / (3 V); H = E + P V";
  d.options = {
      {"every",
       core::OptionType::number,
       "ps",
       "automatic",
       "time between samples; about a thousandth of the run, at least 0.4 ps, if not given",
       {}}};
  d.columns = {{"time", "ps", "time of the run"},
               {"T", "K", "temperature"},
               {"P", "GPa", "pressure"},
               {"E", "eV/atom", "energy, kinetic and potential"},
               {"H", "eV/atom", "enthalpy"},
               {"V", "angstrom^3/atom", "volume"},
               {"conserved", "eV/atom", "the ensemble's conserved quantity"},
               {"box_xx ... box_zz", "angstrom", "entries of the cell that are not zero"}};
  for (const Mean& mean : means) d.derived.push_back({mean.name, mean.unit, mean.sentence});
  d.derived.push_back({"energy_drift", "eV/(atom ps)", "slope of the conserved quantity"});
  d.derived.push_back({"volume_drift", "1/ps", "relative slope of the volume, where it varies"});
  d.source = "Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.4";
  return d;
}

Thermo::Thermo(const core::Options& options, const Setting& setting)
    : spacing_(sampling_spacing(setting.timeline, options)),
      steps_(sampling_steps(setting.timeline, spacing_)),
      series_(channels),
      sample_(channels) {
  for (const std::size_t count : setting.counts) atoms_ += static_cast<double>(count);
}

void Thermo::observe(const core::Frame& frame) {
  const core::Thermo& now = *frame.thermo;
  const double v = frame.box->volume(), p = math::trace(now.pressure) / 3.0;
  const double e = now.potential_energy + now.kinetic_energy;
  sample_[time] = frame.time;
  sample_[temperature] = now.temperature;
  sample_[pressure] = p * base::eV_per_A3_to_GPa;
  sample_[energy] = e / atoms_;
  sample_[enthalpy] = (e + p * v) / atoms_;
  sample_[volume] = v / atoms_;
  sample_[conserved] = now.conserved / atoms_;
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t col = 0; col < 3; ++col)
      sample_[box + 3 * row + col] = frame.box->cell()(row, col);
  series_.add(sample_);
}

void Thermo::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const Thermo&>(shorter);
  series_.continue_from(before.series_, static_cast<std::size_t>(spacing_ / before.spacing_));
}

core::Table Thermo::table() const {
  core::Table table;
  table.name = "thermo";
  table.columns = {{"time", "ps", series_.channel(time), {}},
                   {"T", "K", series_.channel(temperature), {}},
                   {"P", "GPa", series_.channel(pressure), {}},
                   {"E", "eV/atom", series_.channel(energy), {}},
                   {"H", "eV/atom", series_.channel(enthalpy), {}},
                   {"V", "angstrom^3/atom", series_.channel(volume), {}},
                   {"conserved", "eV/atom", series_.channel(conserved), {}}};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t col = 0; col < 3; ++col) {
      const auto& entry = series_.channel(box + 3 * row + col);
      if (std::all_of(entry.begin(), entry.end(), [](double x) { return x == 0.0; })) continue;
      table.columns.push_back(
          {fmt::format("box_{}{}", "xyz"[row], "xyz"[col]), "angstrom", entry, {}});
    }
  }
  table.how["rows"] = series_.samples_a_row() == 1
                          ? "each a sample of one moment"
                          : fmt::format("each the mean of {} samples", series_.samples_a_row());
  return table;
}

core::Result Thermo::result() const {
  core::Result result;
  result.tables.push_back(table());
  for (const Mean& mean : means)
    result.quantities.push_back(mean_of(mean, series_.channel(mean.channel)));
  result.quantities.push_back(drift_of(series_, conserved, 1.0, "energy_drift", "eV/(atom ps)"));
  const auto& volumes = series_.channel(volume);
  if (varies(volumes))
    result.quantities.push_back(
        drift_of(series_, volume, math::mean(volumes), "volume_drift", "1/ps"));
  return result;
}

}  // namespace vitreous::analysis
