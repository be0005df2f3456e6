// run.json: which study a folder belongs to, and its branches, so that `status` and a second
// process need no study file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "study/plan.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

struct RunIndex {
  std::string title;
  std::string scale;
  std::vector<std::string> branches;  ///< ids, parents first
};

void write_index(const Plan& plan, const RunFolder& run);
/// Empty where the folder has none. Throws InputError where it is damaged.
std::optional<RunIndex> read_index(const RunFolder& run);

/// Throws InputError where the folder holds files but no run, or a run none of whose branches the
/// plan has: somebody else's.
void require_own_folder(const Plan& plan, const RunFolder& run);

/// What a process does that runs one branch by itself, perhaps beside others that begin at the same
/// moment: requires the folder to be the plan's own, and enters the branch in its run.json.
void join_run(const Plan& plan, const RunFolder& run, const std::string& branch);

}  // namespace vitreous::study
