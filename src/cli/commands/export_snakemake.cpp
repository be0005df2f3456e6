#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/arguments.hpp"
#include "cli/commands/export.hpp"
#include "cli/workflow.hpp"

namespace vitreous::cli {
namespace {

/// A text as Python takes it: JSON's texts are Python's.
std::string python_text(const std::string& text) { return nlohmann::json(text).dump(); }

/// In an f-string or a shell command of Snakemake braces are doubled.
std::string doubled_braces(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
  return out;
}

std::string snakefile(const Workflow& workflow, int cores) {
  std::string table;
  for (const auto& branch : workflow.branches)
    table += fmt::format("    {}: ({}, {}),\n", python_text(branch.id),
                         branch.parent.empty() ? "None" : python_text(branch.parent),
                         static_cast<int>(std::ceil(branch.seconds / 60.0)) + 1);
  const std::string command = doubled_braces(workflow.words);
  return fmt::format(R"py(# {0}snakemake`.
#   snakemake --cores 8                 on this machine
#   snakemake --cores 8 --dry-run       what there is to do
# Interrupted, the same command goes on: vitreous continues each branch from its checkpoint.
import os

VITREOUS = os.environ.get("VITREOUS", "vitreous")
STUDY = {1}
CORES = {2}  # of a branch

# branch: the branch it starts from, minutes expected
BRANCHES = {{
{3}}}


def parent(wildcards):
    above = BRANCHES[wildcards.branch][0]
    return [f"done/{{above}}"] if above else []


rule all:
    input: "done/report"


rule branch:
    input: study=STUDY, parent=parent
    output: touch("done/{{branch}}")
    wildcard_constraints: branch=".+/.+"
    threads: CORES
    resources: runtime=lambda wildcards: BRANCHES[wildcards.branch][1]
    retries: 2
    shell: "{{VITREOUS:q}} run " + {4} + " --jobs {{threads}} --branch {{wildcards.branch:q}}"


# Gathers what the branches left, fits, draws the report.
rule report:
    input: study=STUDY, branches=[f"done/{{branch}}" for branch in BRANCHES]
    output: touch("done/report")
    resources: runtime=10
    shell: "{{VITREOUS:q}} run " + {4} + " --jobs {{threads}}"
)py",
                     workflow_mark, python_text(workflow.study), cores, table,
                     python_text(command));
}

void export_snakemake(const WorkflowOptions& options) {
  const Workflow workflow = plan_workflow(options, "snakemake");
  write_workflow(workflow, {{"Snakefile", snakefile(workflow, options.cores)}});
  fmt::print(stderr, "next: cd {} && snakemake --cores all\n", workflow.folder);
}

}  // namespace

void set_up_export_snakemake(CLI::App& app) {
  auto options = std::make_shared<WorkflowOptions>();
  add_workflow_options(app, *options, "snakemake");
  app.callback([options] { export_snakemake(*options); });
}

}  // namespace vitreous::cli
