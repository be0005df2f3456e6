// The paths that hops took from one inherent structure to the next, and the barriers on them.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "analysis/inherent_structure.hpp"
#include "engine/nudged_elastic_band.hpp"
#include "engine/stoppable_forces.hpp"

namespace vitreous::analysis {

/// How the search for a path ended.
enum class PathOutcome : std::int32_t {
  converged,  ///< see engine::BandOutcome, of which the first four are
  too_many_steps,
  no_saddle,
  unstable_climb,
  collapsed,      ///< the jumper alone falls back to where it came from
  not_minimized,  ///< the hop's end did not come to rest
  diverged,       ///< a force was no finite number
};
inline constexpr std::array path_outcome_names{"converged",      "too_many_steps", "no_saddle",
                                               "unstable_climb", "collapsed",      "not_minimized",
                                               "diverged"};

struct HopPath {
  PathOutcome outcome = PathOutcome::not_minimized;
  double jump = 0.0;                    ///< A, of the jumper alone, all others left where they were
  double forward = 0.0, reverse = 0.0;  ///< eV; 0 without a barrier
};

void transfer_paths(core::Archive& archive, std::vector<HopPath>& paths);

/// A hop whose path is sought. Both structures are in one box; hops of one moment share them, and
/// what is after one moment is mostly before the next.
struct SoughtHop {
  std::int64_t hop = 0;     ///< which one it is of a HopLog
  std::int64_t jumper = 0;  ///< the index of its atom
  SharedStructure before, after;
  std::optional<HopPath> path = {};
};

/// Images between the ends of a path.
constexpr std::size_t path_images = 7;

/// Looks for paths side by side over the cores; each depends on its hop alone.
class HopPaths {
 public:
  /// `radius` (A) around the jumper within which atoms go where they are after the hop; see
  /// engine::splice_hop. `keep_going` is asked before every evaluation of the forces.
  HopPaths(const engine::ForcesMaker& forces, double radius, engine::KeepGoing keep_going);

  /// Finds paths of hops that have none: of all, or of as many as are begun before `seconds` have
  /// gone by, at least one a thread. Told to stop, it gives up what it is about.
  void find(std::span<SoughtHop> hops, double seconds);

 private:
  /// What one path at a time is sought with.
  struct Seeker {
    explicit Seeker(const engine::ForcesMaker& forces);
    std::unique_ptr<engine::Forces> end;
    engine::NudgedElasticBand band;
  };

  HopPath find_one(Seeker& seeker, const SoughtHop& hop) const;

  std::unique_ptr<Seeker> take_seeker();
  void give_back(std::unique_ptr<Seeker> seeker);

  engine::ForcesMaker forces_;
  double radius_;
  std::mutex taking_;
  std::vector<std::unique_ptr<Seeker>> idle_;  ///< as many are made as are ever used at once
};

}  // namespace vitreous::analysis
