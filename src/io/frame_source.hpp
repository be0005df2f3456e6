// Frames of one file in the order in which they stand there: what dumps and extended XYZ share.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {

/// What a frame says before its atoms.
struct FrameHead {
  std::optional<std::int64_t> step;
  std::optional<double> time;  ///< ps
  std::size_t atoms = 0;
  std::size_t line = 0;  ///< where the frame starts
  core::Box box;
  std::array<bool, 3> periodic{true, true, true};  ///< along a, b, c
};

/// A frame as its file gives it: atoms in the order of the file.
struct RawFrame {
  FrameHead head;
  std::vector<std::int64_t> id;      ///< empty: 1, 2, ... in the order of the file
  std::vector<std::int32_t> type;    ///< from 1; empty where the file names elements alone
  std::vector<std::string> element;  ///< empty where the file has types alone
  std::vector<double> mass;          ///< amu; empty where the file is silent
  math::Vectors position;            ///< A, image flags applied
  math::Vectors velocity;            ///< A/ps
  bool has_velocities = false;
  bool is_unwrapped = false;  ///< by image flags, unwrapped columns or its own word
};

/// Reading a frame is `next_head`, then either `read_atoms` or `skip_atoms`. All throw InputError
/// with file and line where the file is damaged.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  /// False at the end of the file, also where it ends within the head (see `truncation`).
  virtual bool next_head(FrameHead& head) = 0;
  /// False where the file ends within the frame.
  virtual bool read_atoms(RawFrame& frame) = 0;
  virtual bool skip_atoms() = 0;
  /// What is wrong with the end of the file, for a warning; "" where it ends as it should.
  virtual std::string truncation() const = 0;
};

enum class Format { lammps_dump, extended_xyz, lammps_data, other };
/// By the first lines; `other` where they tell nothing.
Format detect_format(const std::string& path);

/// A reader of a dump or an extended XYZ file; throws InputError for any other file.
std::unique_ptr<FrameSource> open_frames(const std::string& path);

}  // namespace vitreous::io
