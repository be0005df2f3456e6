#include "frames.hpp"

using namespace vitreous;

namespace {

std::string extended_xyz_text_of(const io::Configuration& c) {
  io::ExtendedXyzFields fields;
  fields.step = c.step;
  fields.time = c.time;
  fields.velocities = c.has_velocities;
  fields.masses = true;
  return io::to_extended_xyz(c.box, c.atoms, fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  const auto frames = fuzz::read_frames<io::ExtendedXyzSource>(file.path());
  fuzz::require_scan_agrees<io::ExtendedXyzSource>(file.path(), frames);
  fuzz::require_round_trip<io::ExtendedXyzSource>(frames, extended_xyz_text_of);
  return 0;
}
