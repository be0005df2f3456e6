// The study's sections with everything that overrides them applied: scale, --set, like, defaults.
#pragma once

#include <optional>

#include "study/mistakes.hpp"
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
  std::optional<Value> alloy;  ///< empty where that is a mistake
  Value engine;
  std::vector<StageSection> stages;
  std::vector<Value> fits, compares;
};

/// Throws InputError for stages without name and names that stand twice; gathers as mistakes
/// unknown sections and scales, and overrides of what is not there.
Sections merge_sections(const Value& study, const std::string& scale,
                        const std::vector<std::string>& settings, Mistakes& mistakes);

/// The names of the scales that a study offers.
std::vector<std::string> scale_names(const Value& study);

}  // namespace vitreous::study
