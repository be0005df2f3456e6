#include "study/stage_order.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace vitreous::study {
namespace {

void require_known_parents(const std::vector<StageSpec>& stages) {
  std::vector<std::string> names;
  for (const auto& stage : stages) names.push_back(stage.name);
  for (const auto& stage : stages) {
    if (stage.from.empty() && !stage.gives("from")) continue;
    if (std::find(names.begin(), names.end(), stage.from) != names.end()) continue;
    const std::string nearest = base::nearest_name(stage.from, names);
    refuse(stage.place_of("from"), stage.name + ".from",
           fmt::format("the study has no stage \"{}\"", stage.from),
           fmt::format("its stages are {}", fmt::join(names, ", ")),
           nearest.empty() ? std::vector<std::string>{}
                           : std::vector<std::string>{fmt::format("from = \"{}\"", nearest)});
  }
}

}  // namespace

std::vector<const StageSpec*> parents_first(const std::vector<StageSpec>& stages) {
  require_known_parents(stages);
  std::vector<const StageSpec*> ordered;
  const auto is_in = [&](const std::string& name) {
    return std::any_of(ordered.begin(), ordered.end(),
                       [&](const StageSpec* s) { return s->name == name; });
  };
  while (ordered.size() < stages.size()) {
    const auto next = std::find_if(stages.begin(), stages.end(), [&](const StageSpec& stage) {
      return !is_in(stage.name) && (stage.from.empty() || is_in(stage.from));
    });
    if (next == stages.end()) {
      const auto& stuck = *std::find_if(stages.begin(), stages.end(),
                                        [&](const StageSpec& s) { return !is_in(s.name); });
      refuse(stuck.place_of("from"), stuck.name + ".from",
             "stages start from each other in a circle");
    }
    ordered.push_back(&*next);
  }
  return ordered;
}

}  // namespace vitreous::study
