// What an observer sums over frames, channel by channel and in groups of frames that are neighbors
// in time: means and ratios with errors from the groups' scatter and autocorrelation time.
#pragma once

#include <optional>

#include "analysis/frame_plan.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {

class FrameSums {
 public:
  explicit FrameSums(FramePlan plan, std::size_t channels = 0);

  const FramePlan& plan() const { return plan_; }
  std::size_t channels() const { return plan_.groups ? sums_.size() / plan_.groups : 0; }
  /// More channels at the end, all zero.
  void add_channels(std::size_t more);

  /// What is added from here on is of this frame.
  void begin(std::int64_t step);
  void add(std::size_t channel, double value) { sums_[channel * plan_.groups + group_] += value; }

  double frames() const;  ///< begun
  /// Whether enough groups have frames for an error.
  bool has_errors() const { return filled() >= FramePlan::fewest_frames; }

  /// Of each group that has frames: the number of these, or a channel's sum.
  std::vector<double> frames_of_groups() const;
  std::vector<double> sums_of_groups(std::size_t channel) const;
  /// Adds a channel's sums to those of others.
  void add_sums(std::size_t channel, double weight, std::vector<double>& to) const;
  /// A channel a frame. Needs `has_errors()`.
  math::Estimate mean(std::size_t channel) const;

  /// Goes on from the sums of a shorter run, channel by channel; there may be more of them here.
  void continue_from(const FrameSums& shorter);
  void transfer(core::Archive& archive);

 private:
  std::size_t filled() const;

  FramePlan plan_;
  std::size_t group_ = 0;             ///< of the present frame
  std::vector<std::int64_t> frames_;  ///< of each group
  std::vector<double> sums_;          ///< [channel][group]
};

/// Of two sums of groups; empty where too few groups hold anything to divide by.
std::optional<math::Estimate> ratio_of_groups(const std::vector<double>& a,
                                              const std::vector<double>& b);

}  // namespace vitreous::analysis
