#include "study/study_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/observer.hpp"
#include "models/law.hpp"
#include "stage/stage.hpp"
#include "study/study_keys.hpp"

namespace vitreous::study {
namespace {

using core::Declaration;
using core::OptionDeclaration;
using core::OptionType;
using Json = nlohmann::ordered_json;

Json reference(const std::string& definition) { return {{"$ref", "#/$defs/" + definition}}; }

Json any_of(std::initializer_list<Json> schemas) { return {{"anyOf", schemas}}; }

/// Also a list of none.
Json one_or_several(const Json& item) {
  return any_of({item, {{"type", "array"}, {"items", item}}});
}

Json array_of(const Json& item) { return {{"type", "array"}, {"items", item}, {"minItems", 1}}; }

/// A table of these keys and no other.
Json table(const std::string& description, Json properties,
           const std::vector<std::string>& needed) {
  Json json = {{"type", "object"}};
  if (!description.empty()) json["description"] = description;
  json["properties"] = std::move(properties);
  json["additionalProperties"] = false;
  if (!needed.empty()) json["required"] = needed;
  return json;
}

/// A list, or a range with both ends.
Json several_numbers(const Json& number) {
  return any_of(
      {number, array_of(number),
       table("", {{"from", number}, {"to", number}, {"step", number}}, {"from", "to", "step"})});
}

Json number_of(const std::string& unit) { return reference(unit == "1" ? "number" : "quantity"); }

/// What may stand as the value of an option, by what core::parse_option takes.
Json value_schema(const OptionDeclaration& option) {
  switch (option.type) {
    case OptionType::number:
      return number_of(option.unit);
    case OptionType::numbers:
      return several_numbers(number_of(option.unit));
    case OptionType::integer:
      return reference("integer");
    case OptionType::flag:
      return reference("flag");
    case OptionType::words:
      return one_or_several({{"type", "string"}});
    case OptionType::text:
      break;
  }
  if (option.choices.empty()) return {{"type", "string"}};
  return {{"type", "string"}, {"enum", option.choices}};
}

Json default_of(const OptionDeclaration& option) {
  const std::string& text = option.default_text;
  if (option.type == OptionType::integer || option.type == OptionType::flag)
    return Json::parse(text);
  return text;
}

/// `schema` with the option's sentence, unit and default.
Json told(const OptionDeclaration& option, Json schema) {
  const bool has_unit = option.unit != "1";
  const bool has_default = option.default_text != "required" && option.default_text != "automatic";
  schema["description"] = option.sentence + (has_unit ? fmt::format(" (in {})", option.unit) : "");
  if (has_default) schema["default"] = default_of(option);
  return schema;
}

std::vector<std::string> names_of(const std::vector<Declaration>& declarations) {
  std::vector<std::string> names;
  for (const auto& declaration : declarations) names.push_back(declaration.name);
  return names;
}

std::vector<std::string> needed_of(const Declaration& declaration) {
  std::vector<std::string> names;
  for (const auto& option : declaration.options)
    if (option.default_text == "required") names.push_back(option.name);
  return names;
}

/// The keys of a section; those in `special` are more than their declared type tells.
Json section_properties(const std::string& section, const Json& special) {
  Json properties = Json::object();
  for (const auto& option : section_declaration(section).options)
    properties[option.name] =
        told(option, special.contains(option.name) ? special[option.name] : value_schema(option));
  return properties;
}

Json section_table(const std::string& section, const Json& special) {
  const Declaration& declaration = section_declaration(section);
  return table(declaration.one_line, section_properties(section, special), needed_of(declaration));
}

Json observer_table(const Declaration& declaration) {
  Json properties = {{"kind", {{"const", declaration.name}}}};
  for (const auto& option : declaration.options)
    properties[option.name] = told(option, value_schema(option));
  auto needed = needed_of(declaration);
  needed.insert(needed.begin(), "kind");
  return table(declaration.one_line, properties, needed);
}

/// A table whose other keys hang on the word under `key`: what each word stands for is told under
/// its name with this prefix.
Json by_kind(const std::string& key, const std::string& prefix,
             const std::vector<Declaration>& kinds) {
  Json all = Json::array();
  for (const auto& kind : kinds)
    all.push_back({{"if", {{"properties", {{key, {{"const", kind.name}}}}}, {"required", {key}}}},
                   {"then", reference(prefix + kind.name)}});
  return all;
}

Json observer_request(Json& definitions) {
  const auto& observers = analysis::observer_declarations();
  for (const auto& declaration : observers)
    definitions["observer_" + declaration.name] = observer_table(declaration);
  Json short_form = {{"type", "string"}, {"enum", names_of(observers)}};
  Json long_form = {{"type", "object"},
                    {"properties", {{"kind", {{"enum", names_of(observers)}}}}},
                    {"required", {"kind"}},
                    {"allOf", by_kind("kind", "observer_", observers)}};
  return any_of({short_form, long_form});
}

bool is_axis(const std::string& option) { return option == "temperature" || option == "pressure"; }

Json schedule() {
  const Json quantity = reference("quantity");
  return {{"type", "array"},
          {"description", "segments of the ramp, one after the other"},
          {"minItems", 1},
          {"items",
           table("", {{"to", quantity}, {"rate", several_numbers(quantity)}, {"step", quantity}},
                 {"to", "rate"})}};
}

/// The keys that a kind of stage adds to those that every stage has.
Json kind_properties(const Declaration& kind) {
  Json properties = Json::object();
  for (const auto& option : kind.options) {
    if (option.name.starts_with("schedule."))
      properties["schedule"] = schedule();
    else if (is_axis(option.name))
      properties[option.name] = told(option, several_numbers(reference("quantity")));
    else
      properties[option.name] = told(option, value_schema(option));
  }
  return properties;
}

std::vector<std::string> keys_in(const Json& properties) {
  std::vector<std::string> keys;
  for (const auto& [key, schema] : properties.items()) keys.push_back(key);
  return keys;
}

Json stage_properties() {
  const Json text = {{"type", "string"}};
  Json kind = text;
  kind["enum"] = names_of(stage::stage_declarations());
  return section_properties("stage", {{"kind", kind},
                                      {"composition", one_or_several(text)},
                                      {"observe", one_or_several(reference("observer"))},
                                      {"save", reference("save")}});
}

/// The keys of a stage of any kind. What a key may say differs between kinds: it is looked at where
/// the kind is known.
Json any_stage_properties() {
  Json properties = stage_properties();
  for (const auto& kind : stage::stage_declarations()) {
    const Json own = kind_properties(kind);
    for (const auto& [key, schema] : own.items())
      if (!properties.contains(key)) properties[key] = {{"description", schema["description"]}};
  }
  return properties;
}

Json stage_of_kind(const Declaration& kind) {
  const Json properties = kind_properties(kind);
  auto keys = keys_in(stage_properties());
  for (const auto& key : keys_in(properties)) keys.push_back(key);
  return {{"description", kind.one_line},
          {"properties", properties},
          {"propertyNames", {{"enum", keys}}}};
}

void add_stages(Json& definitions) {
  const auto& kinds = stage::stage_declarations();
  for (const auto& kind : kinds) definitions["stage_" + kind.name] = stage_of_kind(kind);
  const Json properties = any_stage_properties();
  // what a stage needs may stand in [defaults], in the stage it is `like`, or be a parent's axis
  Json stage = table(section_declaration("stage").one_line, properties, {"name"});
  stage["allOf"] = by_kind("kind", "stage_", kinds);
  definitions["stage"] = stage;

  Json change = table("keys of a stage in place of its own", properties, {});
  for (const char* kept : {"name", "like"}) change["properties"].erase(kept);
  change["allOf"] = stage["allOf"];
  definitions["stage_change"] = change;
}

Json without_needs(Json schema) {
  schema.erase("required");
  return schema;
}

Json scale(const Json& alloy) {
  return {{"type", "object"},
          {"properties",
           {{"alloy", without_needs(alloy)},
            {"engine", reference("engine")},
            {"defaults", reference("stage_change")}}},
          {"additionalProperties", reference("stage_change")}};
}

Json published_parameters() {
  Json properties = Json::object();
  for (const char* key : {"source", "kind", "conditions"})
    properties[key] = section_properties("compare", Json::object())[key];
  return {{"type", "object"},
          {"properties", properties},
          {"additionalProperties", reference("published")}};
}

Json axis_ranges() {
  Json range = array_of(reference("quantity"));
  range["minItems"] = range["maxItems"] = 2;
  return table("", {{"temperature", range}, {"pressure", range}, {"rate", range}}, {});
}

void add_fits(Json& definitions) {
  const auto& laws = models::law_declarations();
  Json law = {{"type", "string"}, {"enum", names_of(laws)}};
  const Json properties = section_properties(
      "fit", {{"law", law}, {"where", axis_ranges()}, {"compare", published_parameters()}});
  Json fit = {{"type", "object"},
              {"description", section_declaration("fit").one_line},
              {"properties", properties},
              {"required", needed_of(section_declaration("fit"))},
              {"allOf", by_kind("law", "law_", laws)}};
  definitions["fit"] = fit;
  for (const auto& declaration : laws) {
    Json own = Json::object();
    for (const auto& option : declaration.options)
      own[option.name] = told(option, value_schema(option));
    auto keys = keys_in(properties);
    for (const auto& key : keys_in(own)) keys.push_back(key);
    definitions["law_" + declaration.name] = {{"description", declaration.one_line},
                                              {"properties", own},
                                              {"propertyNames", {{"enum", keys}}}};
  }
}

Json compare_table() {
  const Json at = table("",
                        {{"composition", {{"type", "string"}}},
                         {"temperature", reference("quantity")},
                         {"pressure", reference("quantity")},
                         {"rate", reference("quantity")}},
                        {});
  return section_table("compare", {{"value", reference("published")}, {"at", at}});
}

/// How values are written, whatever they are of.
void add_values(Json& definitions) {
  constexpr const char* number = R"(^\s*[-+]?([0-9]|\.[0-9]))";
  const Json text = {{"type", "string"}, {"pattern", number}};
  definitions["quantity"] = {
      {"type", "string"},
      {"pattern", number},
      {"description", "a number with its unit: \"2000 K\", \"100 K/(6 ns)\""}};
  definitions["number"] = any_of({{{"type", "number"}}, text});
  definitions["published"] = definitions["number"];
  definitions["published"]["description"] = "with its error: \"0.432(7) eV\", \"0.4 +- 0.1 eV\"";
  definitions["integer"] =
      any_of({{{"type", "integer"}}, {{"type", "string"}, {"pattern", "^-?[0-9]+$"}}});
  definitions["flag"] =
      any_of({{{"type", "boolean"}}, {{"enum", {"true", "yes", "on", "false", "no", "off"}}}});
}

Json definitions() {
  Json all = Json::object();
  add_values(all);
  all["alloy"] = section_table("alloy", {{"composition", one_or_several({{"type", "string"}})}});
  all["engine"] = section_table("engine", Json::object());
  all["save"] = section_table("save", Json::object());
  all["observer"] = observer_request(all);
  add_stages(all);
  add_fits(all);
  all["compare"] = compare_table();
  all["scale"] = scale(all["alloy"]);
  return all;
}

}  // namespace

std::string study_schema() {
  Json scales = {{"type", "object"}, {"additionalProperties", reference("scale")}};
  const Json engine = any_of(
      {reference("engine"), {{"enum", section_declaration("engine").option("kind")->choices}}});
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "vitreous study"}};
  schema.update(section_table("study", {{"title", {{"type", "string"}}},
                                        {"alloy", reference("alloy")},
                                        {"engine", engine},
                                        {"defaults", reference("stage_change")},
                                        {"scale", scales},
                                        {"stage", array_of(reference("stage"))},
                                        {"fit", array_of(reference("fit"))},
                                        {"compare", array_of(reference("compare"))}}));
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

}  // namespace vitreous::study
