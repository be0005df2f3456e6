// Mean square displacement, per species and of all atoms, and from it the diffusion coefficient.
//   MSD(t) = < |r_i(t0 + t) - r_i(t0)|^2 >, averaged over atoms i and origins t0, from unwrapped
//   positions without the drift of the center of mass.
// The state of D needs tau_alpha, so F_s(q, t) is kept beside it at one q.
#pragma once

#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"
#include "analysis/species_rows.hpp"
#include "math/sinc.hpp"

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
  core::Reported diffusion(const SpeciesRow& row) const;

  Setting setting_;
  std::vector<std::int64_t> lags_;
  std::string origins_;  ///< how origins were chosen
  double q_, fit_from_;
  math::SincOfSquare sinc_;
  PairCurves curves_;           ///< a channel a kind for its MSD, then one a kind for its F_s(q, t)
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
