// What a branch has yielded, read back from its checkpoint: results are never stored apart from the
// sums they are made of, so a better analysis tells more about the same run.
#pragma once

#include <optional>

#include "core/result.hpp"
#include "study/branch_record.hpp"
#include "study/plan.hpp"
#include "study/run_folder.hpp"

namespace vitreous::study {

struct BranchResult {
  core::Result result;
  std::size_t atoms = 0;
  bool complete = false;  ///< the branch has reached its end
  double duration = 0.0;  ///< ps, of what was observed so far
  double volume = 0.0;    ///< A^3, of the last box
};

/// By the observers that the branch's record names. Empty where it has no checkpoint yet. Throws
/// RunError where its checkpoints are damaged.
std::optional<BranchResult> load_result(const Plan& plan, const Branch& branch,
                                        const BranchRecord& record, const RunFolder& run);

}  // namespace vitreous::study
