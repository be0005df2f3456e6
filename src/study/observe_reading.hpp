// The `observe` and `save` of a stage.
#pragma once

#include "study/plan.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// ["msd", { kind = "intermediate_scattering", q = "2.7 1/A" }]: every option is checked here.
std::vector<analysis::ObserverRequest> read_observers(const Value& value, const std::string& key);

/// { every = "1 ps", format = "dump" }
SaveRequest read_save(const Value& value, double timestep, const std::string& key);

}  // namespace vitreous::study
