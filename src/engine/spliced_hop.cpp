#include "engine/spliced_hop.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace vitreous::engine {

SplicedHop splice_hop(Forces& forces, const core::Box& box, const core::Atoms& before,
                      const core::Atoms& after, std::size_t jumper,
                      const SplicedHopOptions& options) {
  if (before.size() != after.size())
    throw base::InputError(fmt::format("there are {} atoms before the hop and {} after it",
                                       before.size(), after.size()));
  if (jumper >= before.size())
    throw base::InputError(
        fmt::format("there is no atom of index {}: there are {}", jumper, before.size()));
  SplicedHop hop;
  hop.atoms = before;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const math::Vec3 apart = box.nearest_image(after.position[i] - after.position[jumper]);
    if (math::norm(apart) > options.radius) continue;
    hop.atoms.position.add(i, box.nearest_image(after.position[i] - before.position[i]));
    ++hop.taken;
  }
  hop.minimized = minimize(forces, box, hop.atoms, options.minimizer);
  hop.jump = math::norm(hop.atoms.position[jumper] - before.position[jumper]);
  hop.collapsed = hop.jump < options.collapsed_below;
  return hop;
}

}  // namespace vitreous::engine
