// The study written out again with every default: what stands beside the results.
#pragma once

#include "study/stage_reading.hpp"

namespace vitreous::study {

/// A study file that reads back to the same plan, without scales, defaults and `like`. A potential
/// in a file is named by its absolute path.
std::string resolved_study(const Plan& plan, const std::vector<StageSpec>& stages,
                           const AlloyChoice& alloy, const EngineChoice& engine);

}  // namespace vitreous::study
