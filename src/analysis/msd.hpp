// Mean square displacement, per species and of all atoms, and from it the diffusion coefficient.
//   MSD(t) = < |r_i(t0 + t) - r_i(t0)|^2 >, averaged over atoms i and origins t0, from unwrapped
//   positions without the drift of the center of mass.
// The state of D needs tau_alpha, so F_s(q, t) is kept beside it at one q.
#pragma once

#include <optional>

#include "analysis/inflection.hpp"
#include "analysis/pair_observer.hpp"
#include "analysis/relaxation_time.hpp"
#include "analysis/species_rows.hpp"
#include "math/phase_average.hpp"

namespace vitreous::analysis {

class Msd : public PairObserver {
 public:
  static core::Declaration declaration();
  Msd(const core::Options& options, const Setting& setting);

  void observe_pair(const Pair& pair) override;
  core::Result result() const override;

  using PairObserver::rows;
  core::Reported diffusion(const SpeciesRow& row) const;
  /// Whether the run is one of a liquid in equilibrium, by its F_s(q, t).
  RunState run_state() const;
  /// Of all atoms, or all of the layer.
  Inflection inflection() const;

 private:
  core::Table table() const;
  std::vector<double> weights_of_all() const;
  std::optional<core::Measured> tau_alpha() const;

  // Channels: one a kind for its MSD, then one a kind for its F_s(q, t).
  double q_, fit_from_;
  math::PhaseAverage phase_;
};

}  // namespace vitreous::analysis
