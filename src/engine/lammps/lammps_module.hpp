// Finds and loads vitreous_lammps.so, which holds all that needs LAMMPS and MPI.
#pragma once

#include <string>
#include <vector>

#include "engine/lammps/lammps_processes.hpp"

namespace vitreous::engine {

/// How mpirun, srun or their like say that they started this process among others.
struct Launch {
  bool launched = false;  ///< also where it is the only one
  int rank = 0, size = 1;
};
Launch find_launch();

/// Where the module is looked for: where VITREOUS_LAMMPS_MODULE says, beside the program, in
/// ../lib/vitreous.
std::vector<std::string> module_places();

/// Loads the module and starts MPI, once a process. Throws RunError where there is no module, it
/// does not load, or MPI sees other processes than the launcher started.
LammpsProcesses& lammps_processes();

}  // namespace vitreous::engine
