// The study file (TOML) resolved into a plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "study/plan.hpp"

namespace vitreous::study {

/// What the command line adds to the file.
struct StudyChoices {
  std::string scale;             ///< a [scale.NAME] of the study; "" for none
  std::vector<std::string> set;  ///< "liquid.duration=60 ps", "engine.timestep=2 fs"
};

/// A study as far as it can be read.
struct StudyReading {
  std::optional<Plan> plan;             ///< where there is no mistake
  std::vector<base::Message> mistakes;  ///< in the order of the file's lines
};

/// Reads all of a study and gathers what is wrong with it. What hangs on a part that is wrong (the
/// fits of a stage that cannot be read) is not looked at.
StudyReading examine_study(const std::string& path, const StudyChoices& choices = {});

/// Throws InputError that points at file, line and the part of it at fault: the first mistake.
/// Reads the potential.
Plan read_study(const std::string& path, const StudyChoices& choices = {});

/// The scales that a study offers, as written.
std::vector<std::string> scales_of_study(const std::string& path);

}  // namespace vitreous::study
