// Which frames an observer of single configurations looks at. In situ they are spaced by powers of
// two, so that those of a run that turns out longer hold those of its beginning.
#pragma once

#include <string>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// What an observer can afford.
struct FrameBudget {
  const char* observer;      ///< its name, for messages
  double most_in_situ;       ///< at least half as many are taken
  std::int64_t closest;      ///< steps between frames in situ, where that leaves 8 of them
  std::size_t most_of_file;  ///< evenly spaced
};

struct FramePlan {
  std::vector<std::int64_t> steps;  ///< ascending
  /// Neighbors in time are summed, a power of two of them a group: what errors are found from.
  std::size_t frames_a_group = 1, groups = 0;

  static constexpr std::size_t fewest_frames = 8;  ///< for an error
  static constexpr std::size_t most_groups = 64;

  /// The option `every`, which in situ sets the spacing.
  static core::OptionDeclaration option(const FrameBudget& budget);
  /// Throws InputError where there are fewer than `fewest_frames`.
  static FramePlan make(const Timeline& timeline, const core::Options& options,
                        const FrameBudget& budget);

  bool contains(std::int64_t step) const;
  std::size_t group_of(std::int64_t step) const;
  /// How many groups of a shorter run's plan make one of these.
  std::size_t groups_of(const FramePlan& shorter) const;
};

}  // namespace vitreous::analysis
