// The [[fit]] and [[compare]] of a study.
#pragma once

#include "study/plan.hpp"
#include "study/value.hpp"

namespace vitreous::study {

FitRequest read_fit(const Value& table, const std::vector<Branch>& branches);
CompareRequest read_compare(const Value& table, const std::vector<Branch>& branches);

}  // namespace vitreous::study
