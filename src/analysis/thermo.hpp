// Temperature, pressure, energy, enthalpy, volume and box along a run, and their means.
//   P = trace of the pressure tensor / 3, H = E + P V with the moment's own P and V.
// Means have the errors that their autocorrelation time leaves them.
#pragma once

#include "analysis/observer.hpp"
#include "analysis/thinned_series.hpp"

namespace vitreous::analysis {

class Thermo : public Observer {
 public:
  static constexpr bool from_positions = false;
  static core::Declaration declaration();
  Thermo(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> frame_steps() const override { return steps_; }
  bool needs_thermo() const override { return true; }
  void observe(const core::Frame& frame) override;
  core::Result result() const override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override { series_.transfer(archive); }

 private:
  core::Table table() const;

  double atoms_ = 0.0;
  std::int64_t spacing_;  ///< steps between samples in situ
  std::vector<std::int64_t> steps_;
  ThinnedSeries series_;
  std::vector<double> sample_;  ///< of one moment, kept to save allocations
};

}  // namespace vitreous::analysis
