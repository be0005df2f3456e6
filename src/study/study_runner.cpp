#include "study/study_runner.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "study/branch_job.hpp"
#include "study/core_share.hpp"
#include "study/words.hpp"

extern char** environ;

namespace vitreous::study {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto poll_interval = std::chrono::milliseconds(50);

/// Starts `command` with its errors going to the branch's log.
pid_t spawn(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  pid_t process = 0;
  const int error =
      ::posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw base::RunError(fmt::format("cannot start {}: {}", command.front(), std::strerror(error)));
  return process;
}

/// Who is to run, who runs, who has run.
class Runner {
 public:
  Runner(const Plan& plan, const RunFolder& run, const RunnerOptions& options, const Watch& watch)
      : plan_(plan), run_(run), options_(options), watch_(watch) {
    for (const auto& view : view_plan(plan, run)) {
      ++all_;
      if (view.comparison.status == BranchStatus::done)
        report_.done.push_back(view.branch->id);
      else
        waiting_.push_back(view);
    }
  }

  RunnerReport go() {
    while (!waiting_.empty() || !running_.empty()) {
      pass_on_signals();
      if (!report_.interrupted) start_what_can();
      if (running_.empty()) break;
      share_cores();
      std::this_thread::sleep_for(poll_interval);
      collect();
      tell();
    }
    for (const auto& view : waiting_) report_.missing.push_back(view.branch->id);
    return report_;
  }

 private:
  bool may_start(const Branch& branch) const {
    const std::string& parent = branch.parent;
    return parent.empty() || contains(report_.done, parent);
  }

  void start_what_can() {
    for (auto view = waiting_.begin(); view != waiting_.end();) {
      if (static_cast<int>(running_.size()) >= options_.jobs) return;
      if (may_start(*view->branch)) {
        start(*view);
        view = waiting_.erase(view);
      } else {
        ++view;
      }
    }
  }

  void start(const BranchView& view) {
    const std::string folder = run_.branch(view.branch->id);
    make_folder(folder);
    auto command = options_.command;
    command.push_back(view.branch->id);
    if (options_.rerun) command.push_back("--rerun");
    running_[spawn(command, folder + "/messages.txt")] = view.branch->id;
  }

  /// Each running branch has as many cores as are left when all have the same.
  void share_cores() {
    const int each = std::max(1, options_.jobs / static_cast<int>(running_.size()));
    for (const auto& [process, id] : running_)
      if (std::exchange(share_[id], each) != each) write_core_share(run_.branch(id), each);
  }

  void collect() {
    int status = 0;
    for (pid_t process; (process = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      const auto entry = running_.find(process);
      if (entry == running_.end()) continue;
      finished(entry->second, status);
      remove_core_share(run_.branch(entry->second));
      share_.erase(entry->second);
      running_.erase(entry);
    }
  }

  void finished(const std::string& id, int status) {
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code == 0) {
      report_.done.push_back(id);
    } else if (code == held_elsewhere_status) {
      report_.elsewhere.push_back(id);
    } else if (code == 130 || code == 143) {
      report_.interrupted = true;
      report_.missing.push_back(id);
    } else {
      report_.failed.push_back(id);
    }
  }

  void pass_on_signals() {
    if (base::interrupted_by() == 0) return;
    if (!std::exchange(report_.interrupted, true))
      for (const auto& [process, id] : running_) ::kill(process, SIGTERM);
  }

  void tell() {
    if (!watch_ || Clock::now() - told_ < std::chrono::seconds(1)) return;
    told_ = Clock::now();
    std::vector<std::pair<std::string, Progress>> running;
    for (const auto& [process, id] : running_)
      if (const auto progress = read_progress(run_.branch(id))) running.emplace_back(id, *progress);
    watch_(running, report_.done.size(), all_);
  }

  const Plan& plan_;
  const RunFolder& run_;
  const RunnerOptions& options_;
  const Watch& watch_;
  std::vector<BranchView> waiting_;
  std::map<pid_t, std::string> running_;
  std::map<std::string, int> share_;  ///< cores of each running branch
  RunnerReport report_;
  std::size_t all_ = 0;
  Clock::time_point told_{};
};

}  // namespace

std::vector<BranchView> view_plan(const Plan& plan, const RunFolder& run) {
  std::vector<BranchView> views;
  std::map<std::string, bool> moved;  // whether a branch will end elsewhere than it did
  for (const Branch& branch : plan.branches) {
    BranchView view{&branch, {}, read_record(run.branch(branch.id))};
    view.comparison = compare_branch(branch, view.record);
    const bool parent_moved = !branch.parent.empty() && moved[branch.parent];
    const bool begun = view.comparison.status != BranchStatus::fresh;
    if (parent_moved && begun && view.comparison.status != BranchStatus::changed)
      view.comparison = {BranchStatus::changed, {}, "changed with " + branch.parent};
    moved[branch.id] = view.comparison.status == BranchStatus::changed ||
                       view.comparison.status == BranchStatus::longer;
    views.push_back(std::move(view));
  }
  return views;
}

void require_unchanged(const std::vector<BranchView>& views, const RunFolder& run) {
  std::string branches;
  for (const auto& view : views) {
    const auto status = view.comparison.status;
    if (status != BranchStatus::changed && status != BranchStatus::observed_anew) continue;
    branches += fmt::format("\n  {:<24} {}", view.branch->id, view.comparison.reason);
  }
  if (branches.empty()) return;
  base::Message message;
  message.file = run.path();
  message.problem = "what was run there differs from the study:" + branches;
  message.why = "what is done is never thrown away unasked";
  message.tries = {"--rerun runs these branches again", "--out DIR keeps both"};
  throw base::InputError(message);
}

RunnerReport run_study(const Plan& plan, const RunFolder& run, const RunnerOptions& options,
                       const Watch& watch) {
  return Runner(plan, run, options, watch).go();
}

}  // namespace vitreous::study
