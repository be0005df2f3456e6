// Holding a temperature: equilibrate at the pressure, then produce.
#pragma once

#include "stage/leg.hpp"

namespace vitreous::stage {

/// An nvt or nve production runs in the mean box of the second half of `equilibrate`: straight from
/// a melt it would keep the melt's volume, and Cu50Zr50 at 1000 K would stand at -4 GPa.
std::vector<Leg> hold_legs(const core::Options& options, double timestep);

}  // namespace vitreous::stage
