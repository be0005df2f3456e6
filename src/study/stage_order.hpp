// Stages in the order in which they can start.
#pragma once

#include "study/stage_reading.hpp"

namespace vitreous::study {

/// Parents before children, else as written. Throws InputError where a stage starts from one that
/// is not there, or stages start from each other in a circle.
std::vector<const StageSpec*> parents_first(const std::vector<StageSpec>& stages);

}  // namespace vitreous::study
