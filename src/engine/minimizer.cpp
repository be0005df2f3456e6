#include "engine/minimizer.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "engine/largest_force.hpp"
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

Minimization::Minimization(Forces& forces, const core::Box& box, core::Atoms& atoms,
                           const MinimizerOptions& options)
    : forces_(forces), box_(box), atoms_(atoms), options_(options) {
  require_minimizer_sense(options);
  forces.reset();
}

bool Minimization::advance(int most) {
  for (int moves = 0; !ended_ && moves < most; ++moves) {
    forces_.evaluate(box_, atoms_, {}, result_);
    done_.largest_force = largest_force(result_.force);
    done_.converged = done_.largest_force <= options_.force_tolerance;
    ended_ = done_.converged || done_.steps == options_.most_steps;
    if (ended_) break;
    lbfgs_.find_move(result_.force, move_);
    math::add_scaled(atoms_.position, move_, 1.0);
    ++done_.steps;
  }
  return ended_;
}

Minimized Minimization::finish() {
  forces_.measure(box_, atoms_, result_);
  done_.energy = result_.energy;
  return done_;
}

Minimized minimize(Forces& forces, const core::Box& box, core::Atoms& atoms,
                   const MinimizerOptions& options) {
  Minimization minimization(forces, box, atoms, options);
  while (!minimization.advance(options.most_steps + 1)) {
  }
  return minimization.finish();
}

}  // namespace vitreous::engine
