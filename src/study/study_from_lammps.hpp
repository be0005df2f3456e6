// A study from what a LAMMPS run did.
#pragma once

#include <string>

#include "study/lammps_history.hpp"

namespace vitreous::study {

/// What the commands leave open, or what its user knows better; "" takes what they say.
struct FromLammpsOptions {
  std::string composition, potential;
  std::string folder;  ///< that the study will stand in: a potential's file is named from there
};

struct StudyFromLammps {
  std::string text;
  /// What a study says otherwise or not at all, a line each, in the order of the run's lines.
  std::vector<std::string> remarks;
};

/// The study, commented with the lines that its parts come from; at its end stands what it does not
/// say. Throws InputError where alloy or potential are neither told by the run nor by the options.
StudyFromLammps study_from_lammps(const LammpsHistory& history, const FromLammpsOptions& options);

}  // namespace vitreous::study
