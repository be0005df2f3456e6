#include "analysis/viscosity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/error_degrees.hpp"
#include "analysis/finite_size.hpp"
#include "analysis/lag_grid.hpp"
#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

/// Unless told otherwise; eight independent stretches, the fewest, are then longer than it is.
constexpr double longest_lag_of_stress = 0.25;  // of the run
/// Origins that are kept at once.
constexpr double most_starts = 1000.0;
/// One (eV/A^3) ps in Pa s.
constexpr double to_Pa_s = base::eV_per_A3_to_GPa * 1e-3;

/// The integral has risen where it is at this share of its end, 1 - 1/e^2; the fit waits so many
/// times as long.
constexpr double risen = 0.8646647, rises_waited = 3.0;

enum StressCurve : std::size_t { moved, integral, correlation };
constexpr std::size_t curves = 3;

std::int64_t samples_apart(const core::Options& options, const Timeline& timeline) {
  const double every = options.number("every") / timeline.timestep;
  if (!(every > 0.0))
    throw base::InputError(
        fmt::format("every = {:.6g} ps is no time between samples", options.number("every")));
  return std::max<std::int64_t>(1, std::llround(every));
}

std::vector<std::int64_t> steps_of(const Timeline& timeline, std::int64_t spacing) {
  std::vector<std::int64_t> steps;
  for (auto step = timeline.first; step <= timeline.last; step += spacing) steps.push_back(step);
  return steps;
}

/// Of samples 0, 1, 2, ...: as the frames of a file.
Timeline in_samples(std::size_t samples, double interval) {
  Timeline timeline{interval, 0, static_cast<std::int64_t>(samples) - 1, {}};
  timeline.steps.resize(samples);
  std::iota(timeline.steps.begin(), timeline.steps.end(), std::int64_t{0});
  return timeline;
}

OriginPlan plan_of(const Timeline& timeline, const std::vector<std::int64_t>& lags,
                   std::int64_t every) {
  OriginPlan plan;
  plan.timeline = timeline;
  plan.lags = lags;
  for (std::int64_t at = 0; at <= timeline.last; at += every) plan.origins.push_back(at);
  plan.groups = std::min(OriginPlan::most_groups, plan.origins.size());
  for (std::size_t i = 0; i < plan.origins.size(); ++i)
    plan.group.push_back(i * plan.groups / plan.origins.size());
  plan.description = fmt::format("{} origins, one every {:.6g} ps", plan.origins.size(),
                                 static_cast<double>(every) * timeline.timestep);
  return plan;
}

std::array<double, 5> shear_of(const core::Mat3& p) {
  return {0.5 * (p(0, 1) + p(1, 0)), 0.5 * (p(0, 2) + p(2, 0)), 0.5 * (p(1, 2) + p(2, 1)),
          0.5 * (p(0, 0) - p(1, 1)), (2.0 * p(2, 2) - p(0, 0) - p(1, 1)) / (2.0 * std::sqrt(3.0))};
}

}  // namespace

core::Declaration Viscosity::declaration() {
  core::Declaration d;
  d.name = "viscosity";
  d.one_line = "shear viscosity from the fluctuations of the stress (Green and Kubo)";
  d.formula =
      "eta = V/(kB T) int <p(0) p(t)> dt = V/(2 kB T) d<(G(t0 + t) - G(t0))^2>/dt, G = int p dt, p "
      "the five shear components of the pressure tensor";
  d.options = {{"every",
                core::OptionType::number,
                "ps",
                "0.02 ps",
                "time between samples; vibrations up to 25 THz leave the integral alone",
                {}},
               {"max_time",
                core::OptionType::number,
                "ps",
                "automatic",
                "the longest lag; a quarter of the run if not given",
                {}},
               {"fit_from",
                core::OptionType::number,
                "ps",
                "0.3 ps",
                "the earliest lag of the fit; later where the integral still rises",
                {}}};
  d.columns = {
      {"time", "ps", "lag"},
      {"stress_correlation", "GPa^2", "<p(0) p(t)> with its standard error"},
      {"integral", "Pa s", "V/(kB T) times its integral up to t, with its standard error"}};
  d.derived = {{"eta", "Pa s", "shear viscosity"},
               {"D_shift", "m^2/s",
                "what a periodic cube of this size takes off D: 2.837297 kB T/(6 pi eta L)"},
               {"D_infinite", "m^2/s", "D + D_shift, where msd is observed too"},
               {"D_infinite.<species>", "m^2/s", "the same for a species"}};
  d.source =
      "Daivis and Evans, J. Chem. Phys. 100, 541 (1994); Helfand, Phys. Rev. 119, 1 (1960); Yeh "
      "and Hummer, J. Phys. Chem. B 108, 15873 (2004)";
  return d;
}

