// The study's sections with everything that overrides them applied: scale, --set, like, defaults.
#pragma once

#include "study/value.hpp"

namespace vitreous::study {

/// A [[stage]] as it holds in the end.
struct StageSection {
  std::string name;
  Value table;
  std::vector<std::string> from_defaults;  ///< keys that came from [defaults] alone
};

struct Sections {
  std::string title;
  Value alloy, engine;
  std::vector<StageSection> stages;
  std::vector<Value> fits, compares;
};

/// Throws InputError for unknown sections and scales, stages without name, names that stand twice,
/// and overrides of what is not there.
Sections merge_sections(const Value& study, const std::string& scale,
                        const std::vector<std::string>& settings);

/// The names of the scales that a study offers.
std::vector<std::string> scale_names(const Value& study);

}  // namespace vitreous::study
