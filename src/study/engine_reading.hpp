// The engine of a study.
#pragma once

#include "study/plan.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// Refuses keys that mean nothing to the engine that is chosen. A word of a pair_coeff that names a
/// file, seen from the study's folder, becomes its whole path.
EngineChoice read_engine(const Value& engine, const std::string& study_folder);

/// For people: "native, precision auto", "lammps, pair_style eam/alloy".
std::string engine_words(const EngineChoice& engine);

}  // namespace vitreous::study
