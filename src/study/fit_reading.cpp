#include "study/fit_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/units.hpp"
#include "study/branch_identity.hpp"
#include "study/option_reading.hpp"
#include "study/reference_reading.hpp"
#include "study/stage_reading.hpp"

namespace vitreous::study {
namespace {

std::vector<std::string> stage_names(const std::vector<Branch>& branches) {
  std::vector<std::string> names;
  for (const auto& branch : branches)
    if (names.empty() || names.back() != branch.stage) names.push_back(branch.stage);
  return names;
}

/// "liquid.D", of a stage that there is.
std::string read_quantity_name(const Value& value, const std::string& key,
                               const std::vector<Branch>& branches) {
  const std::string& name = require_text(value, key);
  const auto dot = name.find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == name.size())
    refuse(value.place, key, fmt::format("\"{}\" is not of the form STAGE.QUANTITY", name), "",
           {"\"liquid.D\""});
  const auto names = stage_names(branches);
  const std::string stage = name.substr(0, dot);
  if (std::find(names.begin(), names.end(), stage) == names.end()) {
    const std::string nearest = base::nearest_name(stage, names);
    refuse(value.place, key, fmt::format("the study has no stage \"{}\"", stage),
           fmt::format("its stages are {}", fmt::join(names, ", ")),
           nearest.empty() ? std::vector<std::string>{}
                           : std::vector<std::string>{nearest + name.substr(dot)});
  }
  return name;
}

const Value& require(const Value& table, const std::string& section, const std::string& key,
                     const std::string& example) {
  const Entry* entry = table.find(key);
  if (!entry)
    refuse(table.place, section, fmt::format("[[{}]] lacks `{}`", section, key), "", {example});
  return entry->value;
}

std::string require_axis(const Entry& entry, const std::string& path) {
  static const std::vector<std::string> axes = {"composition", "pressure", "rate", "temperature"};
  if (std::find(axes.begin(), axes.end(), entry.key) == axes.end())
    refuse_unknown_key(entry, path + "." + entry.key, path, axes);
  return entry.key;
}

std::map<std::string, std::pair<double, double>> read_where(const Value& where) {
  std::map<std::string, std::pair<double, double>> ranges;
  for (const Entry& entry : require_table(where, "fit.where").entries) {
    const std::string axis = require_axis(entry, "fit.where");
    const std::string key = "fit.where." + axis;
    if (axis == "composition") refuse(entry.place, key, "a composition has no range");
    if (!entry.value.is(Value::Kind::list) || entry.value.items.size() != 2)
      refuse(entry.value.place, key, "a range is a list of its two ends", "",
             {"where = { temperature = [\"1000 K\", \"2000 K\"] }"});
    const auto ends = read_numbers(entry.value, axis_unit(axis), key);
    ranges[axis] = std::minmax(ends[0].number, ends[1].number);
  }
  return ranges;
}

std::string words_of(const Value& value) {
  if (!value.is(Value::Kind::list)) return value.text;
  std::vector<std::string> parts;
  for (const auto& item : value.items) parts.push_back(item.text);
  return fmt::format("{}", fmt::join(parts, "; "));
}

/// The value of an axis in canonical words: "1000 K", "Cu50Zr50".
std::string read_at(const Value& value, const std::string& axis, const std::string& key) {
  if (axis == "composition") return read_compositions(value, key).front().text;
  return canonical_value(read_quantity(value, axis_unit(axis), key), axis_unit(axis));
}

}  // namespace

FitRequest read_fit(const Value& table, const std::vector<Branch>& branches) {
  FitRequest fit;
  fit.law = require_text(require(table, "fit", "law", "law = \"arrhenius\""), "fit.law");
  const Value& of = require(table, "fit", "of", "of = \"liquid.D\"");
  if (of.is(Value::Kind::list)) {
    for (const auto& item : of.items)
      fit.of.push_back(read_quantity_name(item, "fit.of", branches));
    if (fit.of.empty()) refuse(of.place, "fit.of", "the list is empty");
  } else {
    fit.of.push_back(read_quantity_name(of, "fit.of", branches));
  }
  fit.name = fit.of.front().substr(0, fit.of.front().find('.'));
  for (const Entry& entry : table.entries) {
    if (entry.key == "law" || entry.key == "of") continue;
    if (entry.key == "name")
      fit.name = require_text(entry.value, "fit.name");
    else if (entry.key == "where")
      fit.where = read_where(entry.value);
    else if (entry.key == "compare")
      fit.compare = read_references(entry.value, "fit.compare");
    else
      fit.options[entry.key] = words_of(entry.value);
  }
  return fit;
}

CompareRequest read_compare(const Value& table, const std::vector<Branch>& branches) {
  require_known_keys(table, "compare", "[[compare]]",
                     {"quantity", "at", "value", "source", "kind", "conditions"});
  CompareRequest compare;
  compare.quantity =
      read_quantity_name(require(table, "compare", "quantity", "quantity = \"liquid.D\""),
                         "compare.quantity", branches);
  const Value& value = require(table, "compare", "value", "value = \"5.3(1)e-10 m^2/s\"");
  compare.reference = read_reference(value, "compare.value");
  read_reference_origin(table, "compare", compare.reference);
  if (const Entry* at = table.find("at"))
    for (const Entry& entry : require_table(at->value, "compare.at").entries) {
      const std::string axis = require_axis(entry, "compare.at");
      compare.at[axis] = read_at(entry.value, axis, "compare.at." + axis);
    }
  return compare;
}

}  // namespace vitreous::study
