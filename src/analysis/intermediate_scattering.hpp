// Self intermediate scattering function, per species and of all atoms, and its relaxation time.
//   F_s(q, t) = < sin(q d)/(q d) >, d the displacement over t: the average of exp(i q.d) over all
//   directions of q, over atoms and origins.
// tau_alpha is the time at which F_s has fallen to 1/e.
#pragma once

#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"
#include "analysis/species_rows.hpp"
#include "math/sinc.hpp"

namespace vitreous::analysis {

class IntermediateScattering : public Observer {
 public:
  static core::Declaration declaration();
  IntermediateScattering(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> lags() const override { return lags_; }
  void prepare(const OriginPlan& plan) override;
  void observe_pair(const Pair& pair) override;
  core::Result result() const override;
  void transfer(core::Archive& archive) override { curves_.transfer(archive); }

 private:
  core::Reported tau_alpha(const SpeciesRow& row) const;

  Setting setting_;
  std::vector<std::int64_t> lags_;
  std::string origins_;  ///< how origins were chosen
  double q_;             ///< 1/A
  math::SincOfSquare sinc_;
  PairCurves curves_;           ///< a channel a kind
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
