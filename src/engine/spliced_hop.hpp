// Where one atom's hop leads while all that happened elsewhere meanwhile is left out.
#pragma once

#include <cstddef>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/forces.hpp"
#include "engine/minimizer.hpp"

namespace vitreous::engine {

struct SplicedHopOptions {
  double radius = 5.0;           ///< A, around where the jumper is after its hop
  double collapsed_below = 1.0;  ///< A
  MinimizerOptions minimizer = {};
};

struct SplicedHop {
  core::Atoms atoms;       ///< the minimum that the hop leads to, unwrapped beside `before`
  std::size_t taken = 0;   ///< atoms that were put where they are after the hop
  double jump = 0.0;       ///< A, of the jumper from `before` to that minimum
  bool collapsed = false;  ///< the jumper fell back to less than collapsed_below from its start
  Minimized minimized;
};

/// The final state of a hop as Annamareddy et al. (2021) construct it for a nudged elastic band:
/// all atoms of the inherent structure `before`, but those that stand within the radius of the
/// jumper in the inherent structure `after` moved to where they stand there. The two shells do not
/// fit: all atoms are then minimized. Throws InputError where the atoms differ in number or there
/// is no such jumper.
SplicedHop splice_hop(Forces& forces, const core::Box& box, const core::Atoms& before,
                      const core::Atoms& after, std::size_t jumper,
                      const SplicedHopOptions& options = {});

}  // namespace vitreous::engine
