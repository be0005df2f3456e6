// Observers on a trajectory file: what `analyze` and the replay of a study's branches share.
#pragma once

#include <functional>

#include "analysis/observer_set.hpp"
#include "io/trajectory.hpp"

namespace vitreous::io {

/// Whether an observer yields times or rates: it cannot do without the time step.
bool needs_time(const core::Declaration& declaration);

/// What these observers need of a trajectory, and their names for its messages. Throws InputError
/// for an unknown kind or option.
void ask_for(const std::vector<analysis::ObserverRequest>& requests, TrajectoryOptions& options);

/// What observers are told before the first frame.
analysis::Setting setting_of(const TrajectorySummary& summary);

/// What a study knows of its free surfaces and frames are silent about: faces `gap` (A) inside the
/// box, across edge 0, 1 or 2. Throws InputError, without a place, where that leaves no slab.
analysis::Slab slab_in(const core::Box& box, double gap, std::size_t edge);

/// Hands one frame to the observers, if any wants it. Throws InputError as `observe_trajectory`.
void hand_frame(analysis::ObserverSet& observers, const Configuration& frame,
                const std::string& file, const std::string& observe);

/// Hands every frame that is wanted to the observers. `go_on(frames done)` is called after each
/// frame; where it returns false the rest is left. Throws InputError where an observer (`observe`
/// is how the user named them) needs what the file does not hold. Returns whether the end was
/// reached.
bool observe_trajectory(analysis::ObserverSet& observers, const TrajectorySummary& summary,
                        const std::string& file, const std::string& observe,
                        const std::function<bool(std::size_t)>& go_on);

}  // namespace vitreous::io
