// LAMMPS log files: what a dump cannot say (time step, units, elements), and the thermo tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "core/result.hpp"
#include "io/species_table.hpp"

namespace vitreous::io {

/// One `run` (or minimization).
struct LammpsRun {
  std::optional<double> timestep;  ///< ps
  std::int64_t first_step = 0, last_step = 0;
  core::Table thermo;  ///< the columns as the log names them, in units metal or real as written
  std::vector<std::size_t> lines;  ///< of the rows, from 1
  std::size_t atoms = 0;           ///< 0 where it did not end
  /// Whether steps were set anew before it (reset_timestep, another box); those of a restart are
  /// not.
  bool counts_anew = false;
};

struct LammpsLog {
  std::string units;  ///< "" where the log does not say
  TypeInfo types;     ///< elements from pair_coeff * *, masses from mass
  std::optional<double>
      timestep;  ///< ps, of the last `timestep` command; LAMMPS' default where none
  std::vector<LammpsRun> runs;
  std::vector<std::string> warnings;  ///< a last row that is cut short
};

/// Whether a file is one, by its first lines; false where it cannot be read.
bool is_lammps_log(const std::string& path);

/// Throws InputError where the file is no LAMMPS log, or is in units that are neither metal nor
/// real.
LammpsLog read_lammps_log(const std::string& path);

/// The time step of the runs that cover [first, last], ps. Throws InputError where they differ.
std::optional<double> timestep_of_steps(const LammpsLog& log, const std::string& path,
                                        std::int64_t first, std::int64_t last);

/// What the format is, for lists and help.
core::Declaration lammps_log_declaration();

}  // namespace vitreous::io
