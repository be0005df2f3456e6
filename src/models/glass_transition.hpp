// The glass transition of a quench: where the lines of the glass and of the liquid in V(T) meet.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration glass_transition_declaration();

/// Tg (K) from points of V(T) or H(T) along a ramp. The lines depend on the windows of temperature
/// they are fitted in, and Tg with them: every edge of both windows is moved by -shift, 0 and
/// +shift; the median over all pairs of windows is reported, and its error holds both the spread
/// over them (half of the central 68 %) and the statistical error (whole replicas where there are
/// three or more, else the scatter about the lines). Points of any state are taken, for a quench
/// has no other. Table `glass_transition_windows`: Tg of every pair.
core::Result fit_glass_transition(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
