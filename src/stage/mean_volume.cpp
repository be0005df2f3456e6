#include "stage/mean_volume.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "base/constants.hpp"
#include "math/statistics.hpp"

namespace vitreous::stage {
namespace {

constexpr std::size_t fewest_samples = 8;

/// `error` in the quantity's unit, independent of its own.
void add_error(core::Reported& quantity, double error, const std::string& cause) {
  core::Measured& measured = *quantity.measured;
  quantity.how["volume"] =
      fmt::format("{}; at this volume alone the error is {:.2g} {}, to which it adds {:.2g} {}",
                  cause, measured.standard_error, measured.unit, error, measured.unit);
  measured.standard_error = std::hypot(measured.standard_error, error);
}

}  // namespace

void MeanVolume::take(double volume) {
  samples_.push_back(volume);
  sum_ += volume;
  ++count_;
}

double MeanVolume::mean() const { return sum_ / static_cast<double>(count_); }

MeanVolume::Errors MeanVolume::errors(double temperature) const {
  if (samples_.size() < fewest_samples || std::ssize(samples_) != count_) return {};
  const math::Estimate estimate = math::correlated_mean(samples_);
  const double error = estimate.standard_error / math::student_factor(estimate.degrees);
  if (!(error > 0.0)) return {};
  // n var(V) = var(V)^2 / s_V^2, where n is one more than the degrees of freedom.
  const double variance = error * error * (estimate.degrees + 1.0);
  return {estimate.standard_error, base::boltzmann * temperature * error / variance};
}

void MeanVolume::widen(core::Result& result, double temperature, std::size_t atoms) const {
  const Errors found = errors(temperature);
  if (!(found.volume > 0.0)) return;
  const double each = 1.0 / static_cast<double>(atoms);
  const std::string cause =
      fmt::format("held at a mean volume that is known to {:.2g} %", 100.0 * found.volume / mean());
  for (core::Reported& quantity : result.quantities) {
    if (!quantity.measured) continue;
    if (quantity.name == "V") add_error(quantity, found.volume * each, cause);
    if (quantity.name == "P") add_error(quantity, found.pressure * base::eV_per_A3_to_GPa, cause);
    if (quantity.name == "H") add_error(quantity, found.pressure * mean() * each, cause);
  }
}

void MeanVolume::transfer(core::Archive& archive) {
  archive.transfer("volume_sum", sum_);
  // A checkpoint of before samples were kept holds their count, not below zero, and none of them.
  std::int64_t kept = -1 - count_;
  archive.transfer("volume_samples", kept);
  count_ = kept < 0 ? -1 - kept : kept;
  if (kept < 0) archive.transfer("volumes", samples_);
}

}  // namespace vitreous::stage
