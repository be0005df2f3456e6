// What makes a branch the one that it is, in canonical units, and its hash.
#pragma once

#include "study/plan.hpp"

namespace vitreous::study {

/// An option's value in words that read back to the same: numbers in the declared unit.
std::string canonical_value(const core::OptionValue& value, const std::string& unit);

/// Fills in `physics` and `identity`. `parent` is null where the branch starts from a random
/// liquid. Of a hold `duration` is left out: it may grow. It enters the identity of what starts
/// from it.
void identify(Branch& branch, const Branch* parent, const std::string& potential_fingerprint);

}  // namespace vitreous::study
