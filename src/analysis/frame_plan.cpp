#include "analysis/frame_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/lag_grid.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

std::vector<std::int64_t> evenly_spaced(const std::vector<std::int64_t>& all, std::size_t most) {
  const std::size_t every = (all.size() + most - 1) / most;
  std::vector<std::int64_t> steps;
  for (std::size_t i = 0; i < all.size(); i += every) steps.push_back(all[i]);
  return steps;
}

std::int64_t spacing_in_situ(const Timeline& timeline, const core::Options& options,
                             const FrameBudget& budget) {
  if (options.has("every"))
    return std::max<std::int64_t>(1, std::llround(options.number("every") / timeline.timestep));
  const auto span = static_cast<double>(timeline.last - timeline.first);
  const double fewest = 2.0 * static_cast<double>(FramePlan::fewest_frames);
  return std::max(power_of_two_above(span / budget.most_in_situ),
                  std::min(budget.closest, power_of_two_above(span / fewest)));
}

std::vector<std::int64_t> steps_in_situ(const Timeline& timeline, std::int64_t spacing) {
  std::vector<std::int64_t> steps;
  for (auto step = timeline.first + spacing; step <= timeline.last; step += spacing)
    steps.push_back(step);
  return steps;
}

}  // namespace

core::OptionDeclaration FramePlan::option(const FrameBudget& budget) {
  std::string sentence =
      fmt::format("time between frames in situ; if not given, {:g} to {:g} a run",
                  0.5 * budget.most_in_situ, budget.most_in_situ);
  if (budget.closest > 1)
    sentence += fmt::format(", but no closer than {} steps as long as that leaves {} of them",
                            budget.closest, fewest_frames);
  return {"every",
          core::OptionType::number,
          "ps",
          "automatic",
          sentence + fmt::format("; of a file up to {} evenly spaced frames are taken",
                                 budget.most_of_file),
          {}};
}

FramePlan FramePlan::make(const Timeline& timeline, const core::Options& options,
                          const FrameBudget& budget) {
  FramePlan plan;
  plan.steps = timeline.from_file()
                   ? evenly_spaced(timeline.steps, budget.most_of_file)
                   : steps_in_situ(timeline, spacing_in_situ(timeline, options, budget));
  const std::size_t n = plan.steps.size();
  if (n < fewest_frames)
    throw base::InputError(
        fmt::format("{}: {} frame{}, {} needed", budget.observer, n, n == 1 ? "" : "s",
                    fewest_frames),
        "with fewer there is no scatter from which its errors could be found",
        {timeline.from_file() ? "a trajectory of more frames" : "a shorter `every`"});
  plan.frames_a_group = static_cast<std::size_t>(
      power_of_two_above(static_cast<double>(n) / static_cast<double>(most_groups)));
  plan.groups = (n + plan.frames_a_group - 1) / plan.frames_a_group;
  return plan;
}

bool FramePlan::contains(std::int64_t step) const {
  return std::binary_search(steps.begin(), steps.end(), step);
}

std::size_t FramePlan::group_of(std::int64_t step) const {
  const auto at = std::lower_bound(steps.begin(), steps.end(), step);
  return static_cast<std::size_t>(at - steps.begin()) / frames_a_group;
}

std::size_t FramePlan::groups_of(const FramePlan& shorter) const {
  const auto length = [](const FramePlan& plan) {
    return (plan.steps[1] - plan.steps[0]) * static_cast<std::int64_t>(plan.frames_a_group);
  };
  return static_cast<std::size_t>(length(*this) / length(shorter));
}

}  // namespace vitreous::analysis
