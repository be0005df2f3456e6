// Where a wire whose composition drifts begins to crystallize.
#pragma once

#include <optional>

#include "models/nanomold/composition.hpp"

namespace vitreous::models::nanomold {

/// tau_cry(x) = tau_0 10^-((x - x0)/width)^2: the alloy is the best glass former at x0, the root.
struct CrystallizationTime {
  double tau_0 = 0.0;  ///< s, at the root's composition
  double width = 0.0;  ///< of the share, one decade
};

/// Which time has to reach tau_cry. Liu et al. (2023), Fig. 4c.
enum class Exposure {
  experiment,  ///< the whole experiment, t
  residence,   ///< since the material was deposited at the tip, t (1 - zeta^2)
};

/// The share at which tau_cry falls to `time`: x0 + width sqrt(log10(tau_0/time)). x0 itself where
/// tau_0 <= time.
double onset_share(const CrystallizationTime& law, double root, double time);

/// The part of the wire that crystallizes, in z/L; the tip itself has no time to by residence.
struct Crystalline {
  double from = 0.0, to = 1.0;
  double share = 0.0;  ///< at `from`
};
/// Nothing where the wire stays amorphous.
std::optional<Crystalline> crystalline_part(const CompositionProfile& profile,
                                            const CrystallizationTime& law, double time,
                                            Exposure exposure);

}  // namespace vitreous::models::nanomold
