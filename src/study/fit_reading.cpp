#include "study/fit_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "analysis/observer_label.hpp"
#include "base/units.hpp"
#include "models/law.hpp"
#include "stage/leg.hpp"
#include "stage/stage.hpp"
#include "study/branch_identity.hpp"
#include "study/gathered.hpp"
#include "study/option_reading.hpp"
#include "study/reference_reading.hpp"
#include "study/stage_reading.hpp"
#include "study/study_keys.hpp"

namespace vitreous::study {
namespace {

std::vector<std::string> stages_of(const std::vector<Branch>& branches) {
  std::vector<std::string> names;
  for (const auto& branch : branches)
    if (names.empty() || names.back() != branch.stage) names.push_back(branch.stage);
  return names;
}

const core::Declaration& declared(const std::vector<core::Declaration>& all,
                                  const std::string& name) {
  return *std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == name; });
}

void add_derived(std::vector<std::string>& names, const core::Declaration& declaration,
                 const std::string& prefix = "") {
  for (const auto& output : declaration.derived)
    if (std::find(names.begin(), names.end(), prefix + output.name) == names.end())
      names.push_back(prefix + output.name);
}

/// What the branches of a stage yield: its kind's quantities, its observers' and those of `thermo`,
/// which every branch has in which time passes.
std::vector<std::string> quantities_of(const std::string& stage,
                                       const std::vector<Branch>& branches) {
  const auto branch = std::find_if(branches.begin(), branches.end(),
                                   [&](const Branch& b) { return b.stage == stage; });
  std::vector<std::string> names;
  std::map<std::string, int> seen;
  for (const auto& request : branch->observe) {
    const int number = ++seen[request.kind];
    add_derived(names, declared(analysis::observer_declarations(), request.kind),
                number == 1 ? "" : analysis::observer_label(request.kind, number) + ".");
  }
  add_derived(names, declared(stage::stage_declarations(), branch->kind));
  if (stage::passes_time(branch->kind))
    add_derived(names, declared(analysis::observer_declarations(), "thermo"));
  return names;
}

/// "D.Cu" is what "D.<species>" declares.
bool is_declared_as(const std::string& name, const std::string& declaration) {
  const auto open = declaration.find('<');
  return open == std::string::npos
             ? name == declaration
             : name.size() > open && name.starts_with(declaration.substr(0, open));
}

void require_quantity(const Value& value, const std::string& key, const std::string& stage,
                      const std::string& quantity, const std::vector<Branch>& branches) {
  const auto names = quantities_of(stage, branches);
  for (const auto& name : names)
    if (is_declared_as(quantity, name)) return;
  std::vector<std::string> tries;
  for (const auto& observer : analysis::observer_declarations())
    for (const auto& output : observer.derived)
      if (is_declared_as(quantity, output.name))
        tries.push_back(fmt::format("observe = [\"{}\"] in [[stage]] {}", observer.name, stage));
  const std::string nearest = base::nearest_name(quantity, names);
  if (tries.empty() && !nearest.empty()) tries.push_back(fmt::format("\"{}.{}\"", stage, nearest));
  refuse(value.place, key, fmt::format("{} yields no \"{}\"", stage, quantity),
         fmt::format("it yields {}", fmt::join(names, ", ")), tries);
}

/// "liquid.D", of a stage that there is.
std::string read_quantity_name(const Value& value, const std::string& key,
                               const std::vector<Branch>& branches) {
  const std::string& name = require_text(value, key);
  const auto dot = name.find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == name.size())
    refuse(value.place, key, fmt::format("\"{}\" is not of the form STAGE.QUANTITY", name), "",
           {"\"liquid.D\""});
  const auto names = stages_of(branches);
  const std::string stage = name.substr(0, dot);
  if (std::find(names.begin(), names.end(), stage) == names.end()) {
    const std::string nearest = base::nearest_name(stage, names);
    refuse(value.place, key, fmt::format("the study has no stage \"{}\"", stage),
           fmt::format("its stages are {}", fmt::join(names, ", ")),
           nearest.empty() ? std::vector<std::string>{}
                           : std::vector<std::string>{nearest + name.substr(dot)});
  }
  require_quantity(value, key, stage, name.substr(dot + 1), branches);
  return name;
}

