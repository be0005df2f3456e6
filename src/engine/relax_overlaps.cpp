#include "engine/relax_overlaps.hpp"

#include <algorithm>

#include "math/vectors.hpp"

namespace vitreous::engine {
RelaxedOverlaps relax_overlaps(Forces& forces, const core::Box& box, core::Atoms& atoms) {
  constexpr int most_moves = 200;
  constexpr double mobility = 0.01;     // A per eV/A: stable below a stiffness of 200 eV/A^2
  constexpr double longest_move = 0.1;  // A
  constexpr double small_enough = 3.0;  // eV/A
  RelaxedOverlaps done;
  ForceResult result;
  for (;; ++done.moves) {
    forces.evaluate(box, atoms, {}, result);
    done.largest_force = math::longest(result.force);
    if (done.largest_force <= small_enough || done.moves == most_moves) return done;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const double size = math::norm(result.force[i]);
      if (size > 0.0)
        atoms.position.add(i, result.force[i] * std::min(mobility, longest_move / size));
    }
  }
}

}  // namespace vitreous::engine
