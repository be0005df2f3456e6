#include "analysis/even_frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::analysis {

std::int64_t whole_steps(const Timeline& timeline, const std::string& option, double time) {
  const double steps = time / timeline.timestep;
  const std::int64_t whole = std::llround(steps);
  if (!(time > 0.0) || whole < 1)
    throw base::InputError(fmt::format("{} = {:.6g} ps is too short", option, time));
  if (std::abs(steps - static_cast<double>(whole)) > 1e-6 * steps)
    throw base::InputError(fmt::format("{} = {:.6g} ps is not a whole number of steps of {:.6g} ps",
                                       option, time, timeline.timestep),
                           "",
                           {fmt::format("{} = \"{:.6g} ps\"", option,
                                        static_cast<double>(whole) * timeline.timestep)});
  return whole;
}

std::vector<std::int64_t> even_steps(const Timeline& timeline, std::int64_t spacing) {
  std::vector<std::int64_t> steps;
  for (std::int64_t step = timeline.first; step <= timeline.last; step += spacing)
    steps.push_back(step);
  return steps;
}

std::optional<std::int64_t> missing_step(const Timeline& timeline, std::int64_t spacing) {
  if (!timeline.from_file()) return std::nullopt;
  for (std::int64_t step = timeline.first; step <= timeline.last; step += spacing)
    if (!std::binary_search(timeline.steps.begin(), timeline.steps.end(), step)) return step;
  return std::nullopt;
}

void require_even_steps(const Timeline& timeline, std::int64_t spacing, const std::string& why) {
  const auto missing = missing_step(timeline, spacing);
  if (!missing) return;
  throw base::InputError(
      fmt::format("frames {:.6g} ps apart are needed, and there is none at step {}",
                  static_cast<double>(spacing) * timeline.timestep, *missing),
      why, {"every = the time between frames that lie evenly"});
}

}  // namespace vitreous::analysis
