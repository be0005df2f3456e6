#include "io/observed_trajectory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/made_ahead.hpp"
#include "base/units.hpp"

namespace vitreous::io {
namespace {

/// A file holds no energies, and velocities only where it was told to.
void require_fields(const analysis::ObserverSet& set, const core::Frame& frame,
                    const std::string& file, const std::string& observe) {
  base::Message message;
  message.file = file;
  if (set.needs_thermo_at(frame.step)) {
    message.problem = fmt::format("{} needs energies and pressures", observe);
    message.why = "a trajectory holds neither";
    message.tries = {"the same observer in a study, which sees them while it runs"};
    throw base::InputError(message);
  }
  if (set.needs_velocities_at(frame.step) && !frame.has_velocities) {
    message.problem = fmt::format("{} needs velocities", observe);
    message.why = "the frames have no columns vx vy vz";
    message.tries = {"dump 1 all custom 1000 prod.dump id type xu yu zu vx vy vz"};
    throw base::InputError(message);
  }
}

bool is_of_time(const core::OutputDeclaration& output) {
  return base::parse_unit(output.unit).dimension.time != 0;
}

}  // namespace

bool needs_time(const core::Declaration& declaration) {
  return std::any_of(declaration.columns.begin(), declaration.columns.end(), is_of_time) ||
         std::any_of(declaration.derived.begin(), declaration.derived.end(), is_of_time);
}

void ask_for(const std::vector<analysis::ObserverRequest>& requests, TrajectoryOptions& options) {
  std::vector<std::string> kinds, timed;
  for (const auto& request : requests) {
    kinds.push_back(request.kind);
    if (needs_time(analysis::check_request(request))) timed.push_back(request.kind);
  }
  options.needs_time = !timed.empty();
  options.wanted_by = fmt::format("{}", fmt::join(timed.empty() ? kinds : timed, " and "));
}

analysis::Setting setting_of(const TrajectorySummary& summary) {
  analysis::Setting setting;
  setting.timeline = {summary.timestep, summary.steps.front(), summary.steps.back(), summary.steps};
  setting.kinds = summary.kinds;
  setting.counts = summary.counts;
  return setting;
}

analysis::Slab slab_in(const core::Box& box, double gap, std::size_t edge) {
  const double height = box.heights()[edge];
  if (2.0 * gap < height) return {edge, gap};
  throw base::InputError(
      fmt::format("two gaps of {:g} A leave no slab in a box {:.4g} A high along {}", gap, height,
                  "xyz"[edge]));
}

void hand_frame(analysis::ObserverSet& observers, const Configuration& configuration,
                const std::string& file, const std::string& observe) {
  if (observers.next_step(configuration.step - 1) != configuration.step) return;
  core::Frame frame;
  frame.step = configuration.step;
  frame.time = configuration.time.value_or(0.0);
  frame.box = &configuration.box;
  frame.atoms = &configuration.atoms;
  frame.has_velocities = configuration.has_velocities;
  require_fields(observers, frame, file, observe);
  observers.take(frame);
}

bool observe_trajectory(analysis::ObserverSet& observers, const TrajectorySummary& summary,
                        const std::string& file, const std::string& observe,
                        const std::function<bool(std::size_t)>& go_on) {
  // HDF5 knows no threads: where the frames are H5MD nothing else here may call it.
  const auto reader = open_trajectory(summary);
  base::MadeAhead<Configuration> frames([&](Configuration& frame) { return reader->next(frame); });
  Configuration configuration;
  for (std::size_t done = 0; frames.next(configuration);) {
    if (!go_on(++done)) return false;
    hand_frame(observers, configuration, file, observe);
    for (; observers.has_work(); observers.work())
      if (!go_on(done)) return false;
  }
  return true;
}

}  // namespace vitreous::io
