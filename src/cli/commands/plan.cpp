#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/units.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/study_summary.hpp"
#include "study/plan_cost.hpp"
#include "study/progress.hpp"
#include "study/study_file.hpp"
#include "study/study_runner.hpp"

namespace vitreous::cli {
namespace {

struct PlanOptions {
  std::string study, out, cost;
  study::StudyChoices choices;
  int jobs = 0;
  bool json = false;
};

struct PlanRow {
  study::BranchView view;
  study::BranchCost cost;
  double seconds = 0.0;  ///< of one core, for what is still to do
};

struct Costed {
  study::Plan plan;
  std::string folder;
  std::vector<PlanRow> rows;
  double step_cost = 0.0;  ///< us
  bool measured = false;
  int jobs = 1;
  double core_seconds = 0.0, elapsed = 0.0, bytes = 0.0, nanoseconds = 0.0;
};

double given_cost(const std::string& text) {
  const double cost = base::quantity_in(text, "s") * 1e6;
  if (cost > 0.0) return cost;
  throw base::InputError(fmt::format("--cost {}: must be above zero", text));
}

Costed cost_plan(const PlanOptions& options) {
  Costed costed;
  costed.measured = options.cost.empty();
  if (!costed.measured) costed.step_cost = given_cost(options.cost);
  costed.plan = study::read_study(options.study, options.choices);
  costed.folder =
      options.out.empty() ? default_run_folder(options.study, options.choices.scale) : options.out;
  costed.jobs = options.jobs > 0 ? options.jobs : base::available_cores();
  if (costed.measured) costed.step_cost = study::measure_step_cost(costed.plan);
  const study::RunFolder run(costed.folder);
  std::vector<double> seconds;
  for (const auto& view : study::view_plan(costed.plan, run)) {
    PlanRow row{view, study::cost_of(costed.plan, *view.branch), 0.0};
    row.seconds = study::part_to_do(view, run) * row.cost.atom_steps() * costed.step_cost * 1e-6;
    seconds.push_back(row.seconds);
    costed.core_seconds += row.seconds;
    costed.bytes += row.cost.bytes;
    costed.nanoseconds += row.cost.duration * 1e-3;
    costed.rows.push_back(std::move(row));
  }
  costed.elapsed = study::elapsed_time(costed.plan, seconds, costed.jobs);
  return costed;
}

std::string size_text(double bytes) {
  for (const char* unit : {"kB", "MB", "GB"}) {
    bytes /= 1000.0;
    if (bytes < 999.5) return fmt::format("{:.3g} {}", bytes, unit);
  }
  return fmt::format("{:.3g} TB", bytes / 1000.0);
}

std::string temperature_text(const study::Branch& branch) {
  if (branch.options.has("temperature"))
    return fmt::format("{:g}", branch.options.number("temperature"));
  return fmt::format("to {:g}", branch.options.numbers("schedule.to").back());
}

/// Of a stage without steps about how often it evaluates the forces.
std::string steps_text(const study::BranchCost& cost) {
  return cost.steps == 0 && cost.evaluations > 0.0 ? fmt::format("~{:.0f}", cost.evaluations)
                                                   : std::to_string(cost.steps);
}

void print_text(const Costed& costed) {
  std::size_t id = 6, parent = 4, kind = 4;
  for (const auto& row : costed.rows) {
    id = std::max(id, row.view.branch->id.size());
    parent = std::max(parent, row.view.branch->parent.size());
    kind = std::max(kind, row.view.branch->kind.size());
  }
  fmt::print("{:<{}}  {:<{}}  {:<{}}  {:>8}  {:>10}  {:>9}  {:>7}  {:>12}  {:>8}  {}\n", "branch",
             id, "from", parent, "kind", kind, "T/K", "steps", "ns", "atoms", "core time", "disk",
             "why");
  for (const auto& row : costed.rows) {
    const auto& branch = *row.view.branch;
    fmt::print("{:<{}}  {:<{}}  {:<{}}  {:>8}  {:>10}  {:>9.4g}  {:>7}  {:>12}  {:>8}  {}\n",
               branch.id, id, branch.parent.empty() ? "-" : branch.parent, parent, branch.kind,
               kind, temperature_text(branch), steps_text(row.cost), row.cost.duration * 1e-3,
               row.cost.atoms, row.seconds > 0.0 ? study::duration_text(row.seconds) : "-",
               size_text(row.cost.bytes), row.view.comparison.reason);
  }
  fmt::print("\n{} branches, {:.4g} ns in all, {} on the disk\n", costed.rows.size(),
             costed.nanoseconds, size_text(costed.bytes));
  fmt::print("{} of core time, about {} with {} at a time\n",
             study::duration_text(costed.core_seconds), study::duration_text(costed.elapsed),
             costed.jobs);
  fmt::print("at {:.3g} us an atom and step of engine {} on one core, {}\n", costed.step_cost,
             costed.plan.branches.front().engine.kind,
             costed.measured ? "measured here just now" : "as --cost says");
}

void print_json(const Costed& costed) {
  nlohmann::ordered_json json = {{"title", costed.plan.title},
                                 {"scale", costed.plan.scale},
                                 {"folder", costed.folder},
                                 {"engine", costed.plan.branches.front().engine.kind},
                                 {"us_per_atom_step", costed.step_cost},
                                 {"jobs", costed.jobs},
                                 {"core_seconds", costed.core_seconds},
                                 {"elapsed_seconds", costed.elapsed},
                                 {"nanoseconds", costed.nanoseconds},
                                 {"bytes", costed.bytes},
                                 {"branches", nlohmann::json::array()}};
  for (const auto& row : costed.rows) {
    const auto& branch = *row.view.branch;
    nlohmann::ordered_json one = {{"id", branch.id},
                                  {"parent", branch.parent},
                                  {"stage", branch.stage},
                                  {"kind", branch.kind},
                                  {"replica", branch.replica},
                                  {"atoms", row.cost.atoms},
                                  {"steps", row.cost.steps},
                                  {"duration_ps", row.cost.duration},
                                  {"evaluations", row.cost.evaluations},
                                  {"core_seconds", row.seconds},
                                  {"bytes", row.cost.bytes},
                                  {"reason", row.view.comparison.reason},
                                  {"identity", branch.identity}};
    for (const auto& axis : branch.axes) one["axes"][axis.name] = axis.text;
    json["branches"].push_back(one);
  }
  fmt::print("{}\n", json.dump(2));
}

void plan(const PlanOptions& options) {
  const Costed costed = cost_plan(options);
  options.json ? print_json(costed) : print_text(costed);
  fmt::print(stderr, "next: vitreous run {}{} --out {}\n", options.study,
             choice_words(options.choices.scale, options.choices.set), costed.folder);
}

}  // namespace

Command plan_command() {
  return {"plan", "Shows the branches of a study with what each costs, and what is done",
          "vitreous plan bulk.toml --scale laptop", [](CLI::App& app, int&) {
            auto options = std::make_shared<PlanOptions>();
            app.add_option("STUDY", options->study, "a study file")->required();
            app.add_option("--scale", options->choices.scale, "use [scale.NAME] of the study");
            app.add_option("--set", options->choices.set,
                           "override a key, e.g. liquid.duration=\"60 ps\"");
            app.add_option("--out", options->out, "the run's folder; by default STUDY[-SCALE]");
            app.add_option("--jobs", options->jobs, "branches at a time; by default one a core")
                ->check(CLI::PositiveNumber);
            app.add_option("--cost", options->cost,
                           "core time of a step of one atom, e.g. \"0.5 us\"; by default it is "
                           "measured in a moment's run");
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options] { plan(*options); });
          }};
}

}  // namespace vitreous::cli
