#include "study/branch_setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/error.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/native_engine.hpp"
#include "study/lammps_setup.hpp"
#include "study/start_state.hpp"
#include "study/words.hpp"

namespace vitreous::study {

const Branch& find_branch(const Plan& plan, const std::string& id) {
  std::vector<std::string> ids;
  for (const Branch& branch : plan.branches) {
    if (branch.id == id) return branch;
    ids.push_back(branch.id);
  }
  const std::string nearest = base::nearest_name(id, ids);
  throw base::InputError(
      fmt::format("the study has no branch \"{}\"", id), "`vitreous plan` lists its branches",
      nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest});
}

double start_temperature(const Plan& plan, const Branch& branch) {
  if (branch.leaves_at) return *branch.leaves_at;
  const Branch& holder = branch.parent.empty() ? branch : find_branch(plan, branch.parent);
  if (holder.options.has("temperature")) return holder.options.number("temperature");
  return holder.options.numbers("schedule.to").back();
}

std::vector<std::vector<const Branch*>> by_stage(const Plan& plan) {
  std::vector<std::vector<const Branch*>> stages;
  for (const auto& branch : plan.branches) {
    if (stages.empty() || stages.back().front()->stage != branch.stage) stages.emplace_back();
    stages.back().push_back(&branch);
  }
  return stages;
}

std::vector<std::string> axis_texts(const std::vector<const Branch*>& branches,
                                    const std::string& axis) {
  std::vector<std::string> texts;
  for (const Branch* branch : branches)
    for (const auto& value : branch->axes)
      if (value.name == axis && !contains(texts, value.text)) texts.push_back(value.text);
  return texts;
}

stage::StageOptions stage_options(const Plan& plan, const Branch& branch,
                                  const std::vector<analysis::ObserverRequest>& observers,
                                  engine::ForcesMaker forces) {
  stage::StageOptions options;
  options.forces = std::move(forces);
  options.kind = branch.kind;
  options.options = branch.options;
  options.timestep = branch.engine.timestep;
  options.start_temperature = start_temperature(plan, branch);
  options.observe = observers;
  options.left_at = branch.left_at;
  if (branch.save)
    options.save_every =
        std::max<std::int64_t>(1, std::llround(branch.save->every / branch.engine.timestep));
  return options;
}

potential::EamPotential load_potential(const Alloy& alloy) {
  return potential::EamPotential(*alloy.tables, elements_of(alloy));
}

engine::ForcesMaker forces_maker(const Branch& branch, const potential::EamPotential& potential) {
  if (branch.engine.kind == "native")
    return engine::choose_forces_maker(potential, branch.engine.precision);
  if (!branch.engine.lammps.pair_style.empty()) return {};
  struct Lazy {
    std::once_flag once;
    engine::ForcesMaker maker;
  };
  const auto lazy = std::make_shared<Lazy>();
  return [=] {
    std::call_once(lazy->once,
                   [&] { lazy->maker = engine::choose_forces_maker(potential, "auto"); });
    return lazy->maker();
  };
}

std::unique_ptr<engine::Engine> make_engine(const Branch& branch,
                                            const engine::ForcesMaker& forces) {
  if (branch.engine.kind == "lammps") return make_lammps_engine(branch);
  return std::make_unique<engine::NativeEngine>(forces());
}

}  // namespace vitreous::study
