// A random liquid to start from: exact composition, no two atoms too close, thermal velocities.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::core {

/// Whole numbers of atoms that come closest to the fractions (which must sum to 1 within 1e-6) and
/// sum to `atoms`: largest remainders, the first of equals. Throws InputError where a fraction
/// above zero would be left without an atom.
std::vector<std::int64_t> composition_counts(const std::vector<double>& fractions,
                                             std::int64_t atoms);

struct RandomConfigurationOptions {
  std::vector<Species> kinds;
  std::vector<double> fractions;  ///< atomic, one a kind
  std::int64_t atoms = 0;
  double volume_per_atom = 0.0;  ///< A^3
  double temperature = 0.0;      ///< K, of the velocities
};

struct RandomConfiguration {
  Box box;                           ///< a cube with its corner at the origin
  Atoms atoms;                       ///< ids from 1, species in random order
  std::vector<std::int64_t> counts;  ///< atoms of each kind: the composition that is really there
  double minimum_distance = 0.0;     ///< A, between any two atoms
};

/// Atoms are put in one after the other at random, each at least 0.8 (volume per atom)^(1/3) from
/// all before: 27 % of the volume is then in such spheres, and 38 % could be.
RandomConfiguration random_configuration(const RandomConfigurationOptions& options,
                                         base::RandomStream& random);

}  // namespace vitreous::core
