// LAMMPS as a branch asks for it.
#pragma once

#include <memory>

#include "engine/engine.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// With the branch's pair style, or with the alloy's potential as an eam.fs file that is there as
/// long as the engine.
std::unique_ptr<engine::Engine> make_lammps_engine(const Branch& branch);

}  // namespace vitreous::study
