#include "study/study_file.hpp"

#include <filesystem>

#include "io/safe_file.hpp"
#include "study/branch_expansion.hpp"
#include "study/fit_reading.hpp"
#include "study/resolved_study.hpp"

namespace vitreous::study {
namespace {

Value read_value(const std::string& path) { return parse_study_text(path, io::read_file(path)); }

}  // namespace

Plan read_study(const std::string& path, const StudyChoices& choices) {
  const Sections sections = merge_sections(read_value(path), choices.scale, choices.set);
  const EngineChoice engine = read_engine(sections.engine);
  std::vector<StageSpec> stages;
  for (const auto& section : sections.stages)
    stages.push_back(read_stage(section, engine.timestep));
  const AlloyChoice alloy =
      read_alloy(sections.alloy, std::filesystem::path(path).parent_path().string());

  Plan plan;
  plan.title = sections.title;
  plan.study_file = path;
  plan.scale = choices.scale;
  plan.branches = expand_stages(stages, alloy, engine);
  for (const Value& table : sections.fits) plan.fits.push_back(read_fit(table, plan.branches));
  for (const Value& table : sections.compares)
    plan.compares.push_back(read_compare(table, plan.branches));
  plan.resolved_toml = resolved_study(plan, stages, alloy, engine);
  return plan;
}

std::vector<std::string> scales_of_study(const std::string& path) {
  return scale_names(read_value(path));
}

}  // namespace vitreous::study
