#include "study/plan_cost.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>

#include "analysis/origin_store.hpp"
#include "base/constants.hpp"
#include "base/parallel.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"
#include "study/progress.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {
namespace {

// Bytes an atom, as files of several hundred atoms have shown.
constexpr double final_bytes = 250.0;       // final.extxyz and final.data
constexpr double checkpoint_bytes = 173.0;  // state and the list's reference
constexpr double exit_bytes = 103.0;        // a state that a ramp hands on
constexpr double frame_bytes = 68.0;        // a frame of a trajectory
constexpr double origin_bytes = 24.0;       // a position that an observer keeps
constexpr double observer_bytes = 5e5;      // its sums

bool keeps_origins(const Branch& branch) {
  return std::any_of(branch.observe.begin(), branch.observe.end(),
                     [](const auto& request) { return request.kind != "thermo"; });
}

double bytes_of(const Branch& branch, const std::vector<stage::Leg>& legs) {
  const auto atoms = static_cast<double>(branch.alloy.atoms);
  double checkpoint = atoms * checkpoint_bytes;
  if (keeps_origins(branch))
    checkpoint +=
        atoms * origin_bytes * double(analysis::OriginPlan::most_alive_in_situ) + observer_bytes;
  double bytes = atoms * final_bytes + 2.0 * checkpoint +
                 atoms * exit_bytes * static_cast<double>(branch.left_at.size());
  if (!branch.save) return bytes;
  for (const auto& leg : legs)
    if (leg.observed)
      bytes += atoms * frame_bytes *
               (static_cast<double>(leg.steps) * branch.engine.timestep / branch.save->every);
  return bytes;
}

double core_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

BranchCost cost_of(const Plan& plan, const Branch& branch) {
  const auto legs = stage::legs_of(branch.kind, branch.options, branch.engine.timestep,
                                   start_temperature(plan, branch));
  BranchCost cost;
  for (const auto& leg : legs) cost.steps += leg.steps;
  cost.duration = static_cast<double>(cost.steps) * branch.engine.timestep;
  cost.atoms = branch.alloy.atoms;
  cost.bytes = bytes_of(branch, legs);
  cost.evaluations = branch.evaluations;
  return cost;
}

double measure_step_cost(const Plan& plan) {
  constexpr std::int64_t most_atoms = 1000, steps = 20;
  Branch liquid = plan.branches.front();  // parents come first: it starts from a random liquid
  liquid.alloy.atoms = std::min(liquid.alloy.atoms, most_atoms);
  const auto potential = load_potential(liquid.alloy);
  const auto engine = make_engine(liquid, forces_maker(liquid, potential));
  engine::State state = start_state(plan, liquid, RunFolder(""), potential);
  state.reset_ensemble();
  engine::Protocol protocol;
  protocol.timestep = liquid.engine.timestep;
  protocol.ensemble = engine::Ensemble::nvt;
  protocol.temperature = engine::Course::constant(liquid.options.number("temperature"));

  const int threads = base::threads();
  base::set_threads(1);
  engine->advance(state, protocol, steps);
  double best = 0.0;
  for (int batch = 0; batch < 3; ++batch) {
    const double begin = core_seconds();
    engine->advance(state, protocol, steps);
    const double seconds = core_seconds() - begin;
    best = batch == 0 ? seconds : std::min(best, seconds);
  }
  base::set_threads(threads);
  return best * 1e6 / static_cast<double>(steps * liquid.alloy.atoms);
}

double elapsed_time(const Plan& plan, const std::vector<double>& seconds, int jobs) {
  std::vector<double> free_from(static_cast<std::size_t>(std::max(jobs, 1)), 0.0);
  std::map<std::string, double> done_at;
  std::vector<std::size_t> waiting(plan.branches.size());
  for (std::size_t k = 0; k < waiting.size(); ++k) waiting[k] = k;
  double last = 0.0;
  while (!waiting.empty()) {
    const auto core = std::min_element(free_from.begin(), free_from.end());
    // the branch that can start first on the core that is free first; earlier in the plan wins
    auto chosen = waiting.end();
    double chosen_start = 0.0;
    for (auto it = waiting.begin(); it != waiting.end(); ++it) {
      const Branch& branch = plan.branches[*it];
      if (!branch.parent.empty() && !done_at.contains(branch.parent)) continue;
      const double ready = branch.parent.empty() ? 0.0 : done_at.at(branch.parent);
      const double start = std::max(ready, *core);
      if (chosen != waiting.end() && start >= chosen_start) continue;
      chosen = it;
      chosen_start = start;
    }
    const double end = chosen_start + seconds[*chosen];
    done_at[plan.branches[*chosen].id] = end;
    if (seconds[*chosen] > 0.0) *core = end;
    last = std::max(last, end);
    waiting.erase(chosen);
  }
  return last;
}

double part_to_do(const BranchView& view, const RunFolder& run) {
  if (view.comparison.status == BranchStatus::done) return 0.0;
  if (!stage::passes_time(view.branch->kind)) return 1.0;  // it begins again
  if (view.comparison.status == BranchStatus::resumed) {
    const auto progress = read_progress(run.branch(view.branch->id));
    if (!progress || progress->steps <= 0) return 1.0;
    return 1.0 - static_cast<double>(progress->step) / static_cast<double>(progress->steps);
  }
  if (view.comparison.status != BranchStatus::longer) return 1.0;
  const double before = view.branch->options.number("equilibrate");
  const auto progress = read_progress(run.branch(view.branch->id));
  double behind = progress ? progress->time_ps : 0.0;
  if (view.record->state == "done") behind = before + view.record->duration;
  return 1.0 - behind / (before + view.branch->options.number("duration"));
}

}  // namespace vitreous::study
