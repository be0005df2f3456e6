// What a branch begins with: a random liquid, or what its parent left.
#pragma once

#include <optional>

#include "engine/state.hpp"
#include "potential/eam_potential.hpp"
#include "study/plan.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

/// The elements of an alloy, in its order.
std::vector<std::string> elements_of(const Alloy& alloy);

/// The state in the newest sound checkpoint of a folder; empty where there is none.
std::optional<engine::State> saved_state(const std::string& folder);

/// What a branch without a parent begins with: exact composition, no overlaps, thermal velocities
/// at its temperature, from a random stream of the branch's name.
engine::State random_start(const Branch& branch, const potential::EamPotential& potential);

/// Whether a branch starts from atoms at rest and moves them.
bool draws_velocities(const Plan& plan, const Branch& branch);
/// K, at which its atoms begin to move.
double first_temperature(const Plan& plan, const Branch& branch);

/// Of a branch without a parent its random start. Else box and atoms of the parent, from its last
/// checkpoint or from where the branch leaves its ramp; from a minimum, where atoms are at rest,
/// with velocities drawn at the branch's first temperature. Throws RunError where the parent left
/// nothing sound.
engine::State start_state(const Plan& plan, const Branch& branch, const RunFolder& run,
                          const potential::EamPotential& potential);

}  // namespace vitreous::study
