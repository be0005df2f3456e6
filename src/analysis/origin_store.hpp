// The moments that later frames are compared with: one store for all observers of a branch.
#pragma once

#include <deque>
#include <functional>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// Which origins are kept, fixed before the first frame. In situ about 200 evenly spaced origins a
/// run, at most 64 alive at once; on files every frame is an origin as long as memory allows, and
/// the results say which (PAPER1.md item 14).
struct OriginPlan {
  std::vector<std::int64_t> origins;  ///< steps, ascending
  std::vector<std::int64_t> lags;     ///< union over the observers, ascending
  std::size_t groups = 1;             ///< blocks of consecutive origins for errors
  std::string description;            ///< for the results: how origins were chosen

  static OriginPlan make(const Timeline& timeline, std::vector<std::int64_t> lags,
                         std::size_t atoms);
};

class OriginStore {
 public:
  OriginStore() = default;
  OriginStore(OriginPlan plan, const Timeline& timeline);

  const OriginPlan& plan() const { return plan_; }
  /// Every step at which a frame is an origin or lies a lag after one.
  const std::vector<std::int64_t>& frame_steps() const { return frame_steps_; }

  /// Calls visit(origin, now, lag_index_in_plan, group) for each pair that this frame completes,
  /// then keeps the frame if it is an origin and drops origins that no later frame needs.
  using Visit = std::function<void(const Snapshot&, const Snapshot&, std::size_t, std::size_t)>;
  void take(const core::Frame& frame, const Visit& visit);

  void transfer(core::Archive& archive);

 private:
  OriginPlan plan_;
  std::vector<std::int64_t> frame_steps_;
  std::deque<Snapshot> alive_;
};

}  // namespace vitreous::analysis
