#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/export.hpp"
#include "cli/workflow.hpp"

namespace vitreous::cli {
namespace {

constexpr double margin = 2.0;          ///< a node may be so much slower than this machine
constexpr double least_minutes = 10.0;  ///< to start, read and write
constexpr int warning_seconds = 60;     ///< before the limit: a checkpoint is written in less

struct SlurmOptions : WorkflowOptions {
  std::string time_limit = "24 h";
};

/// Twice what is expected; what takes longer than the limit goes on in the same job once more.
std::string time_words(const WorkflowBranch& branch, double limit_minutes) {
  const double minutes =
      std::min(limit_minutes, std::ceil(least_minutes + margin * branch.seconds / 60.0));
  const auto whole = static_cast<std::int64_t>(std::max(1.0, minutes));
  return fmt::format("{:02}:{:02}:00", whole / 60, whole % 60);
}

std::string branch_script(const Workflow& workflow, int cores) {
  return fmt::format(
      R"sh(#!/bin/bash
# {0}slurm`. One branch, as submit.sh submits it: sbatch branch.sbatch ID
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task={1}
#SBATCH --signal=B:USR1@{2}
#SBATCH --requeue
#SBATCH --open-mode=append

"${{VITREOUS:-vitreous}}" run {3} --branch "$1" &
running=$!

# Before the time limit, and where the node is wanted by others: a checkpoint, then the end.
out_of_time=no
signaled=yes
trap 'out_of_time=yes; signaled=yes; kill -USR1 "$running"' USR1
trap 'signaled=yes; kill -TERM "$running"' TERM
while [ "$signaled" = yes ]; do   # a signal ends the wait, not the branch
  signaled=no
  wait "$running"
  status=$?
done

# The same job once more: it goes on from the checkpoint, and those that wait for it still do.
if [ "$out_of_time" = yes ] && [ "$status" -ne 0 ]; then scontrol requeue "$SLURM_JOB_ID"; fi
exit "$status"
)sh",
      workflow_mark, cores, warning_seconds, workflow.words);
}

std::string report_script(const Workflow& workflow) {
  return fmt::format(R"sh(#!/bin/bash
# {}slurm`. When all branches are done: gathers what they left, fits, draws the report.
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --time=00:30:00
#SBATCH --open-mode=append

"${{VITREOUS:-vitreous}}" run {}
)sh",
                     workflow_mark, workflow.words);
}

std::string submit_script(const Workflow& workflow, double limit_minutes) {
  std::string text = fmt::format(R"sh(#!/bin/bash
# {}slurm`. Submits every branch, each behind its parent, and the report.
# What follows its name goes to every sbatch:  ./submit.sh --partition=short --account=glass
# Run again after a failure: what is done ends at once, what was stopped goes on.
set -eu
cd "$(dirname "$0")"
mkdir -p logs
declare -A job

submit() {{  # ID TIME [PARENT] -- WORDS: words of sbatch
  local id=$1 time=$2 after=""
  shift 2
  if [ "$1" != -- ]; then after="--dependency=afterok:${{job[$1]}}"; shift; fi
  shift
  local name=${{id//\//_}}
  job[$id]=$(sbatch --parsable --kill-on-invalid-dep=yes --job-name="$name" --output="logs/$name.log" \
    --time="$time" ${{after:+"$after"}} "$@" branch.sbatch "$id")
  job[$id]=${{job[$id]%%;*}}
  echo "${{job[$id]}}  $id"
}}

)sh",
                                 workflow_mark);
  std::string last;
  for (const auto& branch : workflow.branches) {
    const std::string parent = branch.parent.empty() ? "" : shell_word(branch.parent) + " ";
    text += fmt::format("submit {} {} {}-- \"$@\"\n", shell_word(branch.id),
                        time_words(branch, limit_minutes), parent);
    if (!branch.has_children) last += fmt::format(":${{job[{}]}}", branch.id);
  }
  return text + fmt::format(R"sh(
report=$(sbatch --parsable --kill-on-invalid-dep=yes --job-name=report --output=logs/report.log \
  --dependency="afterok{}" "$@" report.sbatch)
echo "${{report%%;*}}  report"
echo "next: vitreous status {}" >&2
)sh",
                            last, workflow.run);
}

void export_slurm(const SlurmOptions& options) {
  const double limit = *positive_quantity("--time-limit", options.time_limit, "min");
  const Workflow workflow = plan_workflow(options, "slurm");
  write_workflow(workflow, {{"branch.sbatch", branch_script(workflow, options.cores)},
                            {"report.sbatch", report_script(workflow)},
                            {"submit.sh", submit_script(workflow, limit)}});
  fmt::print(stderr, "next: {}/submit.sh on the login node; vitreous status {}/{}\n",
             workflow.folder, workflow.folder, workflow.run);
}

}  // namespace

void set_up_export_slurm(CLI::App& app) {
  auto options = std::make_shared<SlurmOptions>();
  add_workflow_options(app, *options, "slurm");
  app.add_option("--time-limit", options->time_limit,
                 "the longest job that the partition takes (24 h); a branch that needs longer goes "
                 "on in the same job");
  app.callback([options] { export_slurm(*options); });
}

}  // namespace vitreous::cli
