// The atoms of a configuration, as arrays by component.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "math/vec3.hpp"

namespace vitreous::core {

using math::Vectors;

/// What an index in `Atoms::species` means.
struct Species {
  std::string name;   ///< element symbol, e.g. "Cu"
  double mass = 0.0;  ///< amu
};

/// Index k of every array is one atom, ids ascending; ids are never reused.
struct Atoms {
  std::vector<Species> kinds;
  std::vector<std::int64_t> id;
  std::vector<std::int32_t> species;  ///< index into `kinds`
  Vectors position;                   ///< unwrapped (A): never folded into the box
  Vectors velocity;                   ///< A/ps

  std::size_t size() const { return species.size(); }
  double mass(std::size_t i) const { return kinds[static_cast<std::size_t>(species[i])].mass; }
  double total_mass() const;
  std::size_t count(std::int32_t kind) const;
  void resize(std::size_t n);
};

/// Kinetic energy (eV) and temperature (K) with 3N - 3 degrees of freedom: total momentum is held
/// at zero.
double kinetic_energy(const Atoms& atoms);
double temperature(const Atoms& atoms);
/// Removes the velocity of the center of mass.
void remove_drift(Atoms& atoms);

}  // namespace vitreous::core
