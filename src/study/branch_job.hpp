// Runs one branch in this process, from where it stands to its end or to an interruption.
#pragma once

#include <functional>
#include <optional>

#include "study/plan.hpp"
#include "study/progress.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

struct JobOptions {
  double checkpoint_every = 60.0;                   ///< seconds of wall time
  std::optional<double> stop_after = {};            ///< seconds of wall time
  bool shares_cores = false;                        ///< asks core_share.hpp how many it may use
  std::function<void(const Progress&)> watch = {};  ///< called about once a second
};

enum class JobEnd { done, interrupted };

struct JobReport {
  JobEnd end = JobEnd::done;
  std::string engine;                 ///< what moved the atoms
  double seconds = 0.0;               ///< of wall time, in this process
  double seconds_in_all = 0.0;        ///< since the branch began
  std::vector<std::string> warnings;  ///< e.g. a damaged checkpoint that was passed over
};

/// Goes on with a branch as far as its record allows: does nothing where it is done, continues
/// where it is to last longer, shows its trajectory to new observers, begins anew where it is to be
/// left at more temperatures (to the same bits as before), and where `rerun` was asked for. Keeps
/// branch.json; a failure is recorded there and thrown. Throws
/// InputError where the branch has changed and `rerun` was not asked for, or its parent is not
/// done. Empty where another process holds the branch.
std::optional<JobEnd> complete_branch(const Plan& plan, const Branch& branch, const RunFolder& run,
                                      bool rerun, const JobOptions& options);

/// Continues from the branch's newest sound checkpoint, bit for bit as if it had never stopped.
/// Ends with final.extxyz and final.data in the branch's folder. A checkpoint is written every
/// `checkpoint_every`, at an interruption (see base/interrupt.hpp) and at the end.
/// Throws RunError where the dynamics fails or a file cannot be written; what was there stays.
JobReport run_branch(const Plan& plan, const Branch& branch,
                     const std::vector<analysis::ObserverRequest>& observers, const RunFolder& run,
                     const JobOptions& options);

/// Forgets what a branch has done: its checkpoints, trajectory and final configuration.
void clear_branch(const std::string& folder);

}  // namespace vitreous::study
