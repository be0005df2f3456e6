// LAMMPS text dumps (`dump atom`, `dump custom`): any order of columns and atoms, scaled or not,
// wrapped, unwrapped or with image flags, orthogonal, triclinic or general boxes that may change.
#pragma once

#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "io/fields.hpp"
#include "io/frame_source.hpp"
#include "io/lammps_dump_columns.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {

/// Units metal are taken unless ITEM: UNITS says real, which is converted; any other is refused.
class LammpsDumpSource : public FrameSource {
 public:
  explicit LammpsDumpSource(const std::string& path);
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override;
  std::string truncation() const override;
  std::vector<std::string> passed_over() const override { return columns_.passed_over(); }

 private:
  bool whole_line(std::string_view& line);
  bool read_item(std::string_view item, FrameHead& head);
  bool read_box(std::string_view item, FrameHead& head);
  void read_units(std::string_view name);
  void read_columns(std::string_view item);
  void read_atom(std::string_view line, RawFrame& frame);
  double read_decimal(FieldCursor& fields, std::string_view line) const;
  std::int64_t read_integer(FieldCursor& fields, std::string_view line) const;
  std::int32_t to_type(std::int64_t value) const;
  [[noreturn]] void fail_columns(std::string_view line) const;
  bool cut_within_frame();

  TextSource text_;
  FrameHead head_;
  bool has_box_ = false;
  DumpColumns columns_;
  std::string column_line_;
  double velocity_factor_ = 1.0;
  std::string truncation_;
};

/// What the format is, for lists and help.
core::Declaration lammps_dump_declaration();

}  // namespace vitreous::io
