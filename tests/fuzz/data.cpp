#include "frames.hpp"
#include "io/lammps_data.hpp"

using namespace vitreous;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  fuzz::accepted([&] {
    io::LammpsData read = io::read_lammps_data(file.path());
    read.frame.head.atoms = read.frame.position.size();
    fuzz::require_whole(read.frame);
    io::name_types_by_mass(read.types);
    const auto c = io::make_configuration(read.frame, io::SpeciesTable(read.frame, read.types));
    io::to_lammps_data(c.box, c.atoms, c.step, c.has_velocities);
  });
  return 0;
}
