// L-BFGS: how to move downhill where only forces are known, by what the last moves taught.
#pragma once

#include <deque>

#include "math/vec3.hpp"

namespace vitreous::engine {

/// The two loops of Nocedal, Math. Comput. 35, 773 (1980), without a search along the line: one
/// evaluation of the forces a move. A move in which an atom would go farther than 0.1 A is
/// shortened as a whole. Where the curvature along the last move was not positive, or the next
/// would lead uphill, all that was learned is forgotten. Takes the forces of one landscape, the
/// gradient of an energy; for a band of images, whose forces are none, see fire.hpp.
class Lbfgs {
 public:
  /// How to go on from where `force` (eV/A) acts: `move` is in A.
  void find_move(const math::Vectors& force, math::Vectors& move);

 private:
  struct Lesson {
    math::Vectors move;      ///< A
    math::Vectors change;    ///< eV/A, of the gradient
    double curvature = 0.0;  ///< eV: move . change
  };
  void learn(const math::Vectors& force);
  /// From a force to a move.
  void apply_lessons(math::Vectors& move) const;
  /// A^2/eV: one over the stiffness that the newest lesson met.
  double softness() const;

  std::deque<Lesson> lessons_;  ///< the newest last
  math::Vectors last_force_, last_move_;
};

}  // namespace vitreous::engine
