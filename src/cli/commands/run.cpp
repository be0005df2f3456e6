#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/parallel.hpp"
#include "base/units.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/progress_lines.hpp"
#include "cli/python_package.hpp"
#include "cli/result_text.hpp"
#include "engine/lammps/lammps_module.hpp"
#include "io/safe_file.hpp"
#include "study/branch_job.hpp"
#include "study/branch_setup.hpp"
#include "study/results.hpp"
#include "study/run_here.hpp"
#include "study/run_index.hpp"
#include "study/study_file.hpp"
#include "study/study_runner.hpp"

namespace vitreous::cli {
namespace {

struct RunOptions {
  std::string study, out, branch, stop_after;
  study::StudyChoices choices;
  std::string checkpoint_every = "60 s";
  int jobs = 0;
  int runner = 0;  ///< process that started this one for a branch, 0 for none
  bool rerun = false, json = false;
};

double seconds_in(const std::string& text, const char* key) {
  const double seconds = base::quantity_in(text, "s");
  if (seconds > 0.0) return seconds;
  throw base::InputError(fmt::format("{} {}: must be above zero", key, text));
}

study::JobOptions job_options(const RunOptions& options) {
  study::JobOptions job;
  job.checkpoint_every = seconds_in(options.checkpoint_every, "--checkpoint-every");
  if (!options.stop_after.empty()) job.stop_after = seconds_in(options.stop_after, "--stop-after");
  return job;
}

/// The words that run one branch of the same study in a process of its own.
std::vector<std::string> branch_command(const RunOptions& options, const std::string& out) {
  std::vector<std::string> words = {
      "/proc/self/exe",        "run", options.study, "--out", out, "--checkpoint-every",
      options.checkpoint_every};
  if (!options.choices.scale.empty()) words.insert(words.end(), {"--scale", options.choices.scale});
  for (const auto& set : options.choices.set) words.insert(words.end(), {"--set", set});
  if (!options.stop_after.empty()) words.insert(words.end(), {"--stop-after", options.stop_after});
  words.insert(words.end(), {"--runner", std::to_string(::getpid()), "--branch"});
  return words;
}

/// Lets a branch end, with a checkpoint, when the process that started it is gone.
void end_with_runner(int runner) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != runner) ::raise(SIGTERM);
}

std::string shown_command(const RunOptions& options, const std::string& out) {
  std::string text = "vitreous run " + options.study;
  if (!options.choices.scale.empty()) text += " --scale " + options.choices.scale;
  for (const auto& set : options.choices.set) text += " --set '" + set + "'";
  return text + " --out " + out;
}

/// The other processes that mpirun started do what this one says, and go home with it.
class Followers {
 public:
  explicit Followers(engine::LammpsProcesses& processes) : processes_(processes) {}
  ~Followers() { processes_.finish(); }
  Followers(const Followers&) = delete;
  Followers& operator=(const Followers&) = delete;

 private:
  engine::LammpsProcesses& processes_;
};

bool runs_on_lammps(const study::Plan& plan) {
  return plan.branches.front().engine.kind == "lammps";
}

void require_use_for(const engine::Launch& launch, const study::Plan& plan) {
  if (launch.size == 1 || runs_on_lammps(plan)) return;
  throw base::InputError(
      fmt::format("{} processes were started together, but this study's engine is native",
                  launch.size),
      "it uses the cores of one machine from one process",
      {"vitreous run without mpirun", "engine = \"lammps\""});
}

int run_branch(const RunOptions& options, const study::Plan& plan, const study::RunFolder& run) {
  const study::Branch& branch = study::find_branch(plan, options.branch);
  if (options.runner != 0)
    end_with_runner(options.runner);
  else
    study::join_run(plan, run, branch.id);
  ProgressLines lines(1);
  study::JobOptions job = job_options(options);
  job.shares_cores = options.runner != 0;
  if (!job.shares_cores)
    base::set_threads(options.jobs > 0 ? options.jobs : base::available_cores());
  job.watch = [&](const study::Progress& progress) { lines.show({{branch.id, progress}}, 0); };
  const auto end = study::complete_branch(plan, branch, run, options.rerun, job);
  lines.clear();
  if (!end) {
    fmt::print(stderr, "{} is being run by another process\n", branch.id);
    return study::held_elsewhere_status;
  }
  if (*end == study::JobEnd::done) return 0;
  fmt::print(stderr, "stopped; the same command continues {}\n", branch.id);
  return base::interrupted_by() == 0 ? 130 : base::interrupt_status();
}

void tell_failures(const study::RunFolder& run, const study::RunnerReport& report) {
  for (const auto& id : report.failed)
    fmt::print(stderr, "\n{} failed:\n{}", id, io::read_file(run.branch_file(id, "messages.txt")));
  for (const auto& id : report.elsewhere)
    fmt::print(stderr, "{} is being run by another process\n", id);
}

const std::vector<std::string>& words_of(const core::Table& table, const std::string& column) {
  const auto named = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const auto& c) { return c.name == column; });
  return std::get<std::vector<std::string>>(named->values);
}

/// Those that failed have their messages elsewhere.
void tell_warnings(const core::Table& trust, const std::vector<std::string>& failed) {
  const auto &ids = words_of(trust, "branch"), &warnings = words_of(trust, "warnings");
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!warnings[i].empty() && std::find(failed.begin(), failed.end(), ids[i]) == failed.end())
      fmt::print(stderr, "warning: {}: {}\n", ids[i], warnings[i]);
}

