#include "study/start_state.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "core/velocities.hpp"
#include "engine/random_liquid.hpp"
#include "io/checkpoint.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"

namespace vitreous::study {
namespace {

engine::State left_by_parent(const Branch& branch, const RunFolder& run) {
  const std::string folder =
      branch.leaves_at ? run.left_at(branch.parent, *branch.leaves_at) : run.branch(branch.parent);
  auto state = saved_state(folder);
  if (!state)
    throw base::RunError(
        fmt::format("{}: {} left no checkpoint in {}", branch.id, branch.parent, folder),
        "a branch starts where its parent stood",
        {"run the study again: what is missing is run first"});
  return std::move(*state);
}

}  // namespace

engine::State random_start(const Branch& branch, const potential::EamPotential& potential) {
  engine::RandomLiquidOptions options;
  for (const auto& [element, fraction] : branch.alloy.fractions)
    options.fractions.push_back(fraction);
  options.atoms = branch.alloy.atoms;
  options.temperature = branch.options.number("temperature");
  base::RandomStream random(branch.engine.seed, "start of " + branch.id);
  return engine::random_liquid(potential, options, random);
}

std::vector<std::string> elements_of(const Alloy& alloy) {
  std::vector<std::string> elements;
  for (const auto& [element, fraction] : alloy.fractions) elements.push_back(element);
  return elements;
}

std::optional<engine::State> saved_state(const std::string& folder) {
  engine::State state;
  const auto loaded = io::load_checkpoint(folder, [&](core::Archive& archive) {
    const core::Archive::Group group(archive, "state");
    state.transfer(archive);
  });
  if (loaded.found == io::CheckpointFound::none) return std::nullopt;
  return state;
}

bool draws_velocities(const Plan& plan, const Branch& branch) {
  return !branch.parent.empty() && stage::passes_time(branch.kind) &&
         !stage::passes_time(find_branch(plan, branch.parent).kind);
}

double first_temperature(const Plan& plan, const Branch& branch) {
  return branch.options.has("temperature") ? branch.options.number("temperature")
                                           : start_temperature(plan, branch);
}

engine::State start_state(const Plan& plan, const Branch& branch, const RunFolder& run,
                          const potential::EamPotential& potential) {
  engine::State state =
      branch.parent.empty() ? random_start(branch, potential) : left_by_parent(branch, run);
  if (draws_velocities(plan, branch)) {
    base::RandomStream random(branch.engine.seed, "velocities of " + branch.id);
    core::draw_velocities(state.atoms, first_temperature(plan, branch), random);
  }
  state.random = base::RandomStream(branch.engine.seed, "thermostat of " + branch.id);
  return state;
}

}  // namespace vitreous::study
