// Stages fanned out over their axes and replicas, each branch with its parent and its identity.
#pragma once

#include "study/stage_reading.hpp"

namespace vitreous::study {

/// The branches of all stages, parents before children. Throws InputError where a stage starts from
/// none that there is, where a branch would find no parent, or its options do not go together.
std::vector<Branch> expand_stages(const std::vector<StageSpec>& stages, const AlloyChoice& alloy,
                                  const EngineChoice& engine);

}  // namespace vitreous::study
