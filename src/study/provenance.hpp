// How the results of a run were made, for machines; in words it stands in methods.hpp.
#pragma once

#include <string>

#include "study/gathered.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// Version, command, seed, timestep, potential with its fingerprint, engines, cores.
std::string provenance_json(const Plan& plan, const std::vector<GatheredBranch>& branches,
                            const std::string& command);

}  // namespace vitreous::study
