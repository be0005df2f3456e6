// Frames as text, one after another: LAMMPS dumps, extended XYZ, LAMMPS data files.
#pragma once

#include <memory>
#include <string>

#include "io/frame_writer.hpp"

namespace vitreous::io {

/// Packed where the name ends with .gz or .zst. Throw RunError where the folder cannot be written
/// to.
std::unique_ptr<FrameWriter> write_lammps_dump(const std::string& path);
std::unique_ptr<FrameWriter> write_extended_xyz(const std::string& path);
/// Takes one frame.
std::unique_ptr<FrameWriter> write_lammps_data(const std::string& path);

}  // namespace vitreous::io
