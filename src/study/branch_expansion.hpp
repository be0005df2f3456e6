// Stages fanned out over their axes and replicas, each branch with its parent and its identity.
#pragma once

#include "study/stage_reading.hpp"

namespace vitreous::study {

/// The branches of all stages, parents before children. Throws InputError where a stage starts from
/// none that there is; gathers as mistakes, one a stage, where a branch would find no parent or its
/// options do not go together. Stages that start from such a one are passed over.
std::vector<Branch> expand_stages(const std::vector<StageSpec>& stages, const AlloyChoice& alloy,
                                  const EngineChoice& engine, Mistakes& mistakes);

}  // namespace vitreous::study
