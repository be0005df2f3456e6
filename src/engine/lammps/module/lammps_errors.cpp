// LAMMPS ends the process where something is wrong, unless it was built to throw. The module's
// definitions of these functions stand before LAMMPS' own when the module is loaded, so that it
// throws however it was built, and the program can keep what it has and tell what happened.
#include "engine/lammps/module/lammps_errors.hpp"

#include <mpi.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace vitreous::engine {

[[noreturn]] void end_all(const std::string& problem) {
  int rank = 0, size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  // Where several meet it at once, the first to speak ends the others before they do.
  ::usleep(20'000U * static_cast<unsigned>(std::min(rank, 50)));
  std::fprintf(stderr, "error: process %d of %d: %s\n", rank + 1, size, problem.c_str());
  std::fflush(stderr);
  MPI_Abort(MPI_COMM_WORLD, 1);
  throw std::logic_error("MPI_Abort came back");
}

namespace {

std::string told(const std::string& file, int line, const std::string& text) {
  return "LAMMPS: " + text + " (" + file.substr(file.find_last_of('/') + 1) + ":" +
         std::to_string(line) + ")";
}

}  // namespace
}  // namespace vitreous::engine

namespace LAMMPS_NS {

/// Only to name the functions as LAMMPS does.
class Error {
 public:
  [[noreturn]] void all(const std::string& file, int line, const std::string& text);
  [[noreturn]] void one(const std::string& file, int line, const std::string& text);
  [[noreturn]] void universe_all(const std::string& file, int line, const std::string& text);
  [[noreturn]] void universe_one(const std::string& file, int line, const std::string& text);
};

/// Called by all processes at once.
void Error::all(const std::string& file, int line, const std::string& text) {
  throw std::runtime_error(vitreous::engine::told(file, line, text));
}
void Error::universe_all(const std::string& file, int line, const std::string& text) {
  all(file, line, text);
}

/// Called by one, or by some.
void Error::one(const std::string& file, int line, const std::string& text) {
  int size = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  const std::string problem = vitreous::engine::told(file, line, text);
  if (size > 1) vitreous::engine::end_all(problem);
  throw std::runtime_error(problem);
}
void Error::universe_one(const std::string& file, int line, const std::string& text) {
  one(file, line, text);
}

}  // namespace LAMMPS_NS
