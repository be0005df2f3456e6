#include "analysis/hop_paths.hpp"

#include <algorithm>

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

HopPaths::Seeker::Seeker(const engine::ForcesMaker& forces)
    : end(forces()), band(forces_of_images(forces)) {}

HopPaths::HopPaths(const engine::ForcesMaker& forces, double radius, engine::KeepGoing keep_going)
    : forces_(engine::stoppable(forces, std::move(keep_going))), radius_(radius) {}

std::vector<HopPath> HopPaths::find(const InherentStructure& before, const InherentStructure& after,
                                    std::span<const std::int64_t> jumpers) {
  std::vector<HopPath> paths(jumpers.size());
  std::vector<char> is_whole(jumpers.size(), 1);
  base::for_each_piece(jumpers.size(), [&](std::size_t k) {
    auto seeker = take_seeker();
    try {
      paths[k] = find_one(*seeker, before, after, static_cast<std::size_t>(jumpers[k]));
    } catch (const engine::Stopped&) {
      is_whole[k] = 0;
    } catch (const base::RunError&) {
      paths[k].outcome = PathOutcome::diverged;
    }
    give_back(std::move(seeker));
  });
  const auto first_broken = std::find(is_whole.begin(), is_whole.end(), 0);
  paths.resize(static_cast<std::size_t>(first_broken - is_whole.begin()));
  return paths;
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

HopPath HopPaths::find_one(Seeker& seeker, const InherentStructure& before,
                           const InherentStructure& after, std::size_t jumper) const {
  HopPath path;
  if (!before.converged) return path;
  const engine::SplicedHop hop = engine::splice_hop(*seeker.end, before.box, before.atoms,
                                                    after.atoms, jumper, {.radius = radius_});
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
