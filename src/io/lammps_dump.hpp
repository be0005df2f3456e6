// LAMMPS text dumps (`dump atom`, `dump custom`): any order of columns and atoms, scaled or not,
// wrapped, unwrapped or with image flags, orthogonal, triclinic or general boxes that may change.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "io/frame_source.hpp"

namespace vitreous::io {

/// Units metal are taken unless ITEM: UNITS says real, which is converted; any other is refused.
/// Where a file offers positions in several ways the first of these is read: xu, xsu, x, xs.
class LammpsDumpSource : public FrameSource {
 public:
  explicit LammpsDumpSource(const std::string& path);
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override;
  std::string truncation() const override;

 private:
  enum class Positions { unwrapped, scaled_unwrapped, plain, scaled };
  struct Columns {
    Positions positions = Positions::plain;
    int x = -1, y = -1, z = -1, ix = -1, iy = -1, iz = -1, vx = -1, vy = -1, vz = -1;
    int id = -1, type = -1, element = -1, mass = -1;
    std::size_t count = 0;
  };

  bool whole_line(std::string_view& line);
  bool read_item(std::string_view item, FrameHead& head);
  bool read_box(std::string_view item, FrameHead& head);
  void read_units(std::string_view name);
  void read_columns(std::string_view item);
  void read_atom(RawFrame& frame);
  bool cut_within_frame();

  TextSource text_;
  FrameHead head_;
  bool has_box_ = false;
  Columns columns_;
  std::string column_line_;
  double time_factor_ = 1.0;  ///< to ps
  std::string truncation_;
  std::vector<std::string_view> fields_;
};

/// What the format is, for lists and help.
core::Declaration lammps_dump_declaration();

}  // namespace vitreous::io
