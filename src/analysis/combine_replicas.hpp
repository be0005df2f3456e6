// One quantity from several independent runs of the same branch.
#pragma once

#include <vector>

#include "core/measured.hpp"

namespace vitreous::analysis {

/// The plain mean of the replicas that have a value, all weighing the same: glasses differ by more
/// than the errors within one. Its standard error:
///   in equilibrium, sqrt(sum se^2)/n, times sqrt(chi^2/(n - 1)) where the replicas scatter by more
///   than their own errors (the Particle Data Group's rule);
///   in any other state the scatter alone, s/sqrt(n) with Student's factor. One replica then keeps
///   the error of its blocks, and says that it is a lower bound.
/// The state is the least settled of all (upper_bound, glass, equilibrium). Refused replicas are
/// named in the reason; where all are, so is the result, for the first one's reason.
/// The degrees of freedom behind its error are told (error_degrees). `replicas` must not be empty.
core::Reported combine_replicas(const std::vector<core::Reported>& replicas);

}  // namespace vitreous::analysis