Viscosity::Viscosity(const core::Options& options, const Setting& setting)
    : fit_from_(options.number("fit_from")) {
  const std::int64_t spacing = samples_apart(options, setting.timeline);
  steps_ =
      setting.timeline.from_file() ? setting.timeline.steps : steps_of(setting.timeline, spacing);
  interval_ = static_cast<double>(spacing) * setting.timeline.timestep;
  const Timeline timeline = in_samples(steps_.size(), interval_);
  lags_ = log_lags(timeline, max_time(options), longest_lag_of_stress);
  origin_every_ = power_of_two_above(static_cast<double>(lags_.back()) / most_starts);
  plan_ = plan_of(timeline, lags_, origin_every_);
  curves_ = PairCurves(plan_, lags_, curves);
}

void Viscosity::observe(const core::Frame& frame) {
  const core::Thermo& now = *frame.thermo;
  const Shear p = shear_of(now.pressure);
  if (samples_ > 0)
    for (std::size_t k = 0; k < p.size(); ++k)
      moment_[k] += 0.5 * interval_ * (pressure_[k] + p[k]);
  pressure_ = p;
  volume_sum_ += frame.box->volume();
  temperature_sum_ += now.temperature;
  skew_ = std::max(skew_, difference_from_cube(*frame.box));

  const std::int64_t every = origin_every_;
  const std::int64_t latest = (samples_ + every - 1) / every - 1;  ///< of the origins before now
  std::vector<double> values(curves);
  for (std::size_t lag = 0; lag < lags_.size(); ++lag) {
    const std::int64_t at = samples_ - lags_[lag];
    if (at < 0 || at % every != 0) continue;
    const auto back = static_cast<std::size_t>(latest - at / every);
    if (back >= alive_.size()) continue;  // dropped by a run that was to be shorter
    const Origin& origin = alive_[alive_.size() - 1 - back];
    std::fill(values.begin(), values.end(), 0.0);
    for (std::size_t k = 0; k < p.size(); ++k) {
      const double step = moment_[k] - origin.moment[k];
      values[moved] += 0.2 * step * step;
      values[integral] += 0.1 * (p[k] + origin.pressure[k]) * step;
      values[correlation] += 0.2 * p[k] * origin.pressure[k];
    }
    curves_.add(lag, plan_.group[static_cast<std::size_t>(at / every)], values);
  }
  if (samples_ % every == 0) {
    alive_.push_back({pressure_, moment_});
    if (static_cast<std::int64_t>(alive_.size()) > lags_.back() / every + 1) alive_.pop_front();
  }
  ++samples_;
}

/// V/(kB T) in Pa s a (eV/A^3)^2 ps; empty before the first sample.
std::optional<double> Viscosity::to_viscosity() const {
  if (samples_ == 0) return std::nullopt;
  return volume_sum_ / (base::boltzmann * temperature_sum_) * to_Pa_s;
}

std::optional<double> Viscosity::rise_time(double value) const {
  for (std::size_t lag = 0; lag < lags_.size(); ++lag)
    if (curves_.pairs(lag) > 0 && curves_.mean(integral, lag) >= value)
      return static_cast<double>(lags_[lag]) * interval_;
  return std::nullopt;
}

DiffusionFit Viscosity::fit(double to_viscosity) const {
  constexpr int most_rounds = 20;
  DiffusionInput input;
  input.curves = &curves_;
  input.weights = {1.0, 0.0, 0.0};
  input.atoms = 5.0;
  input.dimensions = 1;
  input.timestep = interval_;
  input.fit_from = fit_from_;
  input.later_if_affordable = false;
  input.words = {"eta", "Pa s", to_viscosity, "the integral of the stress correlation still rises"};
  for (int round = 0;; ++round) {
    DiffusionFit fit = fit_diffusion(input);
    if (!fit.fitted) return fit;
    const auto rise = rise_time(risen * fit.D);
    const double wanted = rise ? rises_waited * *rise : std::numeric_limits<double>::infinity();
    if (fit.from >= wanted * (1.0 - 1e-9)) return fit;
    if (wanted > static_cast<double>(lags_.back()) * interval_ || round == most_rounds) {
      fit.refusal = fmt::format(
          "the memory of the stress is too long for this run: its integral rises over {} ps, and "
          "lags end at {:.3g} ps",
          rise ? fmt::format("{:.3g}", *rise) : "many",
          static_cast<double>(lags_.back()) * interval_);
      return fit;
    }
    input.fit_from = wanted;
  }
}

