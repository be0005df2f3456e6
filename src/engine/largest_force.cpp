#include "engine/largest_force.hpp"

#include <cmath>

#include "base/error.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {

double largest_force(const math::Vectors& force) {
  const double largest = math::largest_component(force);
  if (!std::isfinite(largest))
    throw base::RunError("a force on an atom is not a finite number", "atoms have come too close");
  return largest;
}

}  // namespace vitreous::engine
