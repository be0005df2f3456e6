// Positions as fractions of the box edges in units of 2^-32: differences of such integers wrap to
// the nearest image by themselves, and the resolution (1e-8 A in a box of 40 A) is the same
// everywhere.
#pragma once

#include <cstdint>
#include <vector>

#include "core/box.hpp"
#include "math/vec3.hpp"

namespace vitreous::engine::fast {

struct FixedPositions {
  std::vector<std::int32_t> x, y, z;
};

/// Positions of the atoms order[0], order[1], ... in a lower-triangular box. `out` must have room;
/// what lies behind them there is left as it is. Atoms may be up to 2^18 boxes away.
void assign_fixed(const core::Box& box, const math::Vectors& position,
                  const std::vector<std::uint32_t>& order, FixedPositions& out);

}  // namespace vitreous::engine::fast
