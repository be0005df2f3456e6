// A study's branches as somebody else's workflow: what the exports to Slurm and Snakemake share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "study/study_file.hpp"

namespace CLI {
class App;
}

namespace vitreous::cli {

struct WorkflowOptions {
  std::string study, out, cost;
  study::StudyChoices choices;
  int cores = 1;  ///< of a branch
};

struct WorkflowBranch {
  std::string id, parent;  ///< "" without a parent
  double seconds = 0.0;    ///< on its cores, about
  bool has_children = false;
};

struct Workflow {
  std::string folder;  ///< where its files go
  std::string study;   ///< the study's path as seen from there
  std::string run;     ///< the run's folder as seen from there
  std::string words;   ///< of `vitreous run` behind the study: scale, settings, folder
  std::vector<WorkflowBranch> branches;  ///< parents before children
};

/// STUDY and the options that every workflow has. `scheduler` names the folder by default:
/// STUDY[-SCALE]-SCHEDULER.
void add_workflow_options(CLI::App& app, WorkflowOptions& options, const std::string& scheduler);

/// Reads the study and measures what its branches cost. Throws InputError.
Workflow plan_workflow(const WorkflowOptions& options, const std::string& scheduler);

/// Writes files (name -> text) into the workflow's folder. Every text must hold `workflow_mark`: a
/// file that is there without it is somebody else's, and nothing is written then.
void write_workflow(const Workflow& workflow, const std::map<std::string, std::string>& files);

inline constexpr const char* workflow_mark = "Written by `vitreous export ";

}  // namespace vitreous::cli
