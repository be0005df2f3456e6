#include "fuzzed_file.hpp"
#include "io/lammps_log.hpp"

using namespace vitreous;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::FuzzedFile file({reinterpret_cast<const char*>(data), size});
  fuzz::accepted([&] {
    const auto log = io::read_lammps_log(file.path());
    for (const auto& run : log.runs) {
      for (const auto& column : run.thermo.columns)
        fuzz::require(column.size() == run.thermo.rows());
      io::timestep_of_steps(log, file.path(), run.first_step, run.last_step);
    }
  });
  return 0;
}
