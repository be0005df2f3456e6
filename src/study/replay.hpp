// Observers that a branch did not have while it ran watch the trajectory that it saved.
#pragma once

#include "study/branch_record.hpp"
#include "study/plan.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

/// The trajectory of a branch that saves one.
std::string trajectory_file(const RunFolder& run, const Branch& branch);

/// Shows the whole trajectory to these observers (canonical words), beside those of the record, and
/// keeps what they learned in the branch's folder. False where an interrupt came first: nothing is
/// kept then. Throws InputError where the trajectory is too short for them, RunError where it
/// cannot be read.
bool replay(const Branch& branch, const BranchRecord& record, const RunFolder& run,
            const std::vector<std::string>& observers);

/// What they learned; nothing where the record names none.
core::Result replayed_result(const Branch& branch, const BranchRecord& record,
                             const RunFolder& run);

/// Forgets it.
void clear_replay(const std::string& folder);

}  // namespace vitreous::study
