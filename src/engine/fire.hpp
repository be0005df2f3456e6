// FIRE, the fast inertial relaxation engine: how to move downhill where only forces are known.
#pragma once

#include "math/vec3.hpp"

namespace vitreous::engine {

/// Bitzek et al., Phys. Rev. Lett. 97, 170201 (2006), with the order of steps, the way back after
/// an uphill step and the parameters of Guenole et al., Comput. Mater. Sci. 175, 109584 (2020):
///   v <- v + F dt,  v <- (1 - a) v + a |v| F/|F|,  r <- r + v dt       while F.v > 0;
///   else half of the last step is taken back, v <- 0, and dt and a begin anew.
/// Every atom has the mass 1, so that time is in A/eV^(1/2). A step in which an atom would move
/// more than 0.1 A is shortened as a whole, velocities with it.
class Fire {
 public:
  explicit Fire(std::size_t atoms) : velocity_(atoms) {}

  /// How to go on from where `force` (eV/A) acts: `move` is in A.
  void find_move(const math::Vectors& force, math::Vectors& move);

 private:
  void adapt(double power);
  void accelerate(const math::Vectors& force, bool downhill);
  void limit_velocity();

  static constexpr double first_timestep = 0.05, first_mixing = 0.25;

  double timestep_ = first_timestep, mixing_ = first_mixing;
  int steps_ = 0, downhill_steps_ = 0;
  math::Vectors velocity_;  ///< A per unit of time
};

}  // namespace vitreous::engine
