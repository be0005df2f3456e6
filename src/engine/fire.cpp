#include "engine/fire.hpp"

#include <algorithm>
#include <cmath>

#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

// Guenole et al., table 2.
constexpr int steps_before_growth = 20;
constexpr double growth = 1.1, shrinkage = 0.5, mixing_decay = 0.99;

/// A/eV^(1/2). Stable below a stiffness of (2/dt)^2 = 100 eV/A^2. Of 0.1 to 0.5, 0.2 and 0.25 bring
/// a glass of Cu50Zr50 to rest soonest: in 570 steps, where 0.1 takes 1080 and 0.35 takes 1680.
constexpr double longest_timestep = 0.2;
constexpr double shortest_timestep = 0.001;
constexpr double farthest_move = 0.1;  // A

}  // namespace

void Fire::find_move(const math::Vectors& force, math::Vectors& move) {
  const double power = math::dot(force, velocity_);
  const bool downhill = power > 0.0;
  move = velocity_;
  math::scale(move, downhill ? 0.0 : -0.5 * timestep_);
  adapt(power);
  accelerate(force, downhill);
  limit_velocity();
  math::add_scaled(move, velocity_, timestep_);
  ++steps_;
}

void Fire::adapt(double power) {
  if (power > 0.0) {
    if (++downhill_steps_ <= steps_before_growth) return;
    timestep_ = std::min(timestep_ * growth, longest_timestep);
    mixing_ *= mixing_decay;
    return;
  }
  downhill_steps_ = 0;
  mixing_ = first_mixing;
  if (steps_ > steps_before_growth) timestep_ = std::max(timestep_ * shrinkage, shortest_timestep);
  velocity_.fill(0.0);
}

void Fire::accelerate(const math::Vectors& force, bool downhill) {
  math::add_scaled(velocity_, force, timestep_);
  if (!downhill) return;
  const double pull = mixing_ * math::length(velocity_) / math::length(force);
  math::scale(velocity_, 1.0 - mixing_);
  math::add_scaled(velocity_, force, pull);
}

void Fire::limit_velocity() {
  const double move = math::longest(velocity_) * timestep_;
  if (move > farthest_move) math::scale(velocity_, farthest_move / move);
}

}  // namespace vitreous::engine
