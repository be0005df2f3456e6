// The [[fit]] and [[compare]] of a study.
#pragma once

#include "study/plan.hpp"
#include "study/value.hpp"

namespace vitreous::study {

/// `before` holds the fits that stand above: two may not give the same name to different results.
FitRequest read_fit(const Value& table, const std::vector<Branch>& branches,
                    const std::vector<FitRequest>& before);
CompareRequest read_compare(const Value& table, const std::vector<Branch>& branches);

}  // namespace vitreous::study
