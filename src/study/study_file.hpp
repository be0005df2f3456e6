// The study file (TOML) resolved into a plan.
#pragma once

#include <string>
#include <vector>

#include "study/plan.hpp"

namespace vitreous::study {

/// What the command line adds to the file.
struct StudyChoices {
  std::string scale;             ///< a [scale.NAME] of the study; "" for none
  std::vector<std::string> set;  ///< "liquid.duration=60 ps", "engine.timestep=2 fs"
};

/// Throws InputError that points at file, line and the part of it at fault. Reads the potential.
Plan read_study(const std::string& path, const StudyChoices& choices = {});

/// The scales that a study offers, as written.
std::vector<std::string> scales_of_study(const std::string& path);

}  // namespace vitreous::study
