#include "study/replay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>

#include "base/interrupt.hpp"
#include "io/checkpoint.hpp"
#include "io/observed_trajectory.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {
namespace {

/// The slab that a branch opens.
std::optional<analysis::Slab> slab_of(const Branch& branch) {
  if (stage::is_ramp(branch.kind)) return std::nullopt;
  return stage::slab_of(
      stage::legs_of(branch.kind, branch.options, branch.engine.timestep, /*start_temperature=*/0));
}

/// Which are chosen when the first are made: few observers need any.
engine::ForcesMaker lazy_forces(const Branch& branch) {
  const auto maker = std::make_shared<engine::ForcesMaker>();
  return [maker, &branch] {
    if (!*maker) *maker = forces_maker(branch, load_potential(branch.alloy));
    return (*maker)();
  };
}

std::string replay_folder(const std::string& folder) { return folder + "/replayed"; }

/// Kinds and counts come back with the state that the branch ended in.
void transfer_timeline(core::Archive& archive, analysis::Timeline& timeline) {
  archive.transfer("steps", timeline.steps);
  archive.transfer("timestep", timeline.timestep);
  if (timeline.steps.empty()) return;
  timeline.first = timeline.steps.front();
  timeline.last = timeline.steps.back();
}

}  // namespace

std::string trajectory_file(const RunFolder& run, const Branch& branch) {
  return run.branch_file(branch.id,
                         branch.save->format == "extxyz" ? "trajectory.extxyz" : "trajectory.dump");
}

bool replay(const Branch& branch, const BranchRecord& record, const RunFolder& run,
            const std::vector<std::string>& observers) {
  io::TrajectoryOptions options;
  options.timestep = branch.engine.timestep;
  options.species = elements_of(branch.alloy);
  options.wanted_by = fmt::format("{}", fmt::join(observers, " and "));
  const std::string file = trajectory_file(run, branch);
  const auto summary = io::scan_trajectory({file}, options);
  analysis::Setting setting = io::setting_of(summary);
  setting.slab = slab_of(branch);
  setting.forces = lazy_forces(branch);
  analysis::ObserverSet set(setting, requests_of(observers), requests_of(record.observers));
  const auto not_interrupted = [](std::size_t) { return base::interrupted_by() == 0; };
  if (!io::observe_trajectory(set, summary, file, options.wanted_by, not_interrupted)) return false;
  const std::string folder = replay_folder(run.branch(branch.id));
  make_folder(folder);
  io::save_checkpoint(folder, [&](core::Archive& archive) {
    transfer_timeline(archive, setting.timeline);
    set.transfer(archive);
  });
  return true;
}

core::Result replayed_result(const Branch& branch, const BranchRecord& record,
                             const RunFolder& run) {
  core::Result result;
  if (record.replayed.empty()) return result;
  const auto state = saved_state(run.branch(branch.id));
  analysis::Setting setting;
  setting.slab = slab_of(branch);
  setting.kinds = state->atoms.kinds;
  for (std::size_t kind = 0; kind < setting.kinds.size(); ++kind)
    setting.counts.push_back(state->atoms.count(static_cast<std::int32_t>(kind)));
  io::load_checkpoint(replay_folder(run.branch(branch.id)), [&](core::Archive& archive) {
    transfer_timeline(archive, setting.timeline);
    analysis::ObserverSet set(setting, requests_of(record.replayed), requests_of(record.observers));
    set.transfer(archive);
    result = set.result();
  });
  return result;
}

void clear_replay(const std::string& folder) { std::filesystem::remove_all(replay_folder(folder)); }

}  // namespace vitreous::study
