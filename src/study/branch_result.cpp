#include "study/branch_result.hpp"

#include "io/checkpoint.hpp"
#include "study/branch_setup.hpp"

namespace vitreous::study {

std::optional<BranchResult> load_result(const Plan& plan, const Branch& branch,
                                        const RunFolder& run) {
  const std::string folder = run.branch(branch.id);
  engine::State state;
  std::optional<stage::StageRun> stage;
  const auto loaded = io::load_checkpoint(folder, [&](core::Archive& archive) {
    {
      const core::Archive::Group group(archive, "state");
      state.transfer(archive);
    }
    stage.emplace(stage_options(plan, branch), state);
    stage->transfer(archive);
  });
  if (loaded.found == io::CheckpointFound::none) return std::nullopt;
  BranchResult result;
  result.result = stage->result();
  result.atoms = stage->state().atoms.size();
  result.complete = stage->done();
  result.duration = stage->observed_time();
  result.volume = stage->state().box.volume();
  return result;
}

}  // namespace vitreous::study
