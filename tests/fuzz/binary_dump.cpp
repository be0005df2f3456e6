#include "frames.hpp"
#include "io/lammps_binary_dump.hpp"

using namespace vitreous;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  const auto frames = fuzz::read_frames<io::LammpsBinaryDumpSource>(file.path());
  fuzz::require_scan_agrees<io::LammpsBinaryDumpSource>(file.path(), frames);
  return 0;
}
