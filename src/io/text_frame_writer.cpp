#include "io/text_frame_writer.hpp"

#include <algorithm>

#include "core/element.hpp"
#include "io/extended_xyz.hpp"
#include "io/lammps_data.hpp"
#include "io/lammps_dump_text.hpp"
#include "io/packed_file.hpp"

namespace vitreous::io {
namespace {

/// An isotope, or an atom of a model: the element does not tell its mass.
bool has_own_masses(const core::Atoms& atoms) {
  return std::any_of(atoms.kinds.begin(), atoms.kinds.end(), [](const core::Species& kind) {
    const auto* element = core::find_element(kind.name);
    return kind.mass > 0.0 && !(element && element->mass == kind.mass);
  });
}

/// Where a frame is text that does not depend on the frames before.
class TextFrameWriter : public FrameWriter {
 public:
  using ToText = std::string (*)(const Configuration& frame, std::string& note);

  TextFrameWriter(const std::string& path, ToText to_text) : file_(path), to_text_(to_text) {}
  void add(const Configuration& frame) override { file_.add(to_text_(frame, note_)); }
  void finish() override { file_.finish(); }
  std::string note() const override { return note_; }

 private:
  PackedFile file_;
  ToText to_text_;
  std::string note_;
};

std::string dump_text(const Configuration& frame, std::string&) {
  LammpsDumpFields fields{.step = frame.step,
                          .time = frame.time,
                          .velocities = frame.has_velocities,
                          .unwrapped = frame.is_unwrapped,
                          .masses = has_own_masses(frame.atoms),
                          .periodic = frame.periodic};
  for (const auto& types : frame.types) fields.type_of_kind.push_back(types.front());
  return to_lammps_dump(frame.box, frame.atoms, fields);
}

std::string extended_xyz_text(const Configuration& frame, std::string&) {
  ExtendedXyzFields fields;
  fields.step = frame.step;
  fields.time = frame.time;
  fields.velocities = frame.has_velocities;
  fields.unwrapped = frame.is_unwrapped;
  fields.masses = has_own_masses(frame.atoms);
  fields.periodic = frame.periodic;
  return to_extended_xyz(frame.box, frame.atoms, fields);
}

std::string data_text(const Configuration& frame, std::string& note) {
  auto written = to_lammps_data(frame.box, frame.atoms, frame.step, frame.has_velocities);
  note = written.note;
  return std::move(written.text);
}

}  // namespace

std::unique_ptr<FrameWriter> write_lammps_dump(const std::string& path) {
  return std::make_unique<TextFrameWriter>(path, dump_text);
}

std::unique_ptr<FrameWriter> write_extended_xyz(const std::string& path) {
  return std::make_unique<TextFrameWriter>(path, extended_xyz_text);
}

std::unique_ptr<FrameWriter> write_lammps_data(const std::string& path) {
  return std::make_unique<TextFrameWriter>(path, data_text);
}

}  // namespace vitreous::io
