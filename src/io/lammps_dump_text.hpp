// One frame as LAMMPS dump text: ITEM UNITS (metal), TIME, TIMESTEP, box, id type element xu yu zu.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::io {

struct LammpsDumpFields {
  std::int64_t step = 0;
  std::optional<double> time = {};  ///< ps; no ITEM: TIME where it is not known
  bool velocities = false;          ///< columns vx vy vz, A/ps
  bool unwrapped = true;            ///< false: positions may be folded, columns x y z
  bool masses = false;              ///< column mass, amu
  std::array<bool, 3> periodic = {true, true, true};
  std::vector<std::int32_t> type_of_kind = {};  ///< empty: 1, 2, ...
};

/// Numbers are the shortest that read back to the same bits; there is no `element` column where a
/// kind has no name. Throws InputError for a box that is not in LAMMPS' restricted form (a along x,
/// b in the xy plane).
std::string to_lammps_dump(const core::Box& box, const core::Atoms& atoms,
                           const LammpsDumpFields& fields);

}  // namespace vitreous::io
