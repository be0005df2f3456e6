#include "study/run_here.hpp"

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "io/safe_file.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

void run_one(const Plan& plan, const Branch& branch, const RunFolder& run,
             const RunHereOptions& options, RunnerReport& report) {
  try {
    const auto end = complete_branch(plan, branch, run, options.rerun, options.job);
    if (!end)
      report.elsewhere.push_back(branch.id);
    else if (*end == JobEnd::done)
      report.done.push_back(branch.id);
    else
      report.interrupted = true;
    if (end && *end != JobEnd::done) report.missing.push_back(branch.id);
  } catch (const base::Error& error) {
    io::write_file(run.branch_file(branch.id, "messages.txt"), std::string(error.what()) + "\n");
    report.failed.push_back(branch.id);
  }
}

}  // namespace

RunnerReport run_study_here(const Plan& plan, const RunFolder& run, const RunHereOptions& options,
                            const Watch& watch) {
  RunnerReport report;
  for (const BranchView& view : view_plan(plan, run)) {
    const Branch& branch = *view.branch;
    if (view.comparison.status == BranchStatus::done) {
      report.done.push_back(branch.id);
      continue;
    }
    report.interrupted = report.interrupted || base::interrupted_by() != 0;
    const bool may_start = branch.parent.empty() || contains(report.done, branch.parent);
    if (!may_start || report.interrupted) {
      report.missing.push_back(branch.id);
      continue;
    }
    RunHereOptions told = options;
    told.job.watch = [&](const Progress& progress) {
      watch({{branch.id, progress}}, report.done.size(), plan.branches.size());
    };
    run_one(plan, branch, run, told, report);
  }
  return report;
}

}  // namespace vitreous::study
