#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "cli/commands/commands.hpp"
#include "cli/progress_lines.hpp"
#include "study/branch_record.hpp"
#include "study/progress.hpp"
#include "study/run_index.hpp"

namespace vitreous::cli {
namespace {

/// A branch that has not told of itself for so long is not running.
constexpr double silent_after = 120.0;  // s

struct BranchState {
  std::string id;
  std::string state;  ///< waiting, running, stopped, done, failed
  std::string remark;
  std::optional<study::Progress> progress;
};

BranchState state_of(const study::RunFolder& run, const std::string& id) {
  BranchState branch{id, "waiting", "", study::read_progress(run.branch(id))};
  const auto record = study::read_record(run.branch(id));
  if (!record) return branch;
  branch.state = record->state;
  branch.remark = record->problem;
  if (branch.state != "running") return branch;
  const bool silent =
      !branch.progress ||
      static_cast<double>(std::time(nullptr)) - branch.progress->updated > silent_after;
  if (silent) branch.state = "stopped";
  return branch;
}

std::vector<BranchState> states_of(const study::RunFolder& run, const study::RunIndex& index) {
  std::vector<BranchState> states;
  for (const auto& id : index.branches) states.push_back(state_of(run, id));
  return states;
}

bool all_done(const std::vector<BranchState>& states) {
  for (const auto& branch : states)
    if (branch.state != "done") return false;
  return true;
}

bool any_running(const std::vector<BranchState>& states) {
  for (const auto& branch : states)
    if (branch.state == "running") return true;
  return false;
}

void print_states(const std::vector<BranchState>& states) {
  for (const auto& branch : states) {
    if (branch.state == "running")
      fmt::print("{}\n", branch_line(branch.id, *branch.progress));
    else
      fmt::print("{:<22} {}{}\n", branch.id, branch.state,
                 branch.remark.empty() ? "" : ": " + branch.remark);
  }
}

void print_states_as_json(const study::RunIndex& index, const std::vector<BranchState>& states) {
  nlohmann::ordered_json json = {{"title", index.title}, {"complete", all_done(states)}};
  for (const auto& branch : states) {
    nlohmann::ordered_json row = {{"branch", branch.id}, {"state", branch.state}};
    if (!branch.remark.empty()) row["remark"] = branch.remark;
    if (branch.progress && branch.state == "running") {
      row["step"] = branch.progress->step;
      row["steps"] = branch.progress->steps;
      row["seconds_left"] = branch.progress->seconds_left;
      row["ns_per_day"] = branch.progress->ns_per_day;
    }
    json["branches"].push_back(row);
  }
  fmt::print("{}\n", json.dump(2));
}

void print_status(const std::string& folder, bool follow, bool json) {
  const study::RunFolder run(folder);
  const auto index = study::read_index(run);
  if (!index)
    throw base::InputError(folder + ": holds no run", "a run's folder has a run.json",
                           {"vitreous run STUDY --out " + folder});
  base::catch_interrupts();
  while (true) {
    const auto states = states_of(run, *index);
    json ? print_states_as_json(*index, states) : print_states(states);
    if (!follow || !any_running(states) || base::interrupted_by() != 0) {
      if (all_done(states))
        fmt::print(stderr, "next: vitreous report {}\n", folder);
      else
        fmt::print(stderr, "next: vitreous run STUDY --out {} continues\n", folder);
      return;
    }
    std::this_thread::sleep_for(std::chrono::seconds(2));
    fmt::print("\n");
  }
}

}  // namespace

Command status_command() {
  return {
      "status", "Tells how far a run is, from its files alone", "vitreous status bulk-quick",
      [](CLI::App& app, int&) {
        struct Options {
          std::string folder;
          bool follow = false, json = false;
        };
        auto options = std::make_shared<Options>();
        app.add_option("DIR", options->folder, "the folder of a run")->required();
        app.add_flag("--follow", options->follow, "tell again every two seconds");
        app.add_flag("--json", options->json, "print JSON");
        app.callback([options] { print_status(options->folder, options->follow, options->json); });
      }};
}

}  // namespace vitreous::cli
