// Volume and enthalpy along a ramp: what the glass transition is read from.
#pragma once

#include "core/archive.hpp"
#include "core/frame.hpp"
#include "core/result.hpp"
#include "stage/ramp.hpp"

namespace vitreous::stage {

/// Averages over each interval of a ramp. H = (E_potential + E_kinetic + P V)/N with the barostat's
/// target P; V = volume/N. An interval's standard error comes from the scatter of its samples about
/// their own straight line, with their autocorrelation.
class RampRecord {
 public:
  RampRecord() = default;
  /// `pressure` in eV/A^3.
  RampRecord(std::vector<RampInterval> intervals, double pressure);

  /// The first step > `after`, since the ramp's start, at which a sample is wanted; INT64_MAX where
  /// none is.
  std::int64_t next_step(std::int64_t after) const;
  /// `step` since the ramp's start.
  void take(std::int64_t step, const core::Thermo& thermo, double volume, std::size_t atoms);

  /// Columns target, temperature, V, H; a row for each interval that is complete.
  core::Table table() const;
  void transfer(core::Archive& archive);

 private:
  static constexpr std::int64_t samples_an_interval = 20;
  static constexpr std::int64_t closest_samples = 50;  ///< steps

  std::int64_t spacing(const RampInterval& interval) const;

  std::vector<RampInterval> intervals_;
  double pressure_ = 0.0;
  std::vector<std::int64_t> step_;  ///< of each sample, ascending
  std::vector<double> temperature_, volume_, enthalpy_;
};

}  // namespace vitreous::stage
