// One frame as LAMMPS dump text: ITEM UNITS (metal), TIME, TIMESTEP, box, id type element xu yu zu.
#pragma once

#include <string>

#include "core/frame.hpp"

namespace vitreous::io {

/// Numbers are the shortest that read back to the same bits. Throws InputError for a box that is
/// not in LAMMPS' restricted form (a along x, b in the xy plane).
std::string to_lammps_dump(const core::Frame& frame);

}  // namespace vitreous::io
