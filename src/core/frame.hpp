// A read-only view of a moment: what every observer sees, from an engine or from a file.
#pragma once

#include <cstdint>
#include <optional>

#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::core {

/// Energies and pressure of a moment, where they were asked for and are known.
struct Thermo {
  double potential_energy = 0.0;  ///< eV
  double kinetic_energy = 0.0;    ///< eV
  double temperature = 0.0;       ///< K
  Mat3 pressure;                  ///< pressure tensor, kinetic part included, eV/A^3
  double conserved = 0.0;         ///< the ensemble's conserved quantity, eV
};

/// Atoms stand in ascending id, positions are unwrapped. Views live as long as the call they are
/// passed to.
struct Frame {
  std::int64_t step = 0;
  double time = 0.0;  ///< ps
  const Box* box = nullptr;
  const Atoms* atoms = nullptr;
  bool has_velocities = false;
  std::optional<Thermo> thermo;
};

}  // namespace vitreous::core
