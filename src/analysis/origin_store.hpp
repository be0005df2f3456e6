// The moments that later frames are compared with: one store for all observers of a branch.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// Which origins are kept, fixed before the first frame. In situ about 100 to 200 evenly spaced
/// origins a run, a power of two of steps apart, at most 64 alive at once; on files every frame is
/// an origin as long as the snapshots that are alive stay below `origin_memory`, else every k-th.
struct OriginPlan {
  std::vector<std::int64_t> origins;  ///< steps, ascending
  std::vector<std::int64_t> lags;     ///< union over the observers, ascending
  std::vector<std::size_t> group;     ///< of each origin: contiguous in time, at most 256
  std::size_t groups = 0;
  Timeline timeline;
  std::string description;  ///< for the results: how origins were chosen

  static constexpr std::size_t most_groups = 256;
  static constexpr std::size_t most_alive_in_situ = 64;
  static constexpr double origin_memory = 1073741824.0;  ///< bytes

  /// `lags` ascending and not empty.
  static OriginPlan make(const Timeline& timeline, std::vector<std::int64_t> lags,
                         std::size_t atoms);
};

class OriginStore {
 public:
  OriginStore() = default;
  OriginStore(OriginPlan plan, const Setting& setting);

  const OriginPlan& plan() const { return plan_; }
  /// Every step at which a frame is an origin or lies a lag after one.
  const std::vector<std::int64_t>& frame_steps() const { return frame_steps_; }

  /// Calls visit(pair) for each pair that this frame completes (`pair.lag` indexes the plan's
  /// lags), then keeps the frame if it is an origin and drops origins that no later frame needs.
  using Visit = std::function<void(const Pair&)>;
  void take(const core::Frame& frame, const Visit& visit);

  /// Takes over the origins that another store, of the beginning of the same run, still keeps and
  /// that are origins here too.
  void continue_from(const OriginStore& shorter);
  void transfer(core::Archive& archive);

 private:
  bool is_origin(std::int64_t step) const;
  void snapshot(const core::Frame& frame, Snapshot& out);
  void squared_displacements(const Snapshot& origin, const Snapshot& now);

  OriginPlan plan_;
  std::vector<std::int64_t> frame_steps_;
  std::vector<std::size_t> begin_;   ///< of each kind in a snapshot
  std::vector<std::size_t> cursor_;  ///< next free place of each kind, while a snapshot is filled
  std::vector<double> distance2_;
  Snapshot now_;
  std::deque<Snapshot> alive_;  ///< ascending in step
};

}  // namespace vitreous::analysis
