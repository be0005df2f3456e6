// The seam between frames and whatever is computed from them. An observer neither knows nor cares
// whether frames come from an engine or a file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/archive.hpp"
#include "core/declaration.hpp"
#include "core/frame.hpp"
#include "core/result.hpp"
#include "engine/forces.hpp"

namespace vitreous::analysis {

/// The steps that can be had. From an engine any step of [first, last]; from a file just `steps`.
struct Timeline {
  double timestep = 0.0;  ///< ps a step
  std::int64_t first = 0, last = 0;
  std::vector<std::int64_t> steps;  ///< ascending; empty: any step of [first, last]
  bool from_file() const { return !steps.empty(); }
  double duration() const { return static_cast<double>(last - first) * timestep; }
};

/// A box that was opened: its faces lie `gap` (A) inside it, perpendicular to edge 0, 1, 2 = a, b,
/// c.
struct Slab {
  std::size_t edge = 2;
  double gap = 0.0;
};

/// What is known before the first frame.
struct Setting {
  Timeline timeline;
  std::vector<core::Species> kinds;
  std::vector<std::size_t> counts;  ///< atoms of each kind
  std::optional<Slab> slab;         ///< where a box was opened
  /// Of these atoms; empty where no potential is known, and for results of what was observed
  /// before.
  engine::ForcesMaker forces;
};

struct OriginPlan;

/// A frame as the store of origins keeps it: the mass-weighted center of mass of all atoms removed,
/// and the atoms grouped by kind (in ascending id within a kind), so that sums over a kind run over
/// contiguous memory.
struct Snapshot {
  std::int64_t step = 0;
  core::Box box;
  math::Vectors position;  ///< unwrapped, A
  math::Vec3 center;       ///< the center of mass that was removed
};

/// An origin, a later moment, and which of the observer's own lags lies between them.
struct Pair {
  const Snapshot& origin;
  const Snapshot& now;
  std::size_t lag;    ///< index into the observer's `lags()`
  std::size_t group;  ///< origins are cut in time into groups: the blocks of the error estimate
  const std::vector<std::size_t>& begin;  ///< atoms of kind k are [begin[k], begin[k + 1])
  const std::vector<double>& distance2;   ///< squared displacement of each atom, A^2
};

class Observer {
 public:
  virtual ~Observer() = default;

  /// Steps at which `observe` is called, ascending; empty where it is not.
  virtual std::vector<std::int64_t> frame_steps() const { return {}; }
  /// Lags (in steps, ascending) of the pairs that `observe_pair` is called with; empty where it is
  /// not.
  virtual std::vector<std::int64_t> lags() const { return {}; }
  virtual bool needs_thermo() const { return false; }
  virtual bool needs_velocities() const { return false; }
  /// Whether it can observe only where the setting has forces.
  virtual bool needs_forces() const { return false; }
  /// About how often it evaluates the forces over the whole run: an evaluation costs what a step of
  /// the run does.
  virtual double evaluations() const { return 0.0; }

  /// Called once, before the first frame, where `lags` is not empty.
  virtual void prepare(const OriginPlan&) {}
  virtual void observe(const core::Frame&) {}
  virtual void observe_pair(const Pair&) {}

  /// Whether frames that were observed left work that takes longer than a frame should. It is done
  /// piece by piece, as a saved observer may have some left, and before the next frame comes. What
  /// can wait for the work of later frames is told with it, but none behind the last frame.
  virtual bool has_work() const { return false; }
  virtual void work() {}

  /// What was learned so far; may be called before the last frame.
  virtual core::Result result() const = 0;
  /// Goes on from what `shorter`, an observer of the same kind and options, saw of the beginning of
  /// the same run. Called in situ, after `prepare`; the next frame is later than any of those.
  virtual void continue_from(const Observer& shorter) = 0;
  virtual void transfer(core::Archive& archive) = 0;
};

/// The declarations of every observer, in the order in which they are listed.
const std::vector<core::Declaration>& observer_declarations();

/// Whether this kind of observer can watch a saved trajectory, which holds neither energies nor
/// pressures.
bool can_watch_trajectory(const std::string& kind);

/// Throws InputError (with the nearest name) for an unknown kind. `options` come from
/// parse_options.
std::unique_ptr<Observer> make_observer(const std::string& kind, const core::Options& options,
                                        const Setting& setting);

}  // namespace vitreous::analysis
