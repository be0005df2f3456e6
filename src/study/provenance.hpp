// How the results of a run were made: in words, as references, and for machines.
#pragma once

#include <string>

#include "study/gathered.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// A methods section that can stand in a paper's supplement.
std::string methods_text(const Plan& plan);

/// BibTeX of the methods and of the potential that the study used.
std::string references_text(const Plan& plan);

/// Version, command, seed, timestep, potential with its fingerprint, engines, cores.
std::string provenance_json(const Plan& plan, const std::vector<GatheredBranch>& branches,
                            const std::string& command);

}  // namespace vitreous::study
