// Non-Gaussian parameter of the displacements, per species and of all atoms.
//   alpha_2(t) = 3 <d^4> / (5 <d^2>^2) - 1, d the displacement over t: zero for a Gaussian walk and
//   in free flight; its maximum tells when the motion is most heterogeneous.
#pragma once

#include "analysis/pair_observer.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

class NonGaussian : public PairObserver {
 public:
  static core::Declaration declaration();
  NonGaussian(const core::Options& options, const Setting& setting);

  void observe_pair(const Pair& pair) override;
  core::Result result() const override;

 private:
  math::Estimate alpha(const SpeciesRow& row, std::size_t lag) const;
  core::Reported maximum(const SpeciesRow& row) const;
  // Channels: <d^2> of each kind, then <d^4> of each kind.
};

}  // namespace vitreous::analysis
