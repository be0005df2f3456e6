#include "io/results_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* schema = "vitreous-results/1";
/// What of `how` has a place of its own in the schema.
constexpr const char* beside[] = {"law", "of", "where", "n"};

bool stands_beside(const std::string& key) {
  return std::find(std::begin(beside), std::end(beside), key) != std::end(beside);
}

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json word(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json word_or_count(const std::string& text) {
  const bool count =
      !text.empty() && text.size() < 10 &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return count ? Json(std::stoi(text)) : Json(text);
}

Json to_json(const core::Reference& r) {
  return {{"value", r.value},
          {"standard_error", finite(r.standard_error)},
          {"unit", r.unit},
          {"kind", r.kind},
          {"conditions", word(r.conditions)},
          {"differs", word(r.differs)},
          {"source", word(r.source)}};
}

Json to_json(const core::Reported& q) {
  if (q.measured && !std::isfinite(q.measured->value))
    throw base::RunError(fmt::format("{} is not finite", q.name));
  Json json;
  json["name"] = q.name;
  json["value"] = q.measured ? Json(q.measured->value) : Json(nullptr);
  json["standard_error"] = q.measured ? finite(q.measured->standard_error) : Json(nullptr);
  json["unit"] = q.measured ? Json(q.measured->unit) : Json(nullptr);
  json["status"] = core::to_text(q.status);
  json["reason"] = word(q.reason);
  for (const char* key : beside) {
    const auto found = q.how.find(key);
    json[key] = found == q.how.end() ? Json(nullptr) : word_or_count(found->second);
  }
  json["state"] = word(q.state);
  json["reference"] = q.reference ? to_json(*q.reference) : Json(nullptr);
  const auto pull = core::pull(q);
  json["pull"] = pull ? finite(*pull) : Json(nullptr);
  json["how"] = Json::object();
  for (const auto& [key, text] : q.how)
    if (!stands_beside(key)) json["how"][key] = text;
  return json;
}

/// Row `row` of a column: a word, a number, or a number with its error; null where not finite.
Json json_cell(const core::Column& column, std::size_t row) {
  if (const auto* words = std::get_if<std::vector<std::string>>(&column.values))
    return word((*words)[row]);
  const double value = std::get<std::vector<double>>(column.values)[row];
  if (column.standard_error.empty() || !std::isfinite(value)) return finite(value);
  return {{"value", value}, {"standard_error", finite(column.standard_error[row])}};
}

Json rows_of(const core::Table& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Json object = Json::object();
    for (const auto& column : table.columns)
      object[core::column_name(column)] = json_cell(column, row);
    rows.push_back(object);
  }
  return rows;
}

double number_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? std::numeric_limits<double>::quiet_NaN()
                                                 : found->get<double>();
}

/// A text, or any other value as it is written in JSON; "" for null.
std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

core::Status status_in(const Json& json) {
  const std::string text = json.at("status").get<std::string>();
  for (const auto status : {core::Status::ok, core::Status::refused, core::Status::not_run})
    if (core::to_text(status) == text) return status;
  throw base::InputError(fmt::format("\"{}\" is not a status", text));
}

core::Reported to_reported(const Json& json) {
  core::Reported q;
  q.name = json.at("name").get<std::string>();
  q.status = status_in(json);
  q.reason = text_in(json, "reason");
  q.state = text_in(json, "state");
  if (!json.at("value").is_null())
    q.measured = core::Measured{json.at("value").get<double>(), number_in(json, "standard_error"),
                                text_in(json, "unit")};
  for (const char* key : beside)
    if (const std::string text = text_in(json, key); !text.empty()) q.how[key] = text;
  if (const auto how = json.find("how"); how != json.end())
    for (const auto& [key, text] : how->items()) q.how[key] = text.get<std::string>();
  const auto reference = json.find("reference");
  if (reference == json.end() || reference->is_null()) return q;
  q.reference =
      core::Reference{reference->at("value").get<double>(), number_in(*reference, "standard_error"),
                      text_in(*reference, "unit"),          text_in(*reference, "kind"),
                      text_in(*reference, "conditions"),    text_in(*reference, "source"),
                      text_in(*reference, "differs")};
  return q;
}

[[noreturn]] void fail_reading(const std::string& path, const std::string& problem,
                               const std::string& why) {
  base::Message message;
  message.file = path;
  message.problem = problem;
  message.why = why;
  throw base::InputError(message);
}

}  // namespace

std::string to_results_json(const Results& results) {
  Json json = {{"schema", schema}, {"complete", results.complete}, {"quantities", Json::array()}};
  if (!results.title.empty()) json["title"] = results.title;
  if (!results.stages.empty()) json["stages"] = results.stages;
  if (results.trust.rows() > 0) json["trust"] = rows_of(results.trust);
  for (const auto& quantity : results.quantities) json["quantities"].push_back(to_json(quantity));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Results read_results_json(const std::string& path) {
  const std::string text = read_file(path);
  try {
    const Json json = Json::parse(text);
    if (!json.is_object() || text_in(json, "schema") != schema)
      fail_reading(path, fmt::format("is not of the schema {}", schema), "");
    Results results;
    results.complete = json.at("complete").get<bool>();
    results.title = text_in(json, "title");
    if (json.contains("stages")) results.stages = json["stages"].get<std::vector<std::string>>();
    for (const auto& quantity : json.at("quantities"))
      results.quantities.push_back(to_reported(quantity));
    return results;
  } catch (const nlohmann::json::exception& error) {
    fail_reading(path, "cannot be read as results", error.what());
  }
}

core::Declaration results_json_declaration() {
  core::Declaration d;
  d.name = "results";
  d.one_line = "every quantity of a run with its error, state and reference: read and written";
  d.formula = "{\"schema\": \"vitreous-results/1\", \"complete\": true, \"quantities\": [...]}";
  d.source = "this program";
  return d;
}

}  // namespace vitreous::io
