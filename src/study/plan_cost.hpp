// What a plan costs: steps, time and disk of each branch, before anything is run.
#pragma once

#include <cstdint>
#include <vector>

#include "study/plan.hpp"
#include "study/study_runner.hpp"

namespace vitreous::study {

struct BranchCost {
  std::int64_t steps = 0;  ///< of all its legs
  double duration = 0.0;   ///< ps
  std::int64_t atoms = 0;
  /// About: configurations, two checkpoints with the origins that observers keep, what is handed
  /// on, and the saved trajectory.
  double bytes = 0.0;
  double evaluations = 0.0;  ///< of the forces, by observers: about
  double atom_steps() const {
    return (static_cast<double>(steps) + evaluations) * static_cast<double>(atoms);
  }
};

BranchCost cost_of(const Plan& plan, const Branch& branch);

/// Core time (microseconds) of one step of one atom on this machine, by a short run of the study's
/// own liquid (of at most a thousand atoms) and forces on one core. Takes well under a second of a
/// core for a potential of usual reach.
double measure_step_cost(const Plan& plan);

/// Seconds until all branches are done where `jobs` run at a time, one a core: each starts as soon
/// as its parent is done and a core is free, in the order of the plan. `seconds` is the core time
/// of each branch, in that order; 0 for what is done already.
double elapsed_time(const Plan& plan, const std::vector<double>& seconds, int jobs);

/// The part of a branch's steps that is still to do, by what its folder tells.
double part_to_do(const BranchView& view, const RunFolder& run);

}  // namespace vitreous::study