const Value& require_key(const Value& table, const std::string& section, const std::string& key,
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

/// A prefactor is named after what is fitted: D0, tau0, eta0.
bool is_parameter(const std::string& name, const std::string& declared_name) {
  if (name == declared_name) return true;
  const auto prefactor = declared_name.find("D0");
  if (prefactor == std::string::npos) return false;
  const std::string before = declared_name.substr(0, prefactor);
  return name.starts_with(before) && name.ends_with('0') && name.size() > before.size() + 1;
}

/// Refuses published values of what the law does not yield: they would stand beside nothing.
void require_parameters(const Value& compare, const FitRequest& fit, const core::Declaration& law) {
  std::vector<std::string> names;
  for (const auto& output : law.derived) names.push_back(output.name);
  for (const Entry& entry : compare.entries) {
    if (!fit.compare.contains(entry.key)) continue;
    if (std::none_of(names.begin(), names.end(),
                     [&](const auto& name) { return is_parameter(entry.key, name); }))
      refuse_unknown_key(entry, "fit.compare." + entry.key, fit.law, names);
  }
}

/// Refuses a name under which a fit above yields the same quantity.
void require_own_results(const Value& table, const FitRequest& fit, const core::Declaration& law,
                         const std::vector<FitRequest>& before) {
  for (const auto& other : before) {
    if (other.name != fit.name) continue;
    for (const auto& theirs : models::law_declaration(other.law).derived)
      for (const auto& ours : law.derived) {
        if (theirs.name != ours.name) continue;
        const Entry* name = table.find("name");
        refuse(name ? name->value.place : table.place, "fit.name",
               fmt::format("two fits would yield {}.{}", fit.name, ours.name),
               "by default a fit has the name of the stage it is of",
               {fmt::format("name = \"{}_{}\"", fit.name, fit.law)});
      }
  }
}

/// The value of an axis in canonical words: "1000 K", "Cu50Zr50".
std::string read_at(const Value& value, const std::string& axis, const std::string& key) {
  if (axis == "composition") return read_compositions(value, key).front().text;
  return canonical_value(read_quantity(value, axis_unit(axis), key), axis_unit(axis));
}

void require_same_dimension(const Value& value, const CompareRequest& compare) {
  const auto unit = [](const std::string& of) {
    return declared_unit(of.substr(of.find('.') + 1));
  };
  const std::string above = unit(compare.quantity), below = unit(compare.over);
  if (base::parse_unit(above).dimension == base::parse_unit(below).dimension) return;
  refuse(value.place, "compare.over",
         fmt::format("{} is in {}, {} in {}: their quotient is no plain number", compare.quantity,
                     above, compare.over, below));
}

}  // namespace

FitRequest read_fit(const Value& table, const std::vector<Branch>& branches,
                    const std::vector<FitRequest>& before) {
  FitRequest fit;
  const Value& law = require_key(table, "fit", "law", "law = \"arrhenius\"");
  fit.law = require_text(law, "fit.law");
  const core::Declaration& declaration =
      placed(law.place, "fit.law", [&] { return std::cref(models::law_declaration(fit.law)); });
  auto known = section_keys("fit");
  for (const auto& option : declaration.options) known.push_back(option.name);
  require_known_keys(table, "fit", "fit of " + fit.law, known);
  const Value& of = require_key(table, "fit", "of", "of = \"liquid.D\"");
  if (of.is(Value::Kind::list)) {
    for (const auto& item : of.items)
      fit.of.push_back(read_quantity_name(item, "fit.of", branches));
    if (fit.of.empty()) refuse(of.place, "fit.of", "the list is empty");
  } else {
    fit.of.push_back(read_quantity_name(of, "fit.of", branches));
  }
  fit.name = fit.of.front().substr(0, fit.of.front().find('.'));
  if (const Entry* name = table.find("name")) fit.name = require_text(name->value, "fit.name");
  require_own_results(table, fit, declaration, before);
  if (const Entry* where = table.find("where")) fit.where = read_where(where->value);
  if (const Entry* compare = table.find("compare")) {
    fit.compare = read_references(compare->value, "fit.compare");
    require_parameters(compare->value, fit, declaration);
  }
  for (const auto& option : declaration.options) {
    const Entry* entry = table.find(option.name);
    if (!entry) continue;
    read_option(option, entry->value, "fit." + option.name);
    fit.options[option.name] = words_of(entry->value);
  }
  return fit;
}

CompareRequest read_compare(const Value& table, const std::vector<Branch>& branches) {
  require_known_keys(table, "compare", "[[compare]]", section_keys("compare"));
  CompareRequest compare;
  compare.quantity =
      read_quantity_name(require_key(table, "compare", "quantity", "quantity = \"liquid.D\""),
                         "compare.quantity", branches);
  if (const Entry* over = table.find("over")) {
    compare.over = read_quantity_name(over->value, "compare.over", branches);
    require_same_dimension(over->value, compare);
  }
  const Value& value = require_key(table, "compare", "value", "value = \"5.3(1)e-10 m^2/s\"");
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
