#include "study/methods.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "core/random_configuration.hpp"
#include "io/kim_citation.hpp"
#include "io/potential_source.hpp"
#include "models/law.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"
#include "study/stage_reading.hpp"
#include "study/start_state.hpp"
#include "study/words.hpp"
#include "study/works.hpp"

namespace vitreous::study {
namespace {

using potential::EamTables;

constexpr std::string_view kim_prefix = "kim:";

bool is_kim(const EamTables& tables) { return tables.name.starts_with(kim_prefix); }

std::vector<io::BibtexEntry> bibliography(const EamTables& tables) {
  return is_kim(tables) ? io::kim_bibliography(tables.name.substr(kim_prefix.size()))
                        : std::vector<io::BibtexEntry>{};
}

/// Of a file: its name, as a key takes it.
std::string key_of_file(const EamTables& tables) {
  std::string key = "potential:";
  for (const char c : std::filesystem::path(tables.name).filename().string())
    key += std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' ? c : '_';
  return key;
}

/// " [@...]": the paper of a model, then what archives it; of a file, its own description.
std::string potential_citation(const EamTables& tables) {
  if (!is_kim(tables)) return " " + citation({key_of_file(tables)});
  const std::string code = tables.name.substr(tables.name.rfind("__") + 2);
  std::vector<std::string> own, archive;
  for (const auto& entry : bibliography(tables))
    (io::is_own_source(entry.key, code) ? own : archive).push_back(entry.key);
  std::string text = own.empty() ? "" : " " + citation(own);
  if (!archive.empty()) text += ", as OpenKIM archives it " + citation(archive);
  return text;
}

std::string potential_text(const EamTables& tables) {
  std::string text = fmt::format(
      "Atoms interact by an embedded-atom potential {}, {}{}. It ends at {:g} A; the fingerprint "
      "of its tables is {}.",
      citation({"daw1984", "finnis1984"}),
      is_kim(tables) ? tables.name : std::filesystem::path(tables.name).filename().string(),
      potential_citation(tables), tables.cutoff, io::potential_fingerprint(tables));
  return text;
}

/// "Cu50Zr50: 700 Cu and 700 Zr, 1400 atoms".
std::string composition_text(const Alloy& alloy) {
  std::vector<double> fractions;
  for (const auto& [element, fraction] : alloy.fractions) fractions.push_back(fraction);
  const auto counts = core::composition_counts(fractions, alloy.atoms);
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < counts.size(); ++k)
    parts.push_back(fmt::format("{} {}", counts[k], alloy.fractions[k].first));
  return fmt::format("{} ({}, {} atoms)", alloy.composition, listed(parts), alloy.atoms);
}

std::string system_text(const Plan& plan) {
  std::vector<std::string> compositions;
  for (const Branch& branch : plan.branches)
    if (const auto text = composition_text(branch.alloy); !contains(compositions, text))
      compositions.push_back(text);
  std::string text = fmt::format("## System\n\n{} in a periodic box.", listed(compositions));
  for (const auto& [name, tables] : potentials_of(plan)) text += " " + potential_text(*tables);
  return text;
}

/// A value, or values with the stages that have each.
std::string by_value(const std::map<std::string, std::vector<std::string>>& stages_of) {
  if (stages_of.size() == 1) return stages_of.begin()->first;
  std::vector<std::string> parts;
  for (const auto& [value, stages] : stages_of)
    parts.push_back(fmt::format("{} ({})", value, fmt::join(stages, ", ")));
  return listed(parts);
}

/// What holds temperature or pressure somewhere in the plan: damping times with their stages.
struct Baths {
  std::map<std::string, std::vector<std::string>> nose_hoover, rescaling, barostat;
  int chain_length = 0;
};

Baths baths_of(const Plan& plan) {
  Baths baths;
  for (const auto& branches : by_stage(plan)) {
    const Branch& first = *branches.front();
    for (const auto& leg : stage::legs_of(first.kind, first.options, first.engine.timestep,
                                          start_temperature(plan, first))) {
      const auto& protocol = leg.protocol;
      const auto add = [&](auto& stages_of, double damping) {
        auto& stages = stages_of[fmt::format("{:g} ps", damping)];
        if (!contains(stages, first.stage)) stages.push_back(first.stage);
      };
      if (protocol.ensemble == engine::Ensemble::nve) continue;
      baths.chain_length = protocol.chain_length;
      add(protocol.thermostat == engine::Thermostat::nose_hoover ? baths.nose_hoover
                                                                 : baths.rescaling,
          protocol.temperature_damping);
      if (protocol.ensemble == engine::Ensemble::npt)
        add(baths.barostat, protocol.pressure_damping);
    }
  }
  return baths;
}

/// What moved the atoms, as the branches tell it, without what it did at their last moment.
std::string engines_text(const std::vector<GatheredBranch>& branches) {
  std::set<std::string> engines;
  for (const auto& branch : branches) {
    if (!branch.record || branch.record->engine.empty()) continue;
    const std::string& engine = branch.record->engine;
    engines.insert(engine.substr(0, engine.find("; now ")));
  }
  return engines.empty() ? "" : fmt::format(" Engine: {}.", fmt::join(engines, "; "));
}

/// Where LAMMPS moves atoms by a pair style of the user's, the study's potential does not.
std::string forces_text(const EngineChoice& engine) {
  if (engine.kind == "native")
    return fmt::format("Forces are computed with precision \"{}\".", engine.precision);
  std::string text = fmt::format("Atoms are moved by LAMMPS {}", citation({"thompson2022"}));
  if (!engine.lammps.pair_style.empty())
    text += fmt::format(
        ", with pair_style {} (pair_coeff {}): the potential above made the first liquid alone",
        engine.lammps.pair_style, fmt::join(engine.lammps.pair_coeff, "; "));
  return text + ".";
}

std::string dynamics_text(const Plan& plan, const std::vector<GatheredBranch>& branches) {
  const EngineChoice& engine = plan.branches.front().engine;
  const Baths baths = baths_of(plan);
  std::string text = fmt::format(
      "## Dynamics\n\nThe equations of motion are integrated by velocity Verlet {} with a timestep "
      "of {:g} fs. ",
      citation({"swope1982"}), 1000.0 * engine.timestep);
  if (!baths.nose_hoover.empty())
    text += fmt::format(
        "Temperature is held by Nose-Hoover chains {} of {} links with a damping time of {}. ",
        citation({"nose1984", "hoover1985", "martyna1992", "martyna1996"}), baths.chain_length,
        by_value(baths.nose_hoover));
  if (!baths.rescaling.empty())
    text += fmt::format(
        "Temperature is held by stochastic velocity rescaling {} with a damping time of {}. ",
        citation({"bussi2007"}), by_value(baths.rescaling));
  if (!baths.barostat.empty())
    text += fmt::format(
        "Pressure is held by the isotropic barostat of Martyna, Tobias and Klein {} with a damping "
        "time of {}. ",
        citation({"martyna1994", "martyna1996"}), by_value(baths.barostat));
  text += fmt::format(
      "The total momentum is zero. {}{} Every random stream is drawn from the seed {} and the name "
      "of its branch.",
      forces_text(engine), engines_text(branches), engine.seed);
  return text;
}

/// Option by option, as the study resolves it.
std::string options_told(const std::string& canonical) {
  const auto open = canonical.find('(');
  if (open == canonical.npos) return "";
  return fmt::format(" with {}", canonical.substr(open + 1, canonical.size() - open - 2));
}

/// "One line: `formula` (source) [@key]."
std::string declared_text(const core::Declaration& declaration, const std::string& options) {
  std::string text = declaration.one_line;
  if (!declaration.formula.empty()) text += fmt::format(": `{}`", declaration.formula);
  text += options;
  if (!declaration.source.empty()) text += fmt::format(" ({})", declaration.source);
  const auto keys = works_named(declaration.source);
  return text + (keys.empty() ? "" : " " + citation(keys)) + ".";
}

bool follows_barriers(const analysis::ObserverRequest& request) {
  if (request.kind != "hops") return false;
  const auto options = core::parse_options(analysis::check_request(request), request.options);
  return options.integer("barriers") != 0;
}

std::string barriers_text() {
  return fmt::format(
      " Minima are found by L-BFGS {}, paths by a nudged elastic band {} moved by FIRE {}, and the "
      "saddle from the highest image along its softest direction {}.",
      citation({"nocedal1980"}), citation({"henkelman2000climbing", "henkelman2000tangent"}),
      citation({"bitzek2006", "guenole2020"}), citation({"henkelman1999"}));
}

std::string observers_text(const Plan& plan) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> stages_of;
  std::map<std::string, analysis::ObserverRequest> requests;
  for (const auto& branches : by_stage(plan))
    for (const auto& request : branches.front()->observe) {
      const std::string canonical = canonical_observer(request);
      if (!requests.contains(canonical)) order.push_back(canonical);
      requests[canonical] = request;
      stages_of[canonical].push_back(branches.front()->stage);
    }
  std::string text = "## Analysis\n\n";
  for (const auto& canonical : order) {
    const auto& request = requests.at(canonical);
    const core::Declaration& declaration = analysis::check_request(request);
    text +=
        fmt::format("**{}** ({}): {}{}\n\n", request.kind, fmt::join(stages_of[canonical], ", "),
                    declared_text(declaration, options_told(canonical)),
                    follows_barriers(request) ? barriers_text() : "");
  }
  return text +
         "Temperature, pressure, volume and energy of every branch are followed throughout. Every "
         "value carries one standard error; how it was found stands beside it in `results.json`.";
}

