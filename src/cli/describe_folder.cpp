#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/error.hpp"
#include "cli/description.hpp"
#include "cli/result_text.hpp"
#include "io/checkpoint.hpp"
#include "io/results_json.hpp"
#include "study/branch_record.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct TableFile {
  std::string name;  ///< "msd", or "liquid.msd" in a stage's folder
  fs::path path;
};

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// Tables of an analysis stand in its folder, those of a run one below.
std::vector<TableFile> tables_in(const fs::path& folder) {
  std::vector<TableFile> tables;
  const auto add = [&](const fs::path& where, const std::string& prefix) {
    for (const auto& entry : sorted_entries(where))
      if (entry.extension() == ".csv") tables.push_back({prefix + entry.stem().string(), entry});
  };
  add(folder, "");
  for (const auto& entry : sorted_entries(folder))
    if (fs::is_directory(entry) && entry.filename() != "figures")
      add(entry, entry.filename().string() + ".");
  return tables;
}

std::vector<study::BranchRecord> records_in(const fs::path& folder) {
  std::vector<study::BranchRecord> records;
  for (const auto& stage : sorted_entries(folder)) {
    if (!fs::is_directory(stage)) continue;
    for (const auto& branch : sorted_entries(stage))
      if (fs::is_directory(branch))
        if (auto record = study::read_record(branch.string())) records.push_back(*record);
  }
  return records;
}

std::string branch_text(const study::BranchRecord& record) {
  std::string text = record.state;
  if (!record.problem.empty()) text += ": " + record.problem;
  for (const auto& warning : record.warnings) text += "; " + warning;
  return text;
}

/// "sound", "damaged: ...", or "" where there is none.
std::string checkpoint_state(const fs::path& path) {
  if (!is_there(path)) return {};
  const std::string damage = io::checkpoint_damage(path.string());
  return damage.empty() ? "sound" : "damaged: " + damage;
}

Description describe_branch(const std::string& path) {
  const study::BranchRecord record = *study::read_record(path);
  std::vector<Fact> facts = {{"state", branch_text(record)}};
  for (const auto& [key, value] : record.physics) facts.push_back({key, value});
  if (record.duration > 0.0) facts.push_back({"duration", record.duration, "ps"});
  for (const auto& observer : record.observers) facts.push_back({"observes", observer});
  if (!record.engine.empty()) facts.push_back({"engine", record.engine});
  facts.push_back({"identity", record.identity});
  for (const char* name : {"checkpoint.h5", "checkpoint.previous.h5"})
    if (const auto state = checkpoint_state(fs::path(path) / name); !state.empty())
      facts.push_back({name, state});
  Description out = describe_facts(fmt::format("{}: branch {}", path, record.id), facts);
  const fs::path last = fs::path(path) / "final.extxyz";
  if (is_there(last)) out.next = fmt::format("vitreous show {}", last.string());
  return out;
}

void add_tables(Description& out, const fs::path& folder) {
  const auto tables = tables_in(folder);
  if (!tables.empty()) out.whole.text += "\ntables\n";
  for (const auto& table : tables) {
    out.whole.text += fmt::format("  {:<28} {}\n", table.name, table.path.string());
    out.whole.json["tables"].push_back({{"name", table.name}, {"file", table.path.string()}});
    out.items.push_back(
        {table.name, [table] { return describe_table(table.path.string()).whole; }});
  }
}

void add_branches(Description& out, const fs::path& folder) {
  const auto records = records_in(folder);
  if (records.empty()) return;
  std::map<std::string, std::size_t> states;
  std::string lines;
  for (const auto& record : records) {
    ++states[record.state];
    lines += fmt::format("  {:<28} {}\n", record.id, branch_text(record));
    out.whole.json["branches"].push_back({{"id", record.id},
                                          {"state", record.state},
                                          {"problem", record.problem},
                                          {"warnings", record.warnings}});
    out.items.push_back({record.id, [path = (folder / record.id).string()] {
                           return describe_branch(path).whole;
                         }});
  }
  out.whole.text += "\nbranches:";
  for (const auto& [state, count] : states) out.whole.text += fmt::format(" {} {}", count, state);
  out.whole.text += "\n" + lines;
}

}  // namespace

Description describe_folder(const std::string& path) {
  const fs::path folder = path;
  if (is_there(folder / "branch.json")) return describe_branch(path);
  Description out;
  const bool has_results = is_there(folder / "results.json");
  out.whole.json = Json::object();
  if (has_results) {
    out = describe_results((folder / "results.json").string());
  } else if (is_there(folder / "study.toml")) {
    out.whole.text = fmt::format("{}: a run without results yet\n", path);
  } else {
    base::Message message;
    message.file = path;
    message.problem = "is the folder of no run, branch or analysis";
    message.why = "it holds neither results.json nor study.toml nor branch.json";
    throw base::InputError(message);
  }
  add_branches(out, folder);
  add_tables(out, folder);
  out.next = out.items.empty() ? fmt::format("vitreous status {}", path)
                               : fmt::format("vitreous show {} {}", path, out.items[0].name);
  return out;
}

}  // namespace vitreous::cli
