#include "cli/description.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/units.hpp"
#include "cli/result_text.hpp"
#include "io/csv.hpp"
#include "io/h5md_reader.hpp"
#include "io/lammps_log.hpp"
#include "io/lammps_log_table.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string value_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{:.8g}", value.get<double>());
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const auto& part : value) text += (text.empty() ? "" : "  ") + value_text(part);
  return text;
}

std::string fact_text(const Fact& fact) {
  std::string text = value_text(fact.value);
  if (fact.value.is_null())
    text = "not known";
  else if (!fact.unit.empty())
    text += " " + fact.unit;
  if (!fact.note.empty()) text += "  (" + fact.note + ")";
  return text;
}

std::string json_key(const Fact& fact) {
  std::string key = fact.name;
  std::replace(key.begin(), key.end(), ' ', '_');
  const std::string suffix = fact.unit.empty() ? "" : base::column_suffix(fact.unit);
  return suffix.empty() ? key : key + "_" + suffix;
}

Json table_json(const core::Table& table) {
  Json json = {{"name", table.name}, {"rows", table.rows()}, {"columns", Json::array()}};
  for (const auto& column : table.columns) {
    Json one = {{"name", column.name}, {"unit", column.unit}};
    std::visit([&](const auto& values) { one["values"] = values; }, column.values);
    if (!column.standard_error.empty()) one["standard_error"] = column.standard_error;
    json["columns"].push_back(one);
  }
  return json;
}

/// The columns that say what a row is of (those without errors), and one more.
core::Table with_column(const core::Table& table, const core::Column& wanted) {
  core::Table part;
  part.name = table.name;
  for (const auto& column : table.columns)
    if (column.standard_error.empty() || column.name == wanted.name) part.columns.push_back(column);
  return part;
}

}  // namespace

Description describe_facts(const std::string& title, const std::vector<Fact>& facts) {
  Description out;
  std::size_t width = 0;
  for (const auto& fact : facts) width = std::max(width, fact.name.size());
  out.whole.text = title + "\n";
  out.whole.json = Json::object();
  for (const auto& fact : facts) {
    out.whole.text += fmt::format("  {:<{}}  {}\n", fact.name, width, fact_text(fact));
    out.whole.json[json_key(fact)] = fact.value;
    out.items.push_back({fact.name, [fact] {
                           return Shown{fact_text(fact) + "\n", {{json_key(fact), fact.value}}};
                         }});
  }
  return out;
}

namespace {

Description describe_columns(const std::string& path, const core::Table& table) {
  Description out;
  out.whole = {table_description(table), table_json(table)};
  for (const auto& column : table.columns)
    out.items.push_back({column.name, [table, column] {
                           const auto part = with_column(table, column);
                           return Shown{table_description(part, part.rows()), table_json(part)};
                         }});
  out.next = fmt::format("vitreous show {} {}", path, table.columns.back().name);
  return out;
}

}  // namespace

Description describe_table(const std::string& path) {
  return describe_columns(path, io::read_csv(path));
}

Description describe_log(const std::string& path) {
  const auto log = io::lammps_log_table(path);
  Description out = describe_columns(path, log.table);
  out.whole.text = fmt::format("{}: {}\n{}", path, log.form, out.whole.text);
  out.next = fmt::format("vitreous new --from-lammps {}", path);
  return out;
}

std::vector<NamedItem> quantity_items(const std::vector<core::Reported>& quantities) {
  std::vector<NamedItem> items;
  for (const auto& quantity : quantities) {
    const auto same = [&](const NamedItem& item) { return item.name == quantity.name; };
    if (std::any_of(items.begin(), items.end(), same)) continue;
    std::vector<core::Reported> all;
    for (const auto& other : quantities)
      if (other.name == quantity.name) all.push_back(other);
    items.push_back({quantity.name, [all] {
                       Shown shown;
                       for (const auto& one : all) shown.text += quantity_description(one);
                       shown.json = Json::parse(io::to_results_json({true, all}))["quantities"];
                       return shown;
                     }});
  }
  return items;
}

Description describe_results(const std::string& path) {
  const io::Results results = io::read_results_json(path);
  Description out;
  out.whole.text = fmt::format("{}: {} quantities{}\n", path, results.quantities.size(),
                               results.complete ? "" : ", more to come: branches are missing") +
                   quantity_lines(results.quantities);
  out.whole.json = Json::parse(io::read_file(path));  // with what a run tells beside its quantities
  out.items = quantity_items(results.quantities);
  if (!out.items.empty()) out.next = fmt::format("vitreous show {} {}", path, out.items[0].name);
  return out;
}

Description describe_path(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    base::Message message;
    message.file = path;
    message.problem = "is not there";
    throw base::InputError(message);
  }
  if (std::filesystem::is_directory(path, ignored)) return describe_folder(path);
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".h5" && !io::holds_h5md(path)) return describe_checkpoint(path);
  if (extension == ".csv") return describe_table(path);
  if (extension == ".toml" && holds_parameters(path)) return describe_parameters(path);
  if (extension == ".json") return describe_results(path);
  if (io::is_lammps_log(path)) return describe_log(path);
  return describe_frames(path);
}

}  // namespace vitreous::cli
