#include "study/run_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "io/safe_file.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_folder(const RunFolder& run, const std::string& problem,
                                const std::string& why) {
  base::Message message;
  message.file = run.path();
  message.problem = problem;
  message.why = why;
  message.tries = {"--out DIR names another folder"};
  throw base::InputError(message);
}

/// Without what another process is writing at this moment.
bool holds_files(const RunFolder& run) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(run.path(), ignored))
    if (!entry.path().filename().string().starts_with(".run.json.")) return true;
  return false;
}

}  // namespace

void write_index(const Plan& plan, const RunFolder& run) {
  nlohmann::ordered_json json = {{"schema", "vitreous-run/1"},
                                 {"title", plan.title},
                                 {"scale", plan.scale},
                                 {"branches", nlohmann::json::array()}};
  for (const Branch& branch : plan.branches) json["branches"].push_back(branch.id);
  io::write_file(run.file("run.json"), json.dump(2) + "\n");
}

std::optional<RunIndex> read_index(const RunFolder& run) {
  if (!fs::exists(run.file("run.json"))) return std::nullopt;
  try {
    const auto json = nlohmann::json::parse(io::read_file(run.file("run.json")));
    return RunIndex{json.at("title"), json.at("scale"),
                    json.at("branches").get<std::vector<std::string>>()};
  } catch (const nlohmann::json::exception& error) {
    base::Message message;
    message.file = run.file("run.json");
    message.problem = "is damaged";
    message.why = error.what();
    message.tries = {"remove it: the next `vitreous run` writes it again"};
    throw base::InputError(message);
  }
}

void require_own_folder(const Plan& plan, const RunFolder& run) {
  std::error_code ignored;
  if (!fs::exists(run.path())) return;
  if (!fs::is_directory(run.path(), ignored))
    refuse_folder(run, "is a file, not a folder", "a run needs a folder of its own");
  const auto index = read_index(run);
  if (!index) {
    // one that wrote its run.json a moment ago is no stranger's
    if (holds_files(run) && !fs::exists(run.file("run.json")))
      refuse_folder(run, "holds files, but no run", "a run needs a folder of its own");
    return;
  }
  const bool shares_a_branch =
      std::any_of(plan.branches.begin(), plan.branches.end(), [&](const Branch& branch) {
        return std::find(index->branches.begin(), index->branches.end(), branch.id) !=
               index->branches.end();
      });
  if (index->title != plan.title && !shares_a_branch)
    refuse_folder(run, fmt::format("holds the run of another study, \"{}\"", index->title),
                  "none of its branches is one of this study's");
}

void join_run(const Plan& plan, const RunFolder& run, const std::string& branch) {
  require_own_folder(plan, run);
  make_folder(run.path());
  const auto index = read_index(run);
  const bool known = index && contains(index->branches, branch);
  if (!known) write_index(plan, run);
}

}  // namespace vitreous::study
