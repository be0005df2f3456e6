// Self intermediate scattering function, per species and of all atoms, and its relaxation time.
//   F_s(q, t) = < sin(q d)/(q d) >, d the displacement over t: the average of exp(i q.d) over all
//   directions of q, over atoms and origins.
// tau_alpha is the time at which F_s has fallen to 1/e.
#pragma once

#include "analysis/pair_observer.hpp"
#include "analysis/species_rows.hpp"
#include "math/phase_average.hpp"

namespace vitreous::analysis {

class IntermediateScattering : public PairObserver {
 public:
  static core::Declaration declaration();
  IntermediateScattering(const core::Options& options, const Setting& setting);

  void observe_pair(const Pair& pair) override;
  core::Result result() const override;

 private:
  core::Reported tau_alpha(const SpeciesRow& row) const;

  double q_;  ///< 1/A
  math::PhaseAverage phase_;
};

}  // namespace vitreous::analysis
