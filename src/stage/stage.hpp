// The kinds of stage and what they declare. No TOML here: options in, engine driven.
#pragma once

#include <vector>

#include "core/declaration.hpp"

namespace vitreous::stage {

/// The declarations of every kind of stage that this build can run, in the order in which they are
/// listed.
const std::vector<core::Declaration>& stage_declarations();

}  // namespace vitreous::stage
