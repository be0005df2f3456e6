#include "frames.hpp"

using namespace vitreous;

namespace {

std::string dump_text_of(const io::Configuration& c) {
  return io::to_lammps_dump(c.box, c.atoms,
                            {.step = c.step,
                             .time = c.time,
                             .velocities = c.has_velocities,
                             .unwrapped = true,
                             .masses = true});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  const auto frames = fuzz::read_frames<io::LammpsDumpSource>(file.path());
  fuzz::require_scan_agrees<io::LammpsDumpSource>(file.path(), frames);
  fuzz::require_round_trip<io::LammpsDumpSource>(frames, dump_text_of);
  return 0;
}
