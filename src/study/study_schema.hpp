// The study file as a JSON Schema, from which editors complete keys, show their sentences and mark
// mistakes.
#pragma once

#include <string>

namespace vitreous::study {

/// JSON Schema, draft 2020-12, of all that read_study takes, made from the declarations of
/// sections, stages, observers and laws. What only the whole study tells (units that do not fit,
/// stages that are not there) is left to `vitreous check`.
std::string study_schema();

}  // namespace vitreous::study
