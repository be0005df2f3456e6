// Where an event of a heating curve begins: Tg of a step, Tx of an exotherm, by two tangents.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration tangent_declaration();

/// T_onset (K): where the line through the baseline meets the tangent at the steepest point of the
/// flank behind it. The flank reaches from the baseline to where the curve is farthest from it (the
/// top of a peak, the end of a step); the tangent is a line fitted over `width` about the point
/// where such a line is steepest against the baseline. Any curve of temperature will do: heat flow,
/// H(T), V(T). Points of any state are taken.
/// The error holds how the onset strays under the points' noise (whole replicas where there are
/// three or more, else 200 simulations with the points' errors or the scatter about the baseline,
/// taken as independent from point to point) and half of the central 68 % over baselines whose
/// edges are moved by -shift, 0 and +shift and widths of 1/2, 1 and 3/2. Refused: fewer than three
/// points on the baseline or the tangent; a flank no steeper than noise makes it; a meeting outside
/// of baseline and flank. Throws InputError without a baseline.
core::Result fit_tangent(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
