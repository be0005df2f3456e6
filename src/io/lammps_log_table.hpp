// The thermo tables of a LAMMPS log as one table, for laws and for whoever plots them.
#pragma once

#include <string>

#include "io/csv.hpp"

namespace vitreous::io {

/// Every run of the log below each other: a column `run` (from 1) and then the log's own columns,
/// in units metal or real; a run that lacks a column has empty cells there. A run that was
/// restarted repeats steps: what was written later stands, as in trajectories. Throws InputError
/// where the file is no log, or holds no table.
CsvFile lammps_log_table(const std::string& path);

/// The same with the rows of each run averaged over intervals of about 10 K of its ramp (a run that
/// holds its temperature is one), as a study's own ramps are: errors from the scatter about a line,
/// with its autocorrelation. A law of temperature takes these: at single rows the temperature
/// itself fluctuates. Not where the log tells no `Temp`.
CsvFile averaged_along_ramps(CsvFile log);

}  // namespace vitreous::io
