#include "core/atoms.hpp"

#include <algorithm>

#include "base/constants.hpp"

namespace vitreous::core {

double Atoms::total_mass() const {
  double sum = 0.0;
  for (std::size_t i = 0; i < size(); ++i) sum += mass(i);
  return sum;
}

std::size_t Atoms::count(std::int32_t kind) const {
  return static_cast<std::size_t>(std::count(species.begin(), species.end(), kind));
}

void Atoms::resize(std::size_t n) {
  id.resize(n);
  species.resize(n);
  position.resize(n);
  velocity.resize(n);
}

double kinetic_energy(const Atoms& atoms) {
  double sum = 0.0;
  for (std::size_t i = 0; i < atoms.size(); ++i)
    sum += atoms.mass(i) * math::norm2(atoms.velocity[i]);
  return 0.5 * base::mv2_to_eV * sum;
}

double temperature(const Atoms& atoms) {
  if (atoms.size() < 2) return 0.0;
  const double freedom = 3.0 * static_cast<double>(atoms.size()) - 3.0;
  return 2.0 * kinetic_energy(atoms) / (freedom * base::boltzmann);
}

void remove_drift(Atoms& atoms) {
  math::Vec3 momentum;
  for (std::size_t i = 0; i < atoms.size(); ++i) momentum += atoms.velocity[i] * atoms.mass(i);
  const math::Vec3 drift = momentum * (1.0 / atoms.total_mass());
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms.velocity.add(i, -drift);
}

}  // namespace vitreous::core
