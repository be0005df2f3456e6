// LAMMPS data files: atom_style atomic (and what charge, molecular and full add is passed over),
// metal units. Restricted and general triclinic boxes are read; the restricted form is written.
#pragma once

#include <string>

#include "core/declaration.hpp"
#include "io/frame_source.hpp"

namespace vitreous::io {

struct LammpsData {
  RawFrame frame;
  TypeInfo types;  ///< names from "# Cu" behind a mass, or from Atom Type Labels
};

/// Throws InputError with file and line.
LammpsData read_lammps_data(const std::string& path);

/// A data file as a trajectory of one frame.
class LammpsDataSource : public FrameSource {
 public:
  explicit LammpsDataSource(const std::string& path) : path_(path) {}
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override { return true; }
  std::string truncation() const override { return {}; }
  TypeInfo types() const override { return data_.types; }

 private:
  std::string path_;
  bool is_read_ = false;
  LammpsData data_;
};

struct LammpsDataText {
  std::string text;
  /// What was done to the box, in words; "" where nothing was. LAMMPS wants a along x and b in the
  /// xy plane: any other box is turned as a whole, positions and velocities with it.
  std::string note;
};
LammpsDataText to_lammps_data(const core::Box& box, const core::Atoms& atoms, std::int64_t step,
                              bool with_velocities);

/// What the format is, for lists and help.
core::Declaration lammps_data_declaration();

}  // namespace vitreous::io
