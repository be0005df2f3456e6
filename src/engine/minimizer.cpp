#include "engine/minimizer.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "engine/fire.hpp"
#include "engine/largest_force.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

void require_minimizer_sense(const core::Atoms& atoms, const MinimizerOptions& options) {
  if (!(options.force_tolerance > 0.0))
    throw base::InputError(fmt::format("the force tolerance is {} eV/A; it must be above zero",
                                       options.force_tolerance));
  if (options.most_steps < 0)
    throw base::InputError(fmt::format("cannot minimize in {} steps", options.most_steps));
  if (!options.mobile.empty() && options.mobile.size() != atoms.size())
    throw base::InputError(
        fmt::format("it is told of {} atoms whether they may move, but there are {}",
                    options.mobile.size(), atoms.size()));
}

void hold_still(const std::vector<char>& mobile, math::Vectors& force) {
  for (std::size_t i = 0; i < mobile.size(); ++i)
    if (!mobile[i]) force.set(i, {});
}

}  // namespace

Minimized minimize(Forces& forces, const core::Box& box, core::Atoms& atoms,
                   const MinimizerOptions& options) {
  require_minimizer_sense(atoms, options);
  forces.reset();
  Fire fire(atoms.size());
  ForceResult result;
  math::Vectors move;
  Minimized done;
  for (;; ++done.steps) {
    forces.evaluate(box, atoms, {}, result);
    hold_still(options.mobile, result.force);
    done.largest_force = largest_force(result.force);
    done.converged = done.largest_force <= options.force_tolerance;
    if (done.converged || done.steps == options.most_steps) break;
    fire.find_move(result.force, move);
    math::add_scaled(atoms.position, move, 1.0);
  }
  forces.measure(box, atoms, result);
  done.energy = result.energy;
  return done;
}

}  // namespace vitreous::engine