/// What the study asked for: its fits and what it compares; the rest stands in results.json.
std::vector<core::Reported> told(const io::Results& results) {
  std::vector<core::Reported> quantities;
  for (const auto& quantity : results.quantities)
    if (quantity.reference || quantity.how.contains("law")) quantities.push_back(quantity);
  return quantities.empty() ? results.quantities : quantities;
}

int finish(const RunOptions& options, const study::Plan& plan, const study::RunFolder& run,
           const study::RunnerReport& report) {
  const std::string command = shown_command(options, run.path());
  const io::Results results = study::write_results(plan, run, command);
  if (options.json)
    fmt::print("{}", io::to_results_json(results));
  else
    fmt::print("{}", quantity_lines(told(results)));
  tell_warnings(results.trust, report.failed);
  tell_failures(run, report);
  if (report.interrupted) {
    fmt::print(stderr, "stopped; nothing is lost. next: {}\n", command);
    return base::interrupted_by() == 0 ? 130 : base::interrupt_status();
  }
  const int drawn = run_python("vitreous.report", {run.path()});
  if (!report.failed.empty()) {
    fmt::print(stderr, "next: mend what failed, then {}\n", command);
    return 1;
  }
  fmt::print(stderr, "next: open {}/report.html in a browser\n", run.path());
  return drawn == 0 ? 0 : 1;
}

/// Branches as processes of their own; one after another in this one where mpirun started it.
study::RunnerReport run_branches(const RunOptions& options, const study::Plan& plan,
                                 const study::RunFolder& run) {
  ProgressLines lines(plan.branches.size());
  const study::Watch watch = [&](const auto& running, std::size_t done, std::size_t) {
    lines.show(running, done);
  };
  const int cores = options.jobs > 0 ? options.jobs : base::available_cores();
  study::RunnerReport report;
  if (runs_on_lammps(plan) && engine::find_launch().launched) {
    base::set_threads(cores);
    report = study::run_study_here(plan, run, {job_options(options), options.rerun}, watch);
    if (engine::find_launch().size > 1)
      engine::lammps_processes().finish();  // the others need not wait for figures
  } else {
    study::RunnerOptions runner;
    runner.jobs = cores;
    runner.rerun = options.rerun;
    runner.command = branch_command(options, run.path());
    report = study::run_study(plan, run, runner, watch);
  }
  lines.clear();
  return report;
}

int run_whole(const RunOptions& options, const study::Plan& plan, const study::RunFolder& run) {
  study::require_own_folder(plan, run);
  if (!options.rerun) study::require_unchanged(study::view_plan(plan, run), run);
  study::make_folder(run.path());
  study::write_index(plan, run);
  return finish(options, plan, run, run_branches(options, plan, run));
}

int run_here(const RunOptions& options, const engine::Launch& launch) {
  const study::Plan plan = study::read_study(options.study, options.choices);
  require_use_for(launch, plan);
  const study::RunFolder run(
      options.out.empty() ? default_run_folder(options.study, options.choices.scale) : options.out);
  job_options(options);
  base::catch_interrupts();
  return options.branch.empty() ? run_whole(options, plan, run) : run_branch(options, plan, run);
}

/// The first of several processes runs the study; the others follow it.
int run_among_others(const RunOptions& options, const engine::Launch& launch) {
  base::catch_interrupts();
  try {
    engine::lammps_processes();
  } catch (const base::Error&) {
    if (launch.rank == 0) throw;
    return 1;
  }
  engine::LammpsProcesses& processes = engine::lammps_processes();
  if (processes.rank() > 0) {
    processes.follow();
    return 0;
  }
  const Followers followers(processes);
  return run_here(options, launch);
}

int run_command_line(const RunOptions& options) {
  const engine::Launch launch = engine::find_launch();
  return launch.size > 1 ? run_among_others(options, launch) : run_here(options, launch);
}

}  // namespace

Command run_command() {
  return {"run", "Runs a study, or continues it where it stopped",
          "vitreous run bulk.toml --scale quick --jobs 2", [](CLI::App& app, int& status) {
            auto options = std::make_shared<RunOptions>();
            app.add_option("STUDY", options->study, "a study file")->required();
            app.add_option("--scale", options->choices.scale, "use [scale.NAME] of the study");
            app.add_option("--set", options->choices.set,
                           "override a key, e.g. liquid.duration=\"60 ps\"");
            app.add_option("--out", options->out, "the run's folder; by default STUDY[-SCALE]");
            app.add_option("--jobs", options->jobs,
                           "cores to use, one a branch or more where few run; by default all")
                ->check(CLI::PositiveNumber);
            app.add_option("--branch", options->branch, "run this branch alone, in this process");
            app.add_option("--runner", options->runner)->group("");  // set by run_whole alone
            app.add_option("--stop-after", options->stop_after,
                           "stop each branch after this wall time, e.g. \"11 h\"");
            app.add_option("--checkpoint-every", options->checkpoint_every,
                           "wall time between checkpoints (60 s)");
            app.add_flag("--rerun", options->rerun, "run again what has changed");
            app.add_flag("--json", options->json, "print the results as JSON");
            app.callback([options, &status] { status = run_command_line(*options); });
          }};
}

}  // namespace vitreous::cli
