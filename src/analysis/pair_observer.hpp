// What the observers of pairs of moments share: their lags, and averages over origins at each lag.
#pragma once

#include <string>
#include <vector>

#include "analysis/lane_sum.hpp"
#include "analysis/observer.hpp"
#include "analysis/pair_curves.hpp"
#include "analysis/slab_layer.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

class PairObserver : public Observer {
 public:
  static constexpr bool from_positions = true;
  std::vector<std::int64_t> frame_steps() const override {
    return layer_ ? layer_->steps() : std::vector<std::int64_t>{};
  }
  std::vector<std::int64_t> lags() const override { return lags_; }
  void observe(const core::Frame& frame) override { layer_->watch(frame); }
  void prepare(const OriginPlan& plan) override;
  void continue_from(const Observer& shorter) override;
  void transfer(core::Archive& archive) override;

 protected:
  /// `channels` numbers are averaged at each of the lags (steps), over the atoms of `layer` where
  /// there is one.
  PairObserver(const Setting& setting, std::vector<std::int64_t> lags, std::size_t channels,
               std::optional<SlabLayer> layer = {})
      : setting_(setting), layer_(std::move(layer)), lags_(std::move(lags)), values_(channels) {}

  /// Of the displacements: along the surface in a layer.
  int dimensions() const { return layer_ ? 2 : 3; }
  /// Of the atoms that are looked at; of a layer, as many of each kind as it holds on the average.
  std::vector<SpeciesRow> rows() const;
  /// A table of one row a species and lag; see lag_table.
  core::Table curve_table(
      const std::string& name, const std::string& unit,
      const std::function<math::Estimate(const SpeciesRow&, std::size_t)>& estimate) const;
  /// What is known of how a quantity was observed.
  void tell_how(std::map<std::string, std::string>& how) const;
  /// Looks for the layer's atoms; false where the pair has none of some kind, and is left out.
  bool has_members(const Pair& pair);

  /// Channels first, first + 1, ...: the mean of term(d^2) over each kind's atoms, d^2 the squared
  /// displacement (A^2).
  template <class Term>
  void average(const Pair& pair, std::size_t first, const Term& term) {
    for (std::size_t kind = 0; kind < setting_.kinds.size(); ++kind) {
      const double* d2 = layer_ ? layer_->distance2(kind).data() : pair.distance2.data();
      const std::size_t begin = layer_ ? 0 : pair.begin[kind],
                        end = layer_ ? layer_->distance2(kind).size() : pair.begin[kind + 1];
      values_[first + kind] = lane_mean(begin, end, [&](std::size_t i) { return term(d2[i]); });
    }
  }

  double lag_time(std::size_t lag) const {
    return static_cast<double>(lags_[lag]) * setting_.timeline.timestep;  // ps
  }

  Setting setting_;
  std::optional<SlabLayer> layer_;
  std::vector<std::int64_t> lags_;
  std::string origins_;         ///< how origins were chosen
  PairCurves curves_;           ///< the channels' averages
  std::vector<double> values_;  ///< of one pair, kept to save allocations
};

}  // namespace vitreous::analysis
