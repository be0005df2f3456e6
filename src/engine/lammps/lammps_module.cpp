#include "engine/lammps/lammps_module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"
#include "base/interrupt.hpp"

namespace vitreous::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* module_name = "vitreous_lammps.so";
constexpr const char* place_variable = "VITREOUS_LAMMPS_MODULE";

/// Open MPI, MPICH and Intel MPI, and what uses PMIx.
struct LaunchNames {
  const char *rank, *size;
};
constexpr LaunchNames launchers[] = {{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
                                     {"PMI_RANK", "PMI_SIZE"},
                                     {"PMIX_RANK", "SLURM_NTASKS"}};

[[noreturn]] void refuse_missing_module(const std::vector<std::string>& places) {
  throw base::RunError(
      fmt::format("engine \"lammps\" needs the module {}, which is not here", module_name),
      fmt::format("it was looked for as {}; it is built where CMake finds LAMMPS' library and MPI",
                  fmt::join(places, ", ")),
      {"install liblammps-dev and libopenmpi-dev, then build vitreous again",
       fmt::format("{}=FILE where it lies elsewhere", place_variable), "engine = \"native\""});
}

[[noreturn]] void refuse_module(const std::string& file) {
  const char* said = ::dlerror();
  throw base::RunError(fmt::format("{} does not load: {}", file, said ? said : "no reason given"),
                       "it needs the libraries of LAMMPS and MPI that it was built with",
                       {"build vitreous again"});
}

LammpsProcesses& load(const std::string& file) {
  void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!module) refuse_module(file);
  const auto entry = reinterpret_cast<LammpsEntry*>(::dlsym(module, "vitreous_lammps_processes"));
  if (!entry) refuse_module(file);
  return *entry(base::interrupted_by);
}

LammpsProcesses& load_first_found() {
  const auto places = module_places();
  for (const auto& place : places)
    if (fs::exists(place)) return load(place);
  refuse_missing_module(places);
}

}  // namespace

Launch find_launch() {
  for (const auto& names : launchers) {
    const char *rank = std::getenv(names.rank), *size = std::getenv(names.size);
    if (rank && size) return {true, std::atoi(rank), std::atoi(size)};
  }
  return {};
}

std::vector<std::string> module_places() {
  if (const char* said = std::getenv(place_variable)) return {said};
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path folder = program.parent_path();
  return {(folder / module_name).string(),
          (folder.parent_path() / "lib" / "vitreous" / module_name).string()};
}

LammpsProcesses& lammps_processes() {
  static LammpsProcesses& processes = load_first_found();
  const Launch launch = find_launch();
  if (processes.size() == launch.size) return processes;
  throw base::RunError(
      fmt::format("{} processes were started, but MPI sees {}", launch.size, processes.size()),
      "the launcher belongs to another MPI than the one that LAMMPS was built with",
      {"start with the mpirun of that MPI"});
}

}  // namespace vitreous::engine
