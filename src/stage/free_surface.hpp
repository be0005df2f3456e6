// Free surfaces: a box is opened along one of its edges, and what becomes a slab is held.
#pragma once

#include "engine/state.hpp"
#include "stage/leg.hpp"

namespace vitreous::stage {

/// An unobserved leg of `equilibrate` where that is not zero, then one of `duration`; the first
/// opens the box, which is kept from then on.
std::vector<Leg> free_surface_legs(const core::Options& options, double timestep);

/// Throws InputError (key "gap") where atoms of one face would feel the other across the empty
/// space: where twice the gap is shorter than the cutoff (A).
void require_separate_faces(const analysis::Slab& opening, double cutoff);

/// Adds empty space beyond both faces and leaves every atom where it is: the faces then lie `gap`
/// inside the box. Atoms are folded into the box along the opened edge alone; along the others they
/// stay unwrapped.
void open_box(const analysis::Slab& opening, engine::State& state);

}  // namespace vitreous::stage
