#include "engine/minimizer.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "engine/largest_force.hpp"
#include "engine/lbfgs.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

void require_minimizer_sense(const MinimizerOptions& options) {
  if (!(options.force_tolerance > 0.0))
    throw base::InputError(fmt::format("the force tolerance is {} eV/A; it must be above zero",
                                       options.force_tolerance));
  if (options.most_steps < 0)
    throw base::InputError(fmt::format("cannot minimize in {} steps", options.most_steps));
}

}  // namespace

Minimized minimize(Forces& forces, const core::Box& box, core::Atoms& atoms,
                   const MinimizerOptions& options) {
  require_minimizer_sense(options);
  forces.reset();
  Lbfgs lbfgs;
  ForceResult result;
  math::Vectors move;
  Minimized done;
  for (;; ++done.steps) {
    forces.evaluate(box, atoms, {}, result);
    done.largest_force = largest_force(result.force);
    done.converged = done.largest_force <= options.force_tolerance;
    if (done.converged || done.steps == options.most_steps) break;
    lbfgs.find_move(result.force, move);
    math::add_scaled(atoms.position, move, 1.0);
  }
  forces.measure(box, atoms, result);
  done.energy = result.energy;
  return done;
}

}  // namespace vitreous::engine
