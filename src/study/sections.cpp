#include "study/sections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "study/study_keys.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

bool is_good_name(const std::string& name) {
  return !name.empty() && name.front() != '-' &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; });
}

/// The tables of [[NAME]], none where the study has none.
std::vector<Value> tables_of(const Value& study, const std::string& name) {
  const Entry* entry = study.find(name);
  if (!entry) return {};
  if (!entry->value.is(Value::Kind::list))
    refuse(entry->place, name, fmt::format("[[{0}]] in double brackets is expected here", name),
           "there may be several", {fmt::format("[[{}]]", name)});
  for (const auto& item : entry->value.items) require_table(item, name);
  return entry->value.items;
}

std::string stage_name(const Value& table) {
  const Entry* entry = table.find("name");
  if (!entry) refuse(table.place, "stage", "a stage needs a name", "", {"name = \"liquid\""});
  const std::string& name = require_text(entry->value, "stage.name");
  if (!is_good_name(name))
    refuse(entry->value.place, "stage.name", fmt::format("\"{}\" cannot name a folder", name),
           "a stage's name is made of letters, digits, _ and -");
  if (contains({"alloy", "engine", "defaults", "figures"}, name))
    refuse(entry->value.place, "stage.name", fmt::format("\"{}\" means something else", name));
  return name;
}

std::vector<StageSection> named_stages(const Value& study) {
  std::vector<StageSection> stages;
  for (const Value& table : tables_of(study, "stage")) {
    const std::string name = stage_name(table);
    for (const auto& other : stages) {
      if (other.name != name) continue;
      const Place& first = other.table.find("name")->value.place;
      refuse(table.find("name")->value.place, "stage.name",
             fmt::format("two stages are called \"{}\"", name),
             fmt::format("the first stands in line {}", first.line));
    }
    stages.push_back({name, table, {}});
  }
  if (stages.empty())
    refuse(study.place, "stage", "the study has no stage", "",
           {"[[stage]]", "vitreous new Cu50Zr50 shows a whole study"});
  return stages;
}

/// What an override may name, by name.
class Targets {
 public:
  Targets(Sections& sections, Value& defaults) : sections_(sections), defaults_(defaults) {}

  Value* find(const std::string& name) {
    if (name == "alloy") return sections_.alloy ? &*sections_.alloy : &no_alloy_;
    if (name == "engine") return &sections_.engine;
    if (name == "defaults") return &defaults_;
    for (auto& stage : sections_.stages)
      if (stage.name == name) return &stage.table;
    return nullptr;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names = {"alloy", "engine", "defaults"};
    for (const auto& stage : sections_.stages) names.push_back(stage.name);
    return names;
  }

 private:
  Sections& sections_;
  Value& defaults_;
  Value no_alloy_;  ///< takes what is said of an alloy that is missing
};

