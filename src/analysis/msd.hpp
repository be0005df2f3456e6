// Mean square displacement, per species and of all atoms, and from it the diffusion coefficient.
//   MSD(t) = < |r_i(t0 + t) - r_i(t0)|^2 >, averaged over atoms i and origins t0, from unwrapped
//   positions without the drift of the center of mass.
#pragma once

#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"

namespace vitreous::analysis {

class Msd : public Observer {
 public:
  static core::Declaration declaration();
  Msd(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> lags() const override { return lags_; }
  void prepare(const OriginPlan& plan) override;
  void observe_pair(const Pair& pair) override;
  core::Result result() const override;
  void transfer(core::Archive& archive) override { curves_.transfer(archive); }

 private:
  core::Table table() const;

  Setting setting_;
  std::vector<std::int64_t> lags_;
  std::string origins_;         ///< how origins were chosen
  PairCurves curves_;           ///< one channel a kind
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
