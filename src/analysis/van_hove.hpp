// Self part of the van Hove function: how far atoms have moved after a few times.
//   G_s(r, t) = < delta(r - d) >/(4 pi r^2), d = |r_i(t0 + t) - r_i(t0)|, over atoms and origins:
//   the probability density of finding an atom at distance r from where it was, integral 1 over
//   space. A Gaussian for a walk; a shoulder or second peak where atoms jump.
#pragma once

#include "analysis/distance_bins.hpp"
#include "analysis/pair_observer.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

class VanHove : public PairObserver {
 public:
  static core::Declaration declaration();
  VanHove(const core::Options& options, const Setting& setting);

  void observe_pair(const Pair& pair) override;
  core::Result result() const override;

 private:
  /// Share of a row's atoms that moved by a distance in this bin; the bin after the last holds
  /// those beyond r_max.
  math::Estimate share(const SpeciesRow& row, std::size_t lag, std::size_t bin) const;

  DistanceBins bins_;
};

}  // namespace vitreous::analysis
