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

/// Of a branch without a parent its random start. Else box and atoms of the parent, from its last
/// checkpoint or from where the branch leaves its ramp. Throws RunError where the parent left
/// nothing sound.
engine::State start_state(const Branch& branch, const RunFolder& run,
                          const potential::EamPotential& potential);

}  // namespace vitreous::study
