#include "stage/ramp_record.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

#include "math/drifting_mean.hpp"

namespace vitreous::stage {

RampRecord::RampRecord(std::vector<RampInterval> intervals, double pressure)
    : intervals_(std::move(intervals)), pressure_(pressure) {}

std::int64_t RampRecord::spacing(const RampInterval& interval) const {
  return std::max(closest_samples, (interval.end - interval.begin) / samples_an_interval);
}

std::int64_t RampRecord::next_step(std::int64_t after) const {
  const auto interval = std::find_if(intervals_.begin(), intervals_.end(),
                                     [&](const RampInterval& i) { return after < i.end; });
  if (interval == intervals_.end()) return std::numeric_limits<std::int64_t>::max();
  // Samples stand at begin + k spacing, k >= 1, and at the interval's end.
  if (after < interval->begin) return std::min(interval->end, interval->begin + spacing(*interval));
  const std::int64_t k = (after - interval->begin) / spacing(*interval) + 1;
  return std::min(interval->end, interval->begin + k * spacing(*interval));
}

void RampRecord::take(std::int64_t step, const core::Thermo& thermo, double volume,
                      std::size_t atoms) {
  const auto n = static_cast<double>(atoms);
  step_.push_back(step);
  temperature_.push_back(thermo.temperature);
  volume_.push_back(volume / n);
  enthalpy_.push_back((thermo.potential_energy + thermo.kinetic_energy + pressure_ * volume) / n);
}

core::Table RampRecord::table() const {
  std::vector<double> target;
  core::Column temperature{"temperature", "K", std::vector<double>{}, {}};
  core::Column volume{"V", "angstrom^3/atom", std::vector<double>{}, {}};
  core::Column enthalpy{"H", "eV/atom", std::vector<double>{}, {}};
  for (const RampInterval& interval : intervals_) {
    const auto first = std::upper_bound(step_.begin(), step_.end(), interval.begin);
    const auto last = std::upper_bound(step_.begin(), step_.end(), interval.end);
    if (step_.empty() || step_.back() < interval.end || last - first < 2) continue;
    const auto begin = static_cast<std::size_t>(first - step_.begin());
    const auto count = static_cast<std::size_t>(last - first);
    const auto add = [&](core::Column& column, const std::vector<double>& samples) {
      const auto estimate = math::mean_about_a_line(std::span(samples).subspan(begin, count));
      std::get<std::vector<double>>(column.values).push_back(estimate.mean);
      column.standard_error.push_back(estimate.standard_error);
    };
    target.push_back(interval.target);
    add(temperature, temperature_);
    add(volume, volume_);
    add(enthalpy, enthalpy_);
  }
  core::Table table;
  table.name = "ramp";
  table.columns = {{"target", "K", target, {}}, temperature, volume, enthalpy};
  table.how = {{"errors",
                "scatter of an interval's samples about their line, with their "
                "autocorrelation"},
               {"enthalpy", "(E + P V)/N with the barostat's target pressure"}};
  return table;
}

void RampRecord::transfer(core::Archive& archive) {
  archive.transfer("step", step_);
  archive.transfer("temperature", temperature_);
  archive.transfer("volume", volume_);
  archive.transfer("enthalpy", enthalpy_);
}

}  // namespace vitreous::stage
