// Which form of the forces a run takes.
#pragma once

#include <memory>
#include <string>

#include "engine/forces.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

/// `precision` as a study names it: "auto" takes the fast form where nothing objects to it and the
/// double-precision reference elsewhere; "double" takes the reference. What was taken, and why,
/// stands in the description of the forces. Throws InputError for another name.
std::unique_ptr<Forces> choose_forces(const potential::EamPotential& potential,
                                      const std::string& precision);

}  // namespace vitreous::engine
