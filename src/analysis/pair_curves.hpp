// Averages over pairs of moments as functions of the lag, kept by groups of origins so that their
// errors, and the covariances between lags, can be had afterwards. Memory: channels x groups x
// lags.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/archive.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

struct OriginPlan;

class PairCurves {
 public:
  PairCurves() = default;
  /// `channels` quantities at each of the lags (steps); groups and their times come from the plan.
  PairCurves(const OriginPlan& plan, std::vector<std::int64_t> lags, std::size_t channels);

  /// One pair: `values` holds one number a channel.
  void add(std::size_t lag, std::size_t group, const std::vector<double>& values);

  const std::vector<std::int64_t>& lags() const { return lags_; }
  std::size_t groups() const { return groups_; }
  /// Pairs of origins as dense as the plan's; see continue_from.
  double pairs(std::size_t lag, std::size_t group) const { return counts_[at(lag, group)]; }
  double pairs(std::size_t lag) const;
  double mean(std::size_t channel, std::size_t lag) const;
  /// Mean over one group's pairs; it must have some.
  double group_mean(std::size_t channel, std::size_t lag, std::size_t group) const;
  /// Groups that have pairs at this lag, ascending.
  std::vector<std::size_t> groups_with(std::size_t lag) const;
  /// The longest lag (steps) that has pairs; 0 where none has.
  std::int64_t longest_lag() const;
  /// How much of the run (steps) was seen: all of it once it is complete, before at most a group of
  /// origins too much; 0 without pairs.
  std::int64_t seen() const;
  /// That over the whole of the run.
  double share_seen() const;
  /// Mean time (steps) between the starts of neighboring groups.
  double group_spacing() const { return group_spacing_; }
  std::size_t origins_per_group() const { return origins_per_group_; }

  /// The mean over groups of one value a group, weighted by the groups' pairs, with its error (see
  /// `error_method`). `values` belongs to groups_with(lag). `degrees` is 0, and there is no error,
  /// where the run does not hold two independent stretches of this lag. `memory` (steps): how long
  /// what is averaged remembers, where that is known to be longer than the lag.
  math::Estimate error(std::size_t lag, const std::vector<double>& values,
                       double memory = 0.0) const;

  /// The average over channels with these weights: its mean and error at a lag. All zero where the
  /// lag has no pairs yet.
  math::Estimate estimate(std::size_t lag, const std::vector<double>& weights,
                          double memory = 0.0) const;

  /// How `error` works, for a table's `how`.
  static const std::string& error_method();

  /// Adds what another object, of the same channels, learned of the beginning of the same run, at
  /// the lags that both have. Where its origins lay closer than these, each of its pairs counts by
  /// the ratio of the spacings, so that all stretches of time weigh the same.
  void continue_from(const PairCurves& shorter);
  void transfer(core::Archive& archive);

 private:
  std::size_t at(std::size_t lag, std::size_t group) const { return group * lags_.size() + lag; }

  std::vector<std::int64_t> lags_;
  std::size_t channels_ = 0, groups_ = 0, origins_per_group_ = 1;
  double group_spacing_ = 1.0, origin_spacing_ = 1.0;
  std::vector<std::int64_t> group_begin_;  ///< step of each group's first origin
  std::int64_t last_ = 0;                  ///< step of the run
  std::vector<double> counts_;             ///< [group][lag]
  std::vector<double> sums_;               ///< [group][lag][channel]
};

}  // namespace vitreous::analysis