std::string fit_paragraph(const FitRequest& fit) {
  std::vector<std::string> with;
  for (const auto& [axis, range] : fit.where)
    with.push_back(
        fmt::format("{} from {:g} to {:g} {}", axis, range.first, range.second, axis_unit(axis)));
  for (const auto& [option, value] : fit.options) with.push_back(option + " = " + value);
  std::string text = fmt::format(
      "**{}** ({} of {}). {}", fit.name, fit.law, fmt::join(fit.of, ", "),
      declared_text(models::law_declaration(fit.law), with.empty() ? "" : " with " + listed(with)));
  std::vector<std::string> published;
  for (const auto& [name, reference] : fit.compare) published.push_back(name);
  if (!published.empty()) {
    const std::string& source = fit.compare.begin()->second.source;
    text += fmt::format(" Compared with published {} ({}){}.", listed(published), source,
                        works_named(source).empty() ? "" : " " + citation(works_named(source)));
  }
  return text;
}

std::string fits_text(const Plan& plan) {
  std::string text;
  for (const auto& fit : plan.fits) text += fit_paragraph(fit) + "\n\n";
  for (const auto& compare : plan.compares) {
    const auto keys = works_named(compare.reference.source);
    text += fmt::format("**{}{}** is compared with a published value ({}){}.\n\n", compare.quantity,
                        compare.over.empty() ? "" : " / " + compare.over, compare.reference.source,
                        keys.empty() ? "" : " " + citation(keys));
  }
  return text.empty() ? "" : "## Fits and published values\n\n" + text;
}

