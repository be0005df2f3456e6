// Frames of one file in the order in which they stand there: what the formats of frames share.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"

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

/// What is known of types 1, 2, ...; an empty name or a mass of 0 is not known.
struct TypeInfo {
  std::vector<std::string> name;
  std::vector<double> mass;  ///< amu
};

/// A frame as its file gives it: atoms in the order of the file.
struct RawFrame {
  FrameHead head;
  std::vector<std::int64_t> id;            ///< empty: 1, 2, ... in the order of the file
  std::vector<std::int32_t> type;          ///< from 1; empty where the file names elements alone
  std::vector<std::int32_t> element;       ///< index into element_names; empty: types alone
  std::vector<std::string> element_names;  ///< as they appear
  std::vector<double> mass;                ///< amu; empty where the file is silent
  math::Vectors position;                  ///< A, image flags applied
  math::Vectors velocity;                  ///< A/ps
  bool has_velocities = false;
  bool is_unwrapped = false;  ///< by image flags, unwrapped columns or its own word

  /// Empty again, its memory kept for the next frame.
  void clear();
  /// The index of a name, which is added where it is new; -1 where it would be one too many to be
  /// an element.
  std::int32_t element_index(std::string_view name);
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
  /// What the file tells of its types beside the frames; known after the first `next_head`.
  virtual TypeInfo types() const { return {}; }
  /// What the frames hold that is not read, by the file's own names: "fx", "charge". Known after
  /// the first `next_head`.
  virtual std::vector<std::string> passed_over() const { return {}; }
  /// What was taken for granted in reading, for the user to judge.
  virtual std::vector<std::string> warnings() const { return {}; }
};

}  // namespace vitreous::io
