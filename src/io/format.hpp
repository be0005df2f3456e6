// The file formats that are read and written: the one table of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "io/frame_source.hpp"
#include "io/frame_writer.hpp"

namespace vitreous::io {

enum class Format { lammps_dump, lammps_binary_dump, extended_xyz, h5md, lammps_data, other };

/// A format of frames of atoms.
struct FrameFormat {
  Format format = Format::other;
  std::string one;                   ///< "a LAMMPS dump", for messages
  std::vector<std::string> endings;  ///< of files to be written: ".dump"; none is written without
  std::unique_ptr<FrameSource> (*open)(const std::string& path) = nullptr;
  std::unique_ptr<FrameWriter> (*write)(const std::string& path) = nullptr;
  bool is_packed = true;      ///< written packed where the name ends with .gz or .zst
  bool holds_many = true;     ///< false: one frame alone
  bool needs_species = true;  ///< false: types without elements will do
  bool holds_types = true;    ///< false: elements alone
  bool holds_time = true;     ///< time and which edges are periodic
};

const std::vector<FrameFormat>& frame_formats();

/// The declarations of every format, in the order in which they are listed. Their `formula` is the
/// file's layout.
const std::vector<core::Declaration>& format_declarations();

/// By the first lines or bytes; `other` where they tell nothing.
Format detect_format(const std::string& path);

/// A reader of whatever frames the file holds; throws InputError where it holds none.
std::unique_ptr<FrameSource> open_frames(const std::string& path);

/// The format that a file to be written is to have by its name, .gz or .zst left out; throws
/// InputError where no format has that ending.
const FrameFormat& format_to_write(const std::string& path);

}  // namespace vitreous::io
