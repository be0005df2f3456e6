// Which frames fill the time windows of a run, and the parts that windows are put together from.
#pragma once

#include <optional>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// A window is cut into 8 equal parts, or into 4 or 2 where its frames do not allow more: shifted
/// by half, and shorter and longer by powers of two, windows are all made of the same parts.
struct WindowPlan {
  std::vector<std::int64_t> steps;  ///< of the frames, evenly spaced from the first of the run on
  std::size_t frames_a_part = 1, parts_a_window = 2;
  double part_time = 0.0;                                             ///< ps
  std::size_t parts() const { return steps.size() / frames_a_part; }  ///< that are complete

  static constexpr std::size_t fewest_frames = 8;  ///< a window, for a mean that rests
  static constexpr double usual_frames = 40.0;     ///< a window, if not told otherwise
};

/// Windows of `window` ps from frames `every` ps apart; without it, from 40 frames a window or as
/// few more as divide it evenly, or from as many as a file has. Throws InputError where the window
/// holds no even number of frames, at least eight, or a file lacks one of them.
WindowPlan plan_windows(const Timeline& timeline, double window, std::optional<double> every);

}  // namespace vitreous::analysis
