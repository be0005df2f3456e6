// Non-Gaussian parameter of the displacements, per species and of all atoms.
//   alpha_2(t) = 3 <d^4> / (5 <d^2>^2) - 1, d the displacement over t: zero for a Gaussian walk and
//   in free flight; its maximum tells when the motion is most heterogeneous.
#pragma once

#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

class NonGaussian : public Observer {
 public:
  static core::Declaration declaration();
  NonGaussian(const core::Options& options, const Setting& setting);

  std::vector<std::int64_t> lags() const override { return lags_; }
  void prepare(const OriginPlan& plan) override;
  void observe_pair(const Pair& pair) override;
  core::Result result() const override;
  void transfer(core::Archive& archive) override { curves_.transfer(archive); }

 private:
  math::Estimate alpha(const SpeciesRow& row, std::size_t lag) const;
  core::Reported maximum(const SpeciesRow& row) const;

  Setting setting_;
  std::vector<std::int64_t> lags_;
  std::string origins_;         ///< how origins were chosen
  PairCurves curves_;           ///< <d^2> of each kind, then <d^4> of each kind
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
