// What the commands of a LAMMPS run did, in the terms of a study: an alloy, stretches of time.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/lammps_commands.hpp"

namespace vitreous::study {

/// One `run` in which atoms moved. Times in ps, pressures in bar, whatever the run's units.
struct LammpsStretch {
  std::size_t line = 0;
  double duration = 0.0, timestep = 0.0;
  std::string ensemble;         ///< nve, nvt or npt
  double from = 0.0, to = 0.0;  ///< K, of the thermostat
  double pressure = 0.0;
  double temperature_damping = 0.1, pressure_damping = 1.0;
  bool stochastic = false;                         ///< a thermostat that draws random numbers
  std::optional<double> save;                      ///< time between dumped frames
  std::vector<std::string> observe;                ///< observers in a study's words
  std::optional<std::pair<char, double>> opening;  ///< a surface opened before it: edge, gap (A)

  bool is_ramp() const { return std::abs(to - from) > 1e-9; }
};

/// A command that a study cannot say, or says otherwise.
struct LammpsRemark {
  std::size_t line = 0;
  std::string command, why;
};

struct LammpsHistory {
  std::string path;
  bool is_log = false;
  std::vector<std::string> elements;  ///< of the types; "" where not known
  std::vector<std::int64_t> counts;   ///< of the types; empty where the composition is not known
  std::int64_t atoms = 0;             ///< 0 where not known
  std::string potential;              ///< as a study names it; a file as the command does
  std::optional<std::int64_t> seed;
  std::vector<LammpsStretch> stretches;
  std::vector<LammpsRemark> otherwise;  ///< taken over, but not as they are
  std::vector<LammpsRemark> not_read;   ///< by line
};

/// Follows the commands in units metal or real. Throws InputError, with the line, for other units,
/// and where no run of dynamics is among them.
LammpsHistory lammps_history(const io::LammpsCommands& commands);

}  // namespace vitreous::study