/// Checks, and where `applied` puts in place, a table of NAME = { key = value }.
void override_with(const Value& table, const std::string& path, Targets& targets, bool applied) {
  for (const Entry& entry : require_table(table, path).entries) {
    const std::string key = path.empty() ? entry.key : path + "." + entry.key;
    Value* target = targets.find(entry.key);
    if (!target) {
      const std::string nearest = base::nearest_name(entry.key, targets.names());
      refuse(entry.place, key, fmt::format("the study has no stage \"{}\"", entry.key),
             fmt::format("what can be set is of {}", fmt::join(targets.names(), ", ")),
             nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
    }
    for (const Entry& inner : require_table(entry.value, key).entries) {
      if (inner.key == "name" || inner.key == "like")
        refuse(inner.place, key + "." + inner.key, "cannot be overridden");
      if (applied) target->put(inner);
    }
  }
}

const Value* scales_of(const Value& study) {
  const Entry* entry = study.find("scale");
  return entry ? &require_table(entry->value, "scale") : nullptr;
}

void apply_scales(const Value& study, const std::string& chosen, Targets& targets) {
  const auto names = scale_names(study);
  if (!chosen.empty() && !contains(names, chosen)) {
    const std::string nearest = base::nearest_name(chosen, names);
    throw base::InputError(
        fmt::format("the study has no scale \"{}\"", chosen),
        names.empty() ? "it has none" : fmt::format("it has {}", fmt::join(names, ", ")),
        nearest.empty() ? std::vector<std::string>{}
                        : std::vector<std::string>{"--scale " + nearest});
  }
  if (!scales_of(study)) return;
  for (const Entry& scale : scales_of(study)->entries)
    override_with(scale.value, "scale." + scale.key, targets, scale.key == chosen);
}

/// Replaces `like` by what the other stage says, unless this one says it itself.
void resolve_like(std::vector<StageSection>& stages, StageSection& stage,
                  std::set<std::string>& on_the_way) {
  const Entry* found = stage.table.find("like");
  if (!found) return;
  const Entry like = *found;
  const std::string key = stage.name + ".like";
  const std::string& model_name = require_text(like.value, key);
  std::vector<std::string> names;
  for (const auto& other : stages) names.push_back(other.name);
  const auto model = std::find_if(stages.begin(), stages.end(),
                                  [&](const auto& s) { return s.name == model_name; });
  if (model == stages.end()) {
    const std::string nearest = base::nearest_name(model_name, names);
    refuse(like.value.place, key, fmt::format("the study has no stage \"{}\"", model_name), "",
           nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
  }
  if (!on_the_way.insert(stage.name).second)
    refuse(like.value.place, key, "the stages are like each other in a circle");
  resolve_like(stages, *model, on_the_way);
  std::erase_if(stage.table.entries, [](const Entry& e) { return e.key == "like"; });
  for (const Entry& entry : model->table.entries)
    if (!stage.table.find(entry.key)) stage.table.entries.push_back(entry);
}

const Value& alloy_of(const Value& study) {
  const Entry* alloy = study.find("alloy");
  if (!alloy)
    refuse(study.place, "alloy", "the study names no alloy", "",
           {"alloy = { composition = \"Cu50Zr50\", atoms = 2000, potential = "
            "\"kim:MO_600021860456_005\" }"});
  return require_table(alloy->value, "alloy");
}

/// engine = "lammps" is short for engine = { kind = "lammps" }.
Value engine_of(const Value& study) {
  const Entry* entry = study.find("engine");
  if (!entry) return {};
  if (!entry->value.is(Value::Kind::text)) return require_table(entry->value, "engine");
  Value table;
  table.place = entry->value.place;
  table.put({"kind", entry->place, entry->value});
  return table;
}

void read_table(const Value& study, const std::string& name, Value& table) {
  if (const Entry* entry = study.find(name)) table = require_table(entry->value, name);
}

}  // namespace

std::vector<std::string> scale_names(const Value& study) {
  std::vector<std::string> names;
  if (const Value* scales = scales_of(study))
    for (const Entry& entry : scales->entries) names.push_back(entry.key);
  return names;
}

Sections merge_sections(const Value& study, const std::string& scale,
                        const std::vector<std::string>& settings, Mistakes& mistakes) {
  const auto known = section_keys("study");
  for (const Entry& entry : study.entries)
    mistakes.attempt([&] {
      if (!contains(known, entry.key)) refuse_unknown_key(entry, entry.key, "a study", known);
    });
  Sections sections;
  Value defaults;
  mistakes.attempt([&] {
    if (const Entry* title = study.find("title"))
      sections.title = require_text(title->value, "title");
  });
  mistakes.attempt([&] { sections.alloy = alloy_of(study); });
  mistakes.attempt([&] { sections.engine = engine_of(study); });
  mistakes.attempt([&] { read_table(study, "defaults", defaults); });
  sections.stages = named_stages(study);
  mistakes.attempt([&] { sections.fits = tables_of(study, "fit"); });
  mistakes.attempt([&] { sections.compares = tables_of(study, "compare"); });

  Targets targets(sections, defaults);
  mistakes.attempt([&] { apply_scales(study, scale, targets); });
  for (const auto& words : settings)
    mistakes.attempt([&] { override_with(parse_setting(words), "", targets, true); });
  for (auto& stage : sections.stages) {
    std::set<std::string> on_the_way;
    resolve_like(sections.stages, stage, on_the_way);
  }
  for (auto& stage : sections.stages) {
    for (const Entry& entry : defaults.entries) {
      if (stage.table.find(entry.key)) continue;
      stage.table.entries.push_back(entry);
      stage.from_defaults.push_back(entry.key);
    }
  }
  return sections;
}

}  // namespace vitreous::study
