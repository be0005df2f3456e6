// The observer `thermo` on the tables of a LAMMPS log.
#pragma once

#include <string>
#include <vector>

#include "analysis/observer_set.hpp"
#include "core/result.hpp"
#include "io/trajectory.hpp"

namespace vitreous::io {

struct ObservedLog {
  TrajectorySummary summary;  ///< of all runs: steps, time step, atoms
  core::Result result;        ///< quantities are called run_2.T where the log holds several runs
};

/// Observes every run of the log that has eight rows or more, each by itself. Temperature,
/// pressure, energy (TotEng; PotEng and KinEng; or PotEng and the temperature) and volume are asked
/// for; the conserved quantity is looked at where the log has it (Econserve). Throws InputError for
/// other observers, which need atoms, and where a column is missing.
ObservedLog observe_log(const std::string& path,
                        const std::vector<analysis::ObserverRequest>& requests);

}  // namespace vitreous::io