core::Reported Viscosity::eta() const {
  const auto factor = to_viscosity();
  if (!factor) return core::Reported::refused("eta", "nothing was observed yet");
  const DiffusionFit fit = this->fit(*factor);
  core::Reported reported;
  if (fit.only_upper_bound) {
    reported = core::Reported::refused(
        "eta", fmt::format("the integral of the stress correlation has no plateau above zero "
                           "within {:.3g} ps",
                           static_cast<double>(lags_.back()) * interval_));
  } else if (!fit.refusal.empty()) {
    reported = core::Reported::refused("eta", fit.refusal);
  } else {
    reported.name = "eta";
    reported.measured = core::Measured{fit.D * *factor, fit.standard_error * *factor, "Pa s"};
    // Where the stress forgets itself within a small part of the run, the liquid is relaxed.
    reported.state = "equilibrium";
    tell_doubt(reported, fit);
    set_error_degrees(reported, fit.degrees);
  }
  if (fit.fitted) {
    reported.how["window"] = fmt::format("lags {:.3g} to {:.3g} ps of a run of {:.4g} ps", fit.from,
                                         fit.to, static_cast<double>(curves_.seen()) * interval_);
    reported.how["error"] = fmt::format(
        "{:.1f} independent stretches of time, {:.1f} degrees of freedom, scatter {:.2f} times "
        "that of a Gaussian walk",
        fit.independent, fit.degrees, fit.scatter);
  }
  reported.how["origins"] = plan_.description;
  return reported;
}

core::Table Viscosity::table() const {
  const double GPa2 = base::eV_per_A3_to_GPa * base::eV_per_A3_to_GPa;
  std::vector<double> time, stress, stress_error, sum, sum_error;
  for (std::size_t lag = 0; lag < lags_.size() && samples_ > 0; ++lag) {
    const auto of_stress = curves_.estimate(lag, {0.0, 0.0, 1.0});
    const auto of_sum = curves_.estimate(lag, {0.0, 1.0, 0.0});
    if (of_stress.degrees == 0.0) continue;
    time.push_back(static_cast<double>(lags_[lag]) * interval_);
    stress.push_back(of_stress.mean * GPa2);
    stress_error.push_back(of_stress.standard_error * GPa2);
    sum.push_back(of_sum.mean * *to_viscosity());
    sum_error.push_back(of_sum.standard_error * *to_viscosity());
  }
  core::Table table;
  table.name = "viscosity";
  table.columns = {{"time", "ps", time, {}},
                   {"stress_correlation", "GPa^2", stress, stress_error},
                   {"integral", "Pa s", sum, sum_error}};
  table.how = {{"origins", plan_.description}, {"errors", PairCurves::error_method()}};
  return table;
}

core::Result Viscosity::result() const {
  core::Result result;
  result.tables.push_back(table());
  const core::Reported viscosity = eta();
  core::Reported shift;
  if (!viscosity.measured) {
    shift = core::Reported::refused("D_shift", "no viscosity: " + viscosity.reason);
  } else if (skew_ > largest_difference_from_cube) {
    shift = core::Reported::refused("D_shift", "the box is no cube, and 2.837297 is a cube's");
  } else {
    const auto n = static_cast<double>(samples_);
    shift.name = "D_shift";
    shift.measured =
        finite_size_shift(temperature_sum_ / n, *viscosity.measured, std::cbrt(volume_sum_ / n));
    shift.state = viscosity.state;
    set_error_degrees(shift, error_degrees(viscosity));
    shift.how["length"] = fmt::format("{:.4g} A", std::cbrt(volume_sum_ / n));
  }
  result.quantities = {viscosity, shift};
  return result;
}

void Viscosity::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const Viscosity&>(shorter);
  curves_.continue_from(before.curves_);
  samples_ = before.samples_;
  volume_sum_ = before.volume_sum_;
  temperature_sum_ = before.temperature_sum_;
  skew_ = before.skew_;
  pressure_ = before.pressure_;
  moment_ = before.moment_;
  const auto alive = static_cast<std::int64_t>(before.alive_.size());
  const std::int64_t latest = (samples_ - 1) / before.origin_every_;
  for (std::int64_t k = 0; k < alive; ++k) {
    const std::int64_t at = (latest - (alive - 1 - k)) * before.origin_every_;  // in samples
    if (at % origin_every_ == 0) alive_.push_back(before.alive_[static_cast<std::size_t>(k)]);
  }
}

void Viscosity::transfer(core::Archive& archive) {
  curves_.transfer(archive);
  archive.transfer("samples", samples_);
  archive.transfer("volume_sum", volume_sum_);
  archive.transfer("temperature_sum", temperature_sum_);
  archive.transfer("skew", skew_);
  std::vector<double> now(pressure_.begin(), pressure_.end()), origins;
  now.insert(now.end(), moment_.begin(), moment_.end());
  for (const Origin& origin : alive_) {
    origins.insert(origins.end(), origin.pressure.begin(), origin.pressure.end());
    origins.insert(origins.end(), origin.moment.begin(), origin.moment.end());
  }
  archive.transfer("now", now);
  archive.transfer("origins", origins);
  const auto read = [](const std::vector<double>& from, std::size_t at) {
    Origin origin;
    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at), 5, origin.pressure.begin());
    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at) + 5, 5, origin.moment.begin());
    return origin;
  };
  if (now.size() != 10 || origins.size() % 10 != 0)
    throw base::RunError("the saved stresses are not complete");
  pressure_ = read(now, 0).pressure;
  moment_ = read(now, 0).moment;
  alive_.clear();
  for (std::size_t at = 0; at < origins.size(); at += 10) alive_.push_back(read(origins, at));
}

}  // namespace vitreous::analysis
