// Where the surfaces of a slab are, what they are made of, and the atoms on them that have few
// neighbors: found from the sums of a depth profile.
#pragma once

#include "analysis/depth_sums.hpp"

namespace vitreous::analysis {

/// `gibbs_surface.lower` and `.upper`; `surface_composition`, `adatoms` and `adatom_depth` of each
/// kind. `adatom_limits`: the largest coordination number of an adatom of each kind; where it is
/// negative, half of what it is in the middle of the slab, rounded.
std::vector<core::Reported> surface_quantities(const Setting& setting, const DepthSums& sums,
                                               const std::vector<int>& adatom_limits);

}  // namespace vitreous::analysis
