#include "study/run_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"
#include "study/branch_record.hpp"
#include "study/run_folder.hpp"
#include "study/run_index.hpp"
#include "study/value.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;

std::string where_of(const core::Reported& quantity) {
  const auto where = quantity.how.find("where");
  return where == quantity.how.end() ? "" : where->second;
}

/// By what a table of a list is known: a stage by its name, an observer by its kind.
std::string name_in_list(const Value& table) {
  for (const char* key : {"name", "kind", "quantity", "law"})
    if (const Entry* entry = table.find(key); entry && entry->value.is_single())
      return entry->value.text;
  return "";
}

/// Every single value of a study under a key of its own, in the order of the file.
class FlatStudy {
 public:
  explicit FlatStudy(const Value& study) {
    for (const Entry& entry : study.entries)
      add(entry.key == "stage" ? "" : entry.key, entry.value);
  }
  const std::vector<std::pair<std::string, std::string>>& all() const { return values_; }
  std::string find(const std::string& key) const {
    for (const auto& [name, value] : values_)
      if (name == key) return value;
    return "";
  }

 private:
  void add(const std::string& key, const Value& value) {
    if (value.is_single()) values_.emplace_back(key, value.text);
    if (value.is(Value::Kind::table))
      for (const Entry& entry : value.entries) add(joined(key, entry.key), entry.value);
    if (value.is(Value::Kind::list)) add_list(key, value);
  }

  void add_list(const std::string& key, const Value& list) {
    std::map<std::string, int> seen;
    std::string words;
    for (std::size_t k = 0; k < list.items.size(); ++k) {
      const Value& item = list.items[k];
      if (!item.is(Value::Kind::table)) {
        words += (k == 0 ? "" : ", ") + item.text;
        continue;
      }
      const std::string name = name_in_list(item);
      const int number = ++seen[name];
      if (name.empty())
        add(fmt::format("{}[{}]", key, k), item);
      else
        add(joined(key, number == 1 ? name : fmt::format("{}_{}", name, number)), item);
    }
    if (!words.empty()) values_.emplace_back(key, "[" + words + "]");
  }

  static std::string joined(const std::string& above, const std::string& key) {
    return above.empty() ? key : above + "." + key;
  }

  std::vector<std::pair<std::string, std::string>> values_;
};

FlatStudy flat_study(const ComparedRun& run) {
  const std::string path = run.path + "/study.toml";
  return FlatStudy(fs::exists(path) ? parse_study_text(path, io::read_file(path)) : Value{});
}

/// Of the branches that are done: id and identity.
std::map<std::string, std::string> identities_of(const ComparedRun& run) {
  std::map<std::string, std::string> identities;
  const RunFolder folder(run.path);
  const auto index = read_index(folder);
  if (!index) return identities;
  for (const auto& id : index->branches)
    if (const auto record = read_record(folder.branch(id)))
      identities[id] = fmt::format("{} {:g}", record->identity, record->duration);
  return identities;
}

}  // namespace

ComparedRun read_run(const std::string& path) {
  if (!fs::is_regular_file(path + "/results.json"))
    throw base::InputError(path + ": holds no results.json",
                           "a run and an analysis leave their quantities there",
                           {"vitreous run STUDY --out " + path});
  const io::Results results = io::read_results_json(path + "/results.json");
  return {path, results.title, results.complete, results.quantities};
}

std::vector<QuantityRow> side_by_side(const std::vector<ComparedRun>& runs) {
  std::vector<QuantityRow> rows;
  std::map<std::pair<std::string, std::string>, std::size_t> row_of;
  for (std::size_t k = 0; k < runs.size(); ++k)
    for (const auto& quantity : runs[k].quantities) {
      const auto [found, is_new] =
          row_of.try_emplace({quantity.name, where_of(quantity)}, rows.size());
      if (is_new) {
        rows.push_back({quantity.name, where_of(quantity), {}, {}});
        rows.back().values.resize(runs.size());
      }
      QuantityRow& row = rows[found->second];
      row.values[k] = quantity;
      if (!row.reference) row.reference = quantity.reference;
    }
  return rows;
}

std::optional<Difference> difference(const std::optional<core::Reported>& a,
                                     const std::optional<core::Reported>& b) {
  if (!a || !b || !a->measured || !b->measured) return std::nullopt;
  const core::Measured& one = *a->measured;
  if (base::parse_unit(one.unit).dimension != base::parse_unit(b->measured->unit).dimension)
    return std::nullopt;
  const core::Measured other = b->measured->to(one.unit);
  Difference out;
  out.difference = {one.value - other.value, std::hypot(one.standard_error, other.standard_error),
                    one.unit};
  const double error = out.difference.standard_error;
  if (error > 0.0 && std::isfinite(error)) out.pull = out.difference.value / error;
  return out;
}

std::vector<StudyDifference> study_differences(const std::vector<ComparedRun>& runs) {
  std::vector<FlatStudy> studies;
  std::vector<std::string> keys;
  for (const auto& run : runs) {
    studies.push_back(flat_study(run));
    for (const auto& [key, value] : studies.back().all())
      if (!contains(keys, key)) keys.push_back(key);
  }
  std::vector<StudyDifference> differences;
  for (const auto& key : keys) {
    StudyDifference difference{key, {}};
    for (const auto& study : studies) difference.values.push_back(study.find(key));
    const auto& values = difference.values;
    if (std::any_of(values.begin(), values.end(), [&](const auto& v) { return v != values[0]; }))
      differences.push_back(std::move(difference));
  }
  return differences;
}

std::size_t shared_branches(const ComparedRun& a, const ComparedRun& b) {
  const auto ours = identities_of(a), theirs = identities_of(b);
  return static_cast<std::size_t>(std::count_if(ours.begin(), ours.end(), [&](const auto& one) {
    const auto other = theirs.find(one.first);
    return other != theirs.end() && other->second == one.second;
  }));
}

}  // namespace vitreous::study
