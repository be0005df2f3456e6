#include "study/study_file.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "io/safe_file.hpp"
#include "study/branch_expansion.hpp"
#include "study/engine_reading.hpp"
#include "study/fit_reading.hpp"
#include "study/mistakes.hpp"
#include "study/resolved_study.hpp"

namespace vitreous::study {
namespace {

Value read_value(const std::string& path) { return parse_study_text(path, io::read_file(path)); }

/// The plan as far as it goes; whole where there is no mistake.
Plan read_parts(const std::string& path, const StudyChoices& choices, Mistakes& mistakes) {
  const Sections sections = merge_sections(read_value(path), choices.scale, choices.set, mistakes);
  EngineChoice engine;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  mistakes.attempt([&] { engine = read_engine(sections.engine, folder); });
  std::vector<StageSpec> stages;
  for (const auto& section : sections.stages)
    mistakes.attempt([&] { stages.push_back(read_stage(section, engine.timestep, mistakes)); });
  AlloyChoice alloy;
  if (sections.alloy) mistakes.attempt([&] { alloy = read_alloy(*sections.alloy, folder); });

  Plan plan;
  plan.title = sections.title;
  plan.study_file = path;
  plan.scale = choices.scale;
  if (mistakes.any()) return plan;
  plan.branches = expand_stages(stages, alloy, engine, mistakes);
  if (mistakes.any()) return plan;
  for (const Value& table : sections.fits)
    mistakes.attempt([&] { plan.fits.push_back(read_fit(table, plan.branches, plan.fits)); });
  for (const Value& table : sections.compares)
    mistakes.attempt([&] { plan.compares.push_back(read_compare(table, plan.branches)); });
  if (!mistakes.any()) plan.resolved_toml = resolved_study(plan, stages, alloy, engine);
  return plan;
}

}  // namespace

StudyReading examine_study(const std::string& path, const StudyChoices& choices) {
  Mistakes mistakes;
  StudyReading reading;
  mistakes.attempt([&] { reading.plan = read_parts(path, choices, mistakes); });
  if (mistakes.any()) reading.plan.reset();
  reading.mistakes = mistakes.all();
  std::stable_sort(reading.mistakes.begin(), reading.mistakes.end(),
                   [](const auto& a, const auto& b) {
                     return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                   });
  // a mistake in [defaults] is met in every stage
  const auto same = [](const base::Message& a, const base::Message& b) {
    return a.line > 0 && a.line == b.line && a.column == b.column && a.key == b.key;
  };
  auto& all = reading.mistakes;
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return reading;
}

Plan read_study(const std::string& path, const StudyChoices& choices) {
  StudyReading reading = examine_study(path, choices);
  if (!reading.plan) throw base::InputError(reading.mistakes.front());
  return *std::move(reading.plan);
}

std::vector<std::string> scales_of_study(const std::string& path) {
  return scale_names(read_value(path));
}

}  // namespace vitreous::study
