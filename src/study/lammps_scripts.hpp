// A study as LAMMPS input scripts, one a branch, for those who want to run it themselves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "study/plan.hpp"

namespace vitreous::study {

struct LammpsScripts {
  /// Everything that the scripts' folder is to hold: scripts, the potential as a setfl file, the
  /// random starts as data files (the very atoms that the study's own engine would begin with), and
  /// a shell script that runs all in their order.
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> scripts;  ///< names of the input scripts, parents first
  std::string runner;                ///< name of the shell script
  std::vector<std::string> notes;    ///< what LAMMPS does otherwise, or needs
};

/// Scripts that do what the stages do: the same legs, dampings, ramps, staircases, exits from
/// ramps, mean boxes and surfaces. Every script writes NAME.data, from which others go on, and
/// NAME.log; what the study saves, NAME.dump. What observers look at is left to `vitreous analyze`,
/// named in each script.
LammpsScripts lammps_scripts(const Plan& plan);

}  // namespace vitreous::study
