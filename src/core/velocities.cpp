#include "core/velocities.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::core {

void draw_velocities(Atoms& atoms, double wanted, base::RandomStream& random) {
  if (!(wanted >= 0.0) || !std::isfinite(wanted))
    throw base::InputError(fmt::format("atoms cannot have a temperature of {} K", wanted));
  if (atoms.size() < 2)
    throw base::InputError(
        fmt::format("a temperature needs two atoms or more, not {}", atoms.size()),
        "the center of mass is at rest and does not count");
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const double width = 1.0 / std::sqrt(atoms.mass(i));
    const double x = random.normal(), y = random.normal(), z = random.normal();
    atoms.velocity.set(i, {x * width, y * width, z * width});
  }
  remove_drift(atoms);
  const double scale = std::sqrt(wanted / temperature(atoms));
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms.velocity.set(i, atoms.velocity[i] * scale);
}

}  // namespace vitreous::core
