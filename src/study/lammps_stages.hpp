// Stretches of a LAMMPS run gathered into the stages of a study.
#pragma once

#include <string>
#include <vector>

#include "study/lammps_history.hpp"

namespace vitreous::study {

/// A stage to be written, with the lines that it comes from.
struct StageDraft {
  std::string name, kind;
  std::vector<LammpsStretch> parts;  ///< of a ramp its segments; of a hold one
  double equilibrate = 0.0;          ///< ps, of a hold
  double step = 0.0;                 ///< K, of a ramp by plateaus
  std::vector<std::string> comments;
  std::size_t last_line = 0;

  const LammpsStretch& main() const { return parts.back(); }
  double end_temperature() const { return parts.back().to; }
  double range(double from) const { return std::abs(from - end_temperature()); }
};

/// A study begins with a random liquid that is held, so heating on the way there is left out. Ramps
/// that go on from each other are one stage, and so are plateaus of equal steps; a hold at constant
/// volume takes an unobserved one at constant pressure before it as its `equilibrate`.
std::vector<StageDraft> gathered_stages(const LammpsHistory& history);

}  // namespace vitreous::study
