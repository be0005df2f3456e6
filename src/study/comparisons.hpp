// The [[compare]] blocks of a study: published values beside ours.
#pragma once

#include <vector>

#include "study/gathered.hpp"

namespace vitreous::study {

/// True where `axes` holds all of `wanted` with the same values.
bool holds(const std::vector<AxisValue>& axes, const std::vector<AxisValue>& wanted);

/// "liquid.cage_jumps_2.D" -> {"liquid", "cage_jumps_2.D"}.
std::pair<std::string, std::string> split_of(const std::string& of);

/// Puts a published value beside ours, and tells where conditions differ. `stage` and `axes` are
/// where ours comes from: the cooling rate follows.
void attach_reference(core::Reported& quantity, const core::Reference& reference, const Plan& plan,
                      const std::string& stage, const std::vector<AxisValue>& axes);

/// Gives the quantities that [[compare]] names their published values. Where `over` is told, the
/// quotient "glass_slab.D / glass.D" of both at the same axes is added; its relative error is that
/// of both in quadrature, its state that of the one further from equilibrium.
void attach_references(const Plan& plan, std::vector<core::Reported>& quantities,
                       const std::vector<GatheredBranch>& branches);

}  // namespace vitreous::study
