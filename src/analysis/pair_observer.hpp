// What the observers of pairs of moments share: their lags, and averages over origins at each lag.
#pragma once

#include <string>
#include <vector>

#include "analysis/lane_sum.hpp"
#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"

namespace vitreous::analysis {

class PairObserver : public Observer {
 public:
  static constexpr bool from_positions = true;
  std::vector<std::int64_t> lags() const override { return lags_; }
  void prepare(const OriginPlan& plan) override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override { curves_.transfer(archive); }

 protected:
  /// `channels` numbers are averaged at each of the lags (steps).
  PairObserver(const Setting& setting, std::vector<std::int64_t> lags, std::size_t channels)
      : setting_(setting), lags_(std::move(lags)), values_(channels) {}

  /// Channels first, first + 1, ...: the mean of term(d^2) over each kind's atoms, d^2 the squared
  /// displacement (A^2).
  template <class Term>
  void average(const Pair& pair, std::size_t first, const Term& term) {
    const double* d2 = pair.distance2.data();
    for (std::size_t kind = 0; kind < setting_.kinds.size(); ++kind)
      values_[first + kind] = lane_mean(pair.begin[kind], pair.begin[kind + 1],
                                        [&](std::size_t i) { return term(d2[i]); });
  }

  double lag_time(std::size_t lag) const {
    return static_cast<double>(lags_[lag]) * setting_.timeline.timestep;  // ps
  }

  Setting setting_;
  std::vector<std::int64_t> lags_;
  std::string origins_;         ///< how origins were chosen
  PairCurves curves_;           ///< the channels' averages
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
