// The tables of a depth profile.
#pragma once

#include "analysis/depth_sums.hpp"

namespace vitreous::analysis {

/// Density and coordination number in fine bins, from the outermost atom that was seen inward.
/// Without rows as long as there are too few frames for errors.
core::Table depth_bins_table(const Setting& setting, const DepthSums& sums);

/// Composition, coordination number and icosahedron-like atoms of each layer.
core::Table depth_layers_table(const Setting& setting, const DepthSums& sums);

}  // namespace vitreous::analysis
