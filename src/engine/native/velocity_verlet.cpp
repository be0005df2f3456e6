#include "engine/native/velocity_verlet.hpp"

#include <cmath>

#include "base/constants.hpp"
#include "core/atom_loops.hpp"

namespace vitreous::engine {
namespace {

double square(double x) { return x * x; }

double speed_squared(const core::Atoms& atoms, std::size_t i) {
  return math::norm2(atoms.velocity[i]);
}

}  // namespace

void kick(core::Atoms& atoms, const math::Vectors& force, const MoveFactors& factors) {
  std::vector<double> time_by_mass;
  for (const auto& kind : atoms.kinds)
    time_by_mass.push_back(factors.time / (kind.mass * base::mv2_to_eV));
  auto& v = atoms.velocity;
  core::for_atoms(atoms.size(), [&](base::Range range) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const double factor = time_by_mass[static_cast<std::size_t>(atoms.species[i])];
      v.x[i] = v.x[i] * factors.scale + force.x[i] * factor;
      v.y[i] = v.y[i] * factors.scale + force.y[i] * factor;
      v.z[i] = v.z[i] * factors.scale + force.z[i] * factor;
    }
  });
}

bool drift(core::Atoms& atoms, const math::Vec3& origin, const MoveFactors& factors,
           double longest) {
  const double fastest = square(longest / factors.time);
  auto& r = atoms.position;
  const auto& v = atoms.velocity;
  return core::all_atoms(atoms.size(), [&](base::Range range) {
    double too_fast = 0.0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      r.x[i] = origin.x + ((r.x[i] - origin.x) * factors.scale + v.x[i] * factors.time);
      r.y[i] = origin.y + ((r.y[i] - origin.y) * factors.scale + v.y[i] * factors.time);
      r.z[i] = origin.z + ((r.z[i] - origin.z) * factors.scale + v.z[i] * factors.time);
      // Written so that a velocity that is not a number counts as too fast.
      too_fast += square(v.x[i]) + square(v.y[i]) + square(v.z[i]) <= fastest ? 0.0 : 1.0;
    }
    return too_fast == 0.0;
  });
}

std::size_t fastest_atom(const core::Atoms& atoms) {
  std::size_t fastest = 0;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (std::isnan(speed_squared(atoms, i))) return i;
    if (speed_squared(atoms, i) > speed_squared(atoms, fastest)) fastest = i;
  }
  return fastest;
}

double twice_kinetic_energy(const core::Atoms& atoms) {
  const auto& v = atoms.velocity;
  const double sum = core::sum_atoms(atoms.size(), [&](base::Range range) {
    double part = 0.0;
    for (std::size_t i = range.begin; i < range.end; ++i)
      part += atoms.mass(i) * (square(v.x[i]) + square(v.y[i]) + square(v.z[i]));
    return part;
  });
  return base::mv2_to_eV * sum;
}

void scale_velocities(core::Atoms& atoms, double factor) {
  auto& v = atoms.velocity;
  core::for_atoms(atoms.size(), [&](base::Range range) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      v.x[i] *= factor;
      v.y[i] *= factor;
      v.z[i] *= factor;
    }
  });
}

}  // namespace vitreous::engine
