#include "cli/workflow.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/study_summary.hpp"
#include "io/safe_file.hpp"
#include "study/plan_cost.hpp"
#include "study/run_folder.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

void require_ours(const std::string& path) {
  if (!fs::exists(path)) return;
  if (fs::is_regular_file(path) && io::read_file(path).find(workflow_mark) != std::string::npos)
    return;
  base::Message message;
  message.file = path;
  message.problem = "is there already, and was not written by vitreous export";
  message.why = "what may hold work of yours is never overwritten";
  message.tries = {"--out with another folder"};
  throw base::InputError(message);
}

}  // namespace

void add_workflow_options(CLI::App& app, WorkflowOptions& options, const std::string& scheduler) {
  app.add_option("STUDY", options.study, "a study file")->required();
  app.add_option("--scale", options.choices.scale, "use [scale.NAME] of the study");
  app.add_option("--set", options.choices.set, "override a key, e.g. liquid.duration=\"60 ps\"");
  app.add_option("--out", options.out,
                 fmt::format("the workflow's folder; by default STUDY[-SCALE]-{}", scheduler));
  app.add_option("--cores", options.cores, "cores of a branch (1)")->check(CLI::PositiveNumber);
  app.add_option("--cost", options.cost,
                 "core time of a step of one atom there, e.g. \"0.5 us\"; by default what it takes "
                 "here");
}

Workflow plan_workflow(const WorkflowOptions& options, const std::string& scheduler) {
  const study::Plan plan = study::read_study(options.study, options.choices);
  const auto given = positive_quantity("--cost", options.cost, "us");
  const double cost = given ? *given : study::measure_step_cost(plan);
  Workflow workflow;
  workflow.run = default_run_folder(options.study, options.choices.scale);
  workflow.folder = options.out.empty() ? workflow.run + "-" + scheduler : options.out;
  workflow.study =
      fs::relative(fs::absolute(options.study), fs::absolute(workflow.folder)).string();
  workflow.words = fmt::format("{}{} --out {}", shell_word(workflow.study),
                               choice_words(options.choices.scale, options.choices.set),
                               shell_word(workflow.run));
  for (const auto& branch : plan.branches) {
    const double atom_steps = study::cost_of(plan, branch).atom_steps();
    const bool has_children =
        std::any_of(plan.branches.begin(), plan.branches.end(),
                    [&](const auto& other) { return other.parent == branch.id; });
    workflow.branches.push_back(
        {branch.id, branch.parent, atom_steps * cost * 1e-6 / options.cores, has_children});
  }
  return workflow;
}

void write_workflow(const Workflow& workflow, const std::map<std::string, std::string>& files) {
  for (const auto& [name, text] : files) require_ours(workflow.folder + "/" + name);
  study::make_folder(workflow.folder);
  for (const auto& [name, text] : files) {
    const std::string path = workflow.folder + "/" + name;
    io::write_file(path, text);
    if (text.starts_with("#!"))
      fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add);
    fmt::print(stderr, "wrote {}\n", path);
  }
}

}  // namespace vitreous::cli
