// Which form of the forces a run takes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/forces.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

/// `precision` as a study names it: "auto" takes the fastest kernel of the fast form that nothing
/// objects to, and the double-precision reference where all are objected to; "double" takes the
/// reference. What was taken, and why, stands in the description of the forces. `kernel`, where not
/// empty, names the only one that may be taken. Throws InputError for another name of either, and
/// for a kernel that cannot be taken.
std::unique_ptr<Forces> choose_forces(const potential::EamPotential& potential,
                                      const std::string& precision, const std::string& kernel = "");

/// The same for work that needs several forces: their tables, whose fit takes a second, are fitted
/// once.
ForcesMaker choose_forces_maker(const potential::EamPotential& potential,
                                const std::string& precision, const std::string& kernel = "");

}  // namespace vitreous::engine
