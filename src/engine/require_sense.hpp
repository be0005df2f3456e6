// What no engine can make sense of.
#pragma once

#include <cstdint>

#include "engine/protocol.hpp"
#include "engine/state.hpp"

namespace vitreous::engine {

/// Throws InputError for fewer than two atoms, a negative number of steps, and a protocol whose
/// times are not above zero.
void require_sense(const State& state, const Protocol& protocol, std::int64_t steps);

}  // namespace vitreous::engine