std::string progress_text(const std::vector<GatheredBranch>& branches) {
  std::vector<std::string> missing;
  for (const auto& branch : branches)
    if (branch.status != BranchStatus::done) missing.push_back(branch.branch->id);
  if (missing.empty()) return "";
  return fmt::format("Not done yet: {}. This tells how they will be.\n\n", listed(missing));
}

/// A potential file's own description, which names its paper.
std::string entry_of_file(const EamTables& tables) {
  std::string note;
  for (const char c : fmt::format("{}", fmt::join(tables.comments, " ")))
    note += c == '{' || c == '}' ? ' ' : c;
  return fmt::format("@misc{{{}, title = {{{{{}}}}}, note = {{{{{}}}}}}}\n", key_of_file(tables),
                     std::filesystem::path(tables.name).filename().string(), note);
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
  if (words.size() < 2) return words.empty() ? "" : words.front();
  return fmt::format("{} and {}", fmt::join(words.begin(), words.end() - 1, ", "), words.back());
}

std::map<std::string, const EamTables*> potentials_of(const Plan& plan) {
  std::map<std::string, const EamTables*> potentials;
  for (const Branch& branch : plan.branches)
    potentials[branch.alloy.potential] = branch.alloy.tables.get();
  return potentials;
}

std::string methods_text(const Plan& plan, const std::vector<GatheredBranch>& branches) {
  const std::string title = plan.title.empty() ? "" : ": " + plan.title;
  return fmt::format(
      "# Methods{}\n\n{}{}\n\n{}\n\n{}\n\n{}\n\n{}## Program\n\nvitreous {} {}. The study with "
      "every "
      "default written out stands in `study.toml`, the command, core time and compiler in "
      "`provenance.json`.\n",
      title, progress_text(branches), system_text(plan), dynamics_text(plan, branches),
      stages_text(plan), observers_text(plan), fits_text(plan), VITREOUS_VERSION,
      citation({"vitreous"}));
}

std::string references_text(const Plan& plan, const std::string& methods) {
  std::map<std::string, std::string> of_potentials;
  for (const auto& [name, tables] : potentials_of(plan)) {
    for (const auto& entry : bibliography(*tables)) of_potentials[entry.key] = entry.text + "\n";
    of_potentials[key_of_file(*tables)] = entry_of_file(*tables);
  }
  std::string text;
  for (const auto& key : cited_keys(methods)) {
    const auto found = of_potentials.find(key);
    text += found == of_potentials.end() ? bibtex_of_work(key) : found->second;
  }
  return text;
}

}  // namespace vitreous::study
