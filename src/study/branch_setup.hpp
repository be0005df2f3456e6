// A branch of the plan as the stage room runs it.
#pragma once

#include <memory>

#include "engine/engine.hpp"
#include "engine/forces.hpp"
#include "potential/eam_potential.hpp"
#include "stage/stage_run.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// The temperature (K) at which a branch's parent hands its atoms on; a branch without a parent
/// starts at its own.
double start_temperature(const Plan& plan, const Branch& branch);

/// The branch with that id; throws InputError (with the nearest) where there is none.
const Branch& find_branch(const Plan& plan, const std::string& id);

/// Stages in their order, each with its branches.
std::vector<std::vector<const Branch*>> by_stage(const Plan& plan);

/// The values that an axis takes on these branches, each once, as they are shown: "1000K".
std::vector<std::string> axis_texts(const std::vector<const Branch*>& branches,
                                    const std::string& axis);

/// How the stage room runs it, watched by these observers.
stage::StageOptions stage_options(const Plan& plan, const Branch& branch,
                                  const std::vector<analysis::ObserverRequest>& observers,
                                  engine::ForcesMaker forces = {});

/// The alloy's potential for its elements, in its order.
potential::EamPotential load_potential(const Alloy& alloy);

/// Forces of the alloy's potential, as the branch's `precision` asks for; where LAMMPS moves the
/// atoms, for observers. Empty where it moves them by others.
engine::ForcesMaker forces_maker(const Branch& branch, const potential::EamPotential& potential);

/// What moves the branch's atoms. Throws RunError where LAMMPS is asked for and is not here, or
/// does not start.
std::unique_ptr<engine::Engine> make_engine(const Branch& branch,
                                            const engine::ForcesMaker& forces);

}  // namespace vitreous::study
