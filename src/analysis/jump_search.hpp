// All jumps in the gathered windows of a run: by every convention of <u^2>, and by windows shorter
// and longer than the one that was asked for.
#pragma once

#include <array>

#include "analysis/jump_tally.hpp"
#include "analysis/window_layer.hpp"
#include "analysis/window_plan.hpp"
#include "analysis/window_sums.hpp"
#include "core/result.hpp"

namespace vitreous::analysis {

/// What the literature calls <u^2>.
inline constexpr std::array<const char*, 3> u2_conventions{"variance", "msd", "per_component"};
/// As a share of the MSD at its inflection, in so many dimensions.
double u2_share(std::size_t convention, int dimensions);

/// A window's variance above this, in <u^2>, is more than that of an atom in its cage.
inline constexpr double flagged_above = 5.0;
/// A jump and the next one cancel where their sum is shorter, A.
inline constexpr double undone_within = 1.0;

/// What a run has gathered.
struct JumpWindows {
  const Setting& setting;
  const WindowPlan& plan;
  const WindowSums& sums;
  const std::vector<std::int32_t>& kind;  ///< of each atom
  const WindowLayer* layer = nullptr;     ///< null where all atoms are looked at

  int dimensions() const { return layer ? 2 : 3; }
};

class JumpSearch {
 public:
  /// Jumps by windows of one length and one convention.
  struct Case {
    std::size_t per_half;  ///< parts in half a window
    std::size_t convention;
    double u2;  ///< A^2
    JumpTally tally;
  };

  /// `cage_msd`: the MSD at its inflection, A^2; `convention`: the one that was asked for. Windows
  /// are a quarter, a half, one, two, ... of the plan's, as far as the run allows errors.
  JumpSearch(const JumpWindows& run, double cage_msd, std::size_t convention);
  JumpSearch(const JumpSearch&) = delete;
  JumpSearch& operator=(const JumpSearch&) = delete;

  /// By the windows that were asked for; null where the run does not hold enough of them yet.
  const Case* find(std::size_t convention) const;
  /// Of the windows that were asked for, by the convention that was; of the layer's alone.
  double share_flagged() const {
    return static_cast<double>(flagged_) / static_cast<double>(windows_);
  }

  /// A row for each jump, by atom and time.
  const core::Table& events() const { return events_; }
  /// A row for each case and species.
  core::Table rates() const;

 private:
  void search(std::size_t atom, std::span<const WindowStatistics> parts);
  void add_members(std::size_t kind, std::span<const WindowStatistics> windows, JumpTally& tally);
  void count_flagged(std::span<const WindowStatistics> windows, double largest);
  void add_event(std::size_t atom, const CageJump& jump);

  JumpWindows run_;
  std::vector<Case> cases_;
  const Case* asked_ = nullptr;
  core::Table events_;
  std::size_t windows_ = 0, flagged_ = 0;
};

}  // namespace vitreous::analysis
