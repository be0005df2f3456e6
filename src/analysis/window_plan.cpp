#include "analysis/window_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/even_frames.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

/// What the spacing of frames must be a multiple of: a step, or the time between a file's frames.
std::int64_t unit_of(const Timeline& timeline) {
  std::int64_t unit = timeline.from_file() ? 0 : 1;
  for (std::size_t i = 1; i < timeline.steps.size(); ++i)
    unit = std::gcd(unit, timeline.steps[i] - timeline.steps[i - 1]);
  return std::max<std::int64_t>(unit, 1);
}

/// Into how many parts, at most 8, a window of so many frames can be cut; 0 where it has too few or
/// an odd number of them.
std::size_t parts_of(std::int64_t frames) {
  if (frames < static_cast<std::int64_t>(WindowPlan::fewest_frames)) return 0;
  for (const std::int64_t parts : {8, 4, 2})
    if (frames % parts == 0) return static_cast<std::size_t>(parts);
  return 0;
}

/// The spacing of frames, at most a 40th of the window where there are so many, that allows the
/// most parts; 0 where none allows two.
std::int64_t best_spacing(const Timeline& timeline, std::int64_t window) {
  const std::int64_t unit = unit_of(timeline);
  const auto usual = static_cast<std::int64_t>(
      static_cast<double>(window) / (WindowPlan::usual_frames * static_cast<double>(unit)));
  std::int64_t best = 0;
  std::size_t most = 0;
  for (std::int64_t k = std::max<std::int64_t>(usual, 1); k >= 1 && most < 8; --k) {
    if (window % (k * unit) != 0) continue;
    const std::size_t parts = parts_of(window / (k * unit));
    if (parts <= most || missing_step(timeline, k * unit)) continue;
    best = k * unit;
    most = parts;
  }
  return best;
}

[[noreturn]] void refuse_window(const Timeline& timeline, double window, std::int64_t spacing) {
  const double apart = static_cast<double>(spacing) * timeline.timestep;
  const double pairs = std::max(std::round(0.5 * window / apart),
                                0.5 * static_cast<double>(WindowPlan::fewest_frames));
  throw base::InputError(
      fmt::format("window = {:.6g} ps does not hold an even number of frames, {} or more: they are "
                  "{:.6g} ps apart",
                  window, WindowPlan::fewest_frames, apart),
      "windows overlap by half, and each needs frames enough for a mean",
      {fmt::format("window = \"{:.6g} ps\"", 2.0 * pairs * apart)});
}

}  // namespace

WindowPlan plan_windows(const Timeline& timeline, double window, std::optional<double> every) {
  const std::int64_t length = whole_steps(timeline, "window", window);
  const std::int64_t spacing =
      every ? whole_steps(timeline, "every", *every) : best_spacing(timeline, length);
  const std::int64_t told = spacing > 0 ? spacing : unit_of(timeline);
  require_even_steps(timeline, told, "time windows are filled evenly");
  const std::size_t parts = length % told == 0 ? parts_of(length / told) : 0;
  if (spacing == 0 || parts == 0) refuse_window(timeline, window, told);
  WindowPlan plan;
  plan.steps = even_steps(timeline, spacing);
  plan.parts_a_window = parts;
  plan.frames_a_part = static_cast<std::size_t>(length / spacing) / parts;
  plan.part_time = window / static_cast<double>(parts);
  return plan;
}

}  // namespace vitreous::analysis
