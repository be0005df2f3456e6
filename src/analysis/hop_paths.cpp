#include "analysis/hop_paths.hpp"

#include <atomic>
#include <chrono>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "engine/spliced_hop.hpp"

namespace vitreous::analysis {
namespace {

/// Of 51 saddles in a glass and at its surface 40 lay within 1 meV, 47 within 8 meV of what a third
/// of this tolerance gives, four 22 to 33 meV above it. Of 54 bands in a
/// glass 47 came to rest within 280 steps, the others not in 400.
constexpr engine::BandOptions path_options{.force_tolerance = 3e-3, .most_steps = 300};

std::vector<std::unique_ptr<engine::Forces>> forces_of_images(const engine::ForcesMaker& maker) {
  std::vector<std::unique_ptr<engine::Forces>> forces;
  for (std::size_t k = 0; k < path_images; ++k) forces.push_back(maker());
  return forces;
}

static_assert(static_cast<int>(PathOutcome::unstable_climb) ==
              static_cast<int>(engine::BandOutcome::unstable_climb));

}  // namespace

void transfer_paths(core::Archive& archive, std::vector<HopPath>& paths) {
  std::vector<std::int32_t> outcome;
  std::vector<double> jump, forward, reverse;
  for (const HopPath& path : paths) {
    outcome.push_back(static_cast<std::int32_t>(path.outcome));
    jump.push_back(path.jump);
    forward.push_back(path.forward);
    reverse.push_back(path.reverse);
  }
  archive.transfer("outcome", outcome);
  archive.transfer("jump", jump);
  archive.transfer("forward", forward);
  archive.transfer("reverse", reverse);
  if (!archive.loading()) return;
  paths.clear();
  for (std::size_t k = 0; k < outcome.size(); ++k)
    paths.push_back({static_cast<PathOutcome>(outcome[k]), jump[k], forward[k], reverse[k]});
}

HopPaths::Seeker::Seeker(const engine::ForcesMaker& forces)
    : end(forces()), band(forces_of_images(forces)) {}

HopPaths::HopPaths(const engine::ForcesMaker& forces, double radius, engine::KeepGoing keep_going)
    : forces_(engine::stoppable(forces, std::move(keep_going))), radius_(radius) {}

void HopPaths::find(std::span<SoughtHop> hops, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  std::vector<SoughtHop*> open;
  for (SoughtHop& hop : hops)
    if (!hop.path) open.push_back(&hop);
  std::atomic<bool> is_late = false;
  base::for_each_piece(open.size(), [&](std::size_t k) {
    if (is_late) return;
    auto seeker = take_seeker();
    try {
      open[k]->path = find_one(*seeker, *open[k]);
    } catch (const engine::Stopped&) {
      // It is sought anew where the run goes on.
    } catch (const base::RunError&) {
      open[k]->path = {.outcome = PathOutcome::diverged};
    }
    give_back(std::move(seeker));
    if (Clock::now() > end) is_late = true;
  });
}

std::unique_ptr<HopPaths::Seeker> HopPaths::take_seeker() {
  const std::scoped_lock lock(taking_);
  if (idle_.empty()) return std::make_unique<Seeker>(forces_);
  auto seeker = std::move(idle_.back());
  idle_.pop_back();
  return seeker;
}

void HopPaths::give_back(std::unique_ptr<Seeker> seeker) {
  const std::scoped_lock lock(taking_);
  idle_.push_back(std::move(seeker));
}

HopPath HopPaths::find_one(Seeker& seeker, const SoughtHop& sought) const {
  const InherentStructure& before = *sought.before;
  HopPath path;
  if (!before.converged) return path;
  const engine::SplicedHop hop =
      engine::splice_hop(*seeker.end, before.box, before.atoms, sought.after->atoms,
                         static_cast<std::size_t>(sought.jumper), {.radius = radius_});
  path.jump = hop.jump;
  path.outcome = PathOutcome::collapsed;
  if (hop.collapsed) return path;
  path.outcome = PathOutcome::not_minimized;
  if (!hop.minimized.converged) return path;
  const engine::Barrier barrier =
      seeker.band.find({before.box, before.atoms}, {before.box, hop.atoms}, path_options);
  path.outcome = static_cast<PathOutcome>(barrier.outcome);
  if (path.outcome != PathOutcome::converged) return path;
  path.forward = barrier.forward;
  path.reverse = barrier.reverse;
  return path;
}

}  // namespace vitreous::analysis
