#include "study/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/parallel.hpp"
#include "io/potential_source.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"

namespace vitreous::study {
namespace {

/// What each potential holds, by its name.
std::map<std::string, const potential::EamTables*> potentials_of(const Plan& plan) {
  std::map<std::string, const potential::EamTables*> potentials;
  for (const Branch& branch : plan.branches)
    potentials[branch.alloy.potential] = branch.alloy.tables.get();
  return potentials;
}

std::string course_text(const Branch& branch) {
  if (!stage::is_ramp(branch.kind))
    return fmt::format("at {:g} K", branch.options.number("temperature"));
  const auto& to = branch.options.numbers("schedule.to");
  const auto& rate = branch.options.numbers("schedule.rate");
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < to.size(); ++k)
    parts.push_back(fmt::format("to {:g} K at {:.3g} K/s", to[k], rate[k] * 1e12));
  return fmt::format("{}", fmt::join(parts, ", then "));
}

const char* ensemble_text(engine::Ensemble ensemble) {
  switch (ensemble) {
    case engine::Ensemble::nve:
      return "at constant energy and volume";
    case engine::Ensemble::nvt:
      return "at constant volume and temperature";
    case engine::Ensemble::npt:
      return "at constant pressure and temperature";
  }
  return "";
}

std::string branch_text(const Plan& plan, const Branch& branch) {
  std::string text = fmt::format("- `{}` ({} {})", branch.id, branch.kind, course_text(branch));
  if (!branch.parent.empty()) {
    text += fmt::format(", from `{}`", branch.parent);
    if (branch.leaves_at) text += fmt::format(" where it stood at {:g} K", *branch.leaves_at);
  }
  const auto legs = stage::legs_of(branch.kind, branch.options, branch.engine.timestep,
                                   start_temperature(plan, branch));
  for (const auto& leg : legs) {
    if (leg.opening)
      text += fmt::format("; the box opened by {:g} A on both sides along its edge {}",
                          leg.opening->gap, "abc"[leg.opening->edge]);
    text += fmt::format("; {:g} ps {}{}", static_cast<double>(leg.steps) * branch.engine.timestep,
                        ensemble_text(leg.protocol.ensemble),
                        leg.in_mean_box ? ", in the mean box of the second half before" : "");
  }
  return text + "\n";
}

bool uses(const Plan& plan, const std::string& thermostat) {
  return std::any_of(plan.branches.begin(), plan.branches.end(), [&](const Branch& branch) {
    return branch.options.text("thermostat") == thermostat;
  });
}

std::string now_text() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

constexpr const char* martyna_tobias_klein =
    "@article{martyna1994, author = {Martyna, G. J. and Tobias, D. J. and Klein, M. L.}, "
    "title = {Constant pressure molecular dynamics algorithms}, "
    "journal = {J. Chem. Phys.}, volume = {101}, pages = {4177}, year = {1994}}\n";
constexpr const char* bussi_donadio_parrinello =
    "@article{bussi2007, author = {Bussi, G. and Donadio, D. and Parrinello, M.}, "
    "title = {Canonical sampling through velocity rescaling}, "
    "journal = {J. Chem. Phys.}, volume = {126}, pages = {014101}, year = {2007}}\n";
constexpr const char* swope =
    "@article{swope1982, author = {Swope, W. C. and Andersen, H. C. and Berens, P. H. and "
    "Wilson, K. R.}, title = {A computer simulation method for the calculation of equilibrium "
    "constants for the formation of physical clusters of molecules}, "
    "journal = {J. Chem. Phys.}, volume = {76}, pages = {637}, year = {1982}}\n";

/// The potential's own description, which names its paper.
std::string potential_entry(const potential::EamTables& tables) {
  return fmt::format("@misc{{potential, title = {{{}}}, note = {{{}}}}}\n", tables.name,
                     fmt::join(tables.comments, " "));
}

}  // namespace

std::string methods_text(const Plan& plan) {
  const Branch& first = plan.branches.front();
  std::string text = "# Methods\n\n";
  for (const auto& [name, tables] : potentials_of(plan))
    text += fmt::format("Interatomic potential: embedded atom, {}.\n", tables->name);
  text += fmt::format(
      "Equations of motion: velocity Verlet, timestep {:g} fs; thermostat: {}; barostat: "
      "isotropic, "
      "Martyna-Tobias-Klein; total momentum zero.\n"
      "Starts: random positions of exact composition without overlaps, seed {}; each replica has "
      "its own.\n\n",
      1000.0 * first.engine.timestep,
      first.options.text("thermostat") == "nose_hoover" ? "Nose-Hoover chains"
                                                        : "stochastic velocity rescaling",
      first.engine.seed);
  for (const Branch& branch : plan.branches) text += branch_text(plan, branch);
  return text;
}

std::string references_text(const Plan& plan) {
  std::string text = swope;
  text += martyna_tobias_klein;
  if (uses(plan, "velocity_rescaling")) text += bussi_donadio_parrinello;
  for (const auto& [name, tables] : potentials_of(plan)) text += potential_entry(*tables);
  return text;
}

std::string provenance_json(const Plan& plan, const std::vector<GatheredBranch>& branches,
                            const std::string& command) {
  const Branch& first = plan.branches.front();
  std::set<std::string> engines;
  double seconds = 0.0;
  for (const auto& branch : branches) {
    if (!branch.record) continue;
    if (!branch.record->engine.empty()) engines.insert(branch.record->engine);
    seconds += branch.record->seconds;
  }
  nlohmann::ordered_json json;
  json["version"] = VITREOUS_VERSION;
  json["written"] = now_text();
  json["command"] = command;
  json["study"] = plan.study_file;
  json["scale"] = plan.scale;
  json["seed"] = first.engine.seed;
  json["timestep_ps"] = first.engine.timestep;
  for (const auto& [name, tables] : potentials_of(plan))
    json["potentials"][name] = io::potential_fingerprint(*tables);
  json["engines"] = engines;
  json["core_hours"] = seconds / 3600.0;
  json["cores"] = base::available_cores();
  json["compiler"] = __VERSION__;
  return json.dump(2) + "\n";
}

}  // namespace vitreous::study
