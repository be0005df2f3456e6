#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/lag_grid.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {
namespace {

/// The largest number of frames within a stretch of `lag` steps, its first frame included.
std::size_t frames_within(const std::vector<std::int64_t>& steps, std::int64_t lag) {
  std::size_t most = 0;
  for (std::size_t i = 0, j = 0; j < steps.size(); ++j) {
    while (steps[j] - steps[i] > lag) ++i;
    most = std::max(most, j - i + 1);
  }
  return most;
}

std::size_t most_alive(std::size_t atoms, bool from_file) {
  const double bytes = 24.0 * static_cast<double>(std::max<std::size_t>(atoms, 1));
  const auto affordable = static_cast<std::size_t>(OriginPlan::origin_memory / bytes);
  const std::size_t limit =
      from_file ? affordable : std::min(affordable, OriginPlan::most_alive_in_situ);
  return std::max<std::size_t>(2, limit);
}

void choose_in_situ(OriginPlan& plan, std::size_t limit) {
  std::int64_t every = origin_spacing(plan.timeline);
  while (plan.lags.back() / every >= static_cast<std::int64_t>(limit)) every *= 2;
  for (std::int64_t step = plan.timeline.first; step <= plan.timeline.last; step += every)
    plan.origins.push_back(step);
  plan.description = fmt::format("{} origins, one every {:.6g} ps", plan.origins.size(),
                                 static_cast<double>(every) * plan.timeline.timestep);
}

void choose_from_file(OriginPlan& plan, std::size_t limit) {
  const auto& steps = plan.timeline.steps;
  const std::size_t alive = frames_within(steps, plan.lags.back());
  const std::size_t every = (alive + limit - 1) / limit;
  for (std::size_t i = 0; i < steps.size(); i += every) plan.origins.push_back(steps[i]);
  plan.description =
      every == 1
          ? fmt::format("every frame of the file is an origin ({} frames)", steps.size())
          : fmt::format(
                "every {}th frame of the file is an origin ({} of {} frames): more "
                "would take over {:.0f} MiB of memory",
                every, plan.origins.size(), steps.size(), OriginPlan::origin_memory / 1048576.0);
}

}  // namespace

OriginPlan OriginPlan::make(const Timeline& timeline, std::vector<std::int64_t> lags,
                            std::size_t atoms) {
  OriginPlan plan;
  plan.timeline = timeline;
  plan.lags = std::move(lags);
  const std::size_t limit = most_alive(atoms, timeline.from_file());
  if (timeline.from_file())
    choose_from_file(plan, limit);
  else
    choose_in_situ(plan, limit);
  plan.groups = std::min(most_groups, plan.origins.size());
  for (std::size_t i = 0; i < plan.origins.size(); ++i)
    plan.group.push_back(i * plan.groups / plan.origins.size());
  return plan;
}

}  // namespace vitreous::analysis
