// Runs what a study still lacks in this process, one branch after another: where mpirun started it
// among others, branches cannot be processes of their own, and each has all of them to itself.
#pragma once

#include "study/branch_job.hpp"
#include "study/study_runner.hpp"

namespace vitreous::study {

struct RunHereOptions {
  JobOptions job;
  bool rerun = false;  ///< runs again what has changed
};

/// Failures go to the messages of their branch, as those of a branch's own process do.
RunnerReport run_study_here(const Plan& plan, const RunFolder& run, const RunHereOptions& options,
                            const Watch& watch);

}  // namespace vitreous::study
