#include "study/branch_result.hpp"

#include <iterator>
#include <utility>

#include "io/checkpoint.hpp"
#include "study/branch_setup.hpp"
#include "study/replay.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {

std::optional<BranchResult> load_result(const Plan& plan, const Branch& branch,
                                        const BranchRecord& record, const RunFolder& run) {
  const std::string folder = run.branch(branch.id);
  auto state = saved_state(folder);
  if (!state) return std::nullopt;
  stage::StageRun stage(stage_options(plan, branch, requests_of(record.observers)),
                        std::move(*state));
  io::load_checkpoint(folder, [&](core::Archive& archive) { stage.transfer(archive); });
  BranchResult result;
  result.result = stage.result();
  result.atoms = stage.state().atoms.size();
  result.complete = stage.done();
  result.duration = stage.observed_time();
  result.volume = stage.state().box.volume();
  core::Result replayed = replayed_result(branch, record, run);
  std::move(replayed.tables.begin(), replayed.tables.end(),
            std::back_inserter(result.result.tables));
  std::move(replayed.quantities.begin(), replayed.quantities.end(),
            std::back_inserter(result.result.quantities));
  return result;
}

}  // namespace vitreous::study
