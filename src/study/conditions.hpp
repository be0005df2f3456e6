// Whether a published value was had under conditions like ours.
#pragma once

#include <string>

#include "study/plan.hpp"

namespace vitreous::study {

/// The slowest rate (K/s) of the nearest ramp from which `branch` comes, or which it is; 0 where it
/// comes from none.
double cooling_rate(const Plan& plan, const Branch& branch);

/// How ours differ from the conditions that a reference tells, as to leave no meaning to a pull:
/// its cooling rate ("1.7e9 K/s") by more than a factor of three, or glass where it has none and
/// the other way round. "" where they do not, or the reference does not tell. `state` is ours.
std::string differing_conditions(const core::Reference& reference, double rate,
                                 const std::string& state);

}  // namespace vitreous::study
