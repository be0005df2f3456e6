#include "engine/native/velocity_rescaling.hpp"

#include <cmath>

namespace vitreous::engine {

double rescaling_factor(double twice_kinetic, double kT, double freedom, double decay,
                        base::RandomStream& random) {
  // The squares of freedom - 1 normal numbers sum to twice a gamma variate.
  const double along = random.normal();
  const double across = freedom > 1.0 ? 2.0 * random.gamma(0.5 * (freedom - 1.0)) : 0.0;
  const double renewed = (1.0 - decay) * kT / twice_kinetic;
  const double parallel = std::sqrt(decay) + std::sqrt(renewed) * along;
  const double factor = std::sqrt(parallel * parallel + renewed * across);
  return parallel < 0.0 ? -factor : factor;
}

}  // namespace vitreous::engine
