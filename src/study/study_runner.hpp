// Runs what a study still lacks: branches as processes of their own, parents first, one a core.
// Where fewer branches run than there are cores, they share them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "study/branch_record.hpp"
#include "study/plan.hpp"
#include "study/progress.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

struct RunnerOptions {
  int jobs = 1;        ///< cores: as many branches at a time, or fewer that share them
  bool rerun = false;  ///< runs again what has changed
  /// The command that runs one branch in this process' image; the runner appends its id.
  std::vector<std::string> command;
};

/// By this exit status a branch's process says that another process holds the branch.
inline constexpr int held_elsewhere_status = 75;

/// A branch of the plan with what the folder holds of it.
struct BranchView {
  const Branch* branch = nullptr;
  Comparison comparison;
  std::optional<BranchRecord> record;
};

/// The plan beside the folder, parents before children. A branch whose parent must run again must
/// run again too.
std::vector<BranchView> view_plan(const Plan& plan, const RunFolder& run);

/// Throws InputError where branches have changed: it lists key, old and new value and branches.
void require_unchanged(const std::vector<BranchView>& views, const RunFolder& run);

struct RunnerReport {
  std::vector<std::string> done, failed, elsewhere, missing;  ///< ids
  bool interrupted = false;
};

/// Called about once a second while branches run: ids with their progress.
using Watch = std::function<void(const std::vector<std::pair<std::string, Progress>>& running,
                                 std::size_t finished, std::size_t all)>;

RunnerReport run_study(const Plan& plan, const RunFolder& run, const RunnerOptions& options,
                       const Watch& watch);

}  // namespace vitreous::study
