#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "engine/native/reference_forces.hpp"
#include "io/configuration.hpp"
#include "io/extended_xyz.hpp"
#include "io/potential_source.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct EvaluateOptions {
  std::string configuration, potential, out, species;
  bool json = false;
};

/// What one evaluation yields, beside the configuration that it is of.
struct Evaluation {
  engine::ForceResult forces;
  math::Mat3 pressure;  ///< virial/V, eV/A^3: without the kinetic part
  std::size_t most_pushed = 0;
  double largest_force = 0.0;  ///< eV/A, on atom `most_pushed`
};

std::string json_path(const std::string& out) {
  return fs::path(out).replace_extension(".json").string();
}

/// Both files are written anew: neither may be the configuration itself.
void require_other_files(const EvaluateOptions& options) {
  const std::string json = json_path(options.out);
  if (json == options.out)
    throw base::InputError(
        fmt::format("--out {}: the JSON is written beside the extended XYZ file", options.out),
        "both would be this file",
        {"--out " + fs::path(json).replace_extension(".extxyz").string()});
  for (const auto& file : {options.out, json}) {
    std::error_code not_there;
    if (fs::equivalent(file, options.configuration, not_there))
      throw base::InputError(
          fmt::format("--out {} would overwrite {}", options.out, options.configuration), {},
          {"--out FORCES.extxyz"});
  }
}

/// A failure over the configuration, told with its file: it is the user's input.
template <class Work>
auto of_file(const std::string& file, const Work& work) {
  try {
    return work();
  } catch (const base::Error& error) {
    base::Message message = error.message();
    message.file = file;
    throw base::InputError(message);
  }
}

/// The potential for the kinds of the configuration, in their order.
potential::EamPotential potential_of(const io::Configuration& configuration,
                                     const EvaluateOptions& options) {
  const auto tables = io::read_potential(options.potential);
  std::vector<std::string> names;
  for (const auto& kind : configuration.atoms.kinds) names.push_back(kind.name);
  return of_file(options.configuration, [&] { return potential::EamPotential(tables, names); });
}

Evaluation evaluate(const io::Configuration& configuration, potential::EamPotential potential,
                    const std::string& file) {
  // One evaluation: a list that reaches beyond the cutoff would only cost time.
  engine::ReferenceForces forces(std::move(potential), 0.0);
  Evaluation out;
  of_file(file, [&] {
    forces.evaluate(configuration.box, configuration.atoms, {.energy = true, .virial = true},
                    out.forces);
  });
  out.pressure = out.forces.virial * (1.0 / configuration.box.volume());
  for (std::size_t i = 0; i < out.forces.force.size(); ++i)
    if (const double f = math::norm(out.forces.force[i]); f > out.largest_force)
      out.largest_force = f, out.most_pushed = i;
  return out;
}

nlohmann::ordered_json rows(const math::Mat3& m) {
  auto json = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < 3; ++i) json.push_back({m(i, 0), m(i, 1), m(i, 2)});
  return json;
}

std::string evaluation_json(const EvaluateOptions& options, const io::Configuration& configuration,
                            const Evaluation& evaluation) {
  const auto& atoms = configuration.atoms;
  nlohmann::ordered_json species;
  for (std::size_t k = 0; k < atoms.kinds.size(); ++k)
    species[atoms.kinds[k].name] = atoms.count(static_cast<std::int32_t>(k));
  const nlohmann::ordered_json json = {
      {"schema", "vitreous-evaluation/1"},
      {"configuration", options.configuration},
      {"potential", options.potential},
      {"forces_file", options.out},
      {"step", configuration.step},
      {"atoms", atoms.size()},
      {"species", species},
      {"volume_angstrom3", configuration.box.volume()},
      {"energy_eV", evaluation.forces.energy},
      {"energy_eV_per_atom", evaluation.forces.energy / static_cast<double>(atoms.size())},
      {"virial_eV", rows(evaluation.forces.virial)},
      {"virial_pressure_eV_per_angstrom3", rows(evaluation.pressure)},
      {"stress_eV_per_angstrom3", rows(evaluation.pressure * -1.0)},
      {"mean_virial_pressure_GPa", math::trace(evaluation.pressure) / 3.0 * base::eV_per_A3_to_GPa},
      {"largest_force_eV_per_angstrom", evaluation.largest_force},
      {"largest_force_on", atoms.id[evaluation.most_pushed]}};
  return json.dump(2) + "\n";
}

std::string evaluation_text(const io::Configuration& configuration, const Evaluation& evaluation) {
  const auto& atoms = configuration.atoms;
  const math::Mat3 p = evaluation.pressure * base::eV_per_A3_to_GPa;
  std::string text =
      fmt::format("energy         {:.10g} eV, {:.10g} eV/atom of {}\n", evaluation.forces.energy,
                  evaluation.forces.energy / static_cast<double>(atoms.size()), atoms.size());
  text += fmt::format("pressure       {:.8g} GPa (virial alone, without the kinetic part)\n",
                      math::trace(p) / 3.0);
  for (std::size_t i = 0; i < 3; ++i)
    text += fmt::format("{:<14} {:>14.8g} {:>14.8g} {:>14.8g} GPa\n", i == 0 ? "tensor" : "",
                        p(i, 0), p(i, 1), p(i, 2));
  return text + fmt::format("largest force  {:.6g} eV/A, on atom {}\n", evaluation.largest_force,
                            atoms.id[evaluation.most_pushed]);
}

void run_evaluate(const EvaluateOptions& options) {
  require_other_files(options);
  const auto configuration =
      io::read_configuration(options.configuration, {comma_list(options.species)});
  const auto evaluation =
      evaluate(configuration, potential_of(configuration, options), options.configuration);

  io::ExtendedXyzFields fields;
  fields.step = configuration.step;
  fields.time = configuration.time;
  fields.energy = evaluation.forces.energy;
  fields.virial = evaluation.forces.virial;
  fields.stress = true;
  fields.velocities = configuration.has_velocities;
  fields.unwrapped = configuration.is_unwrapped;
  fields.force = &evaluation.forces.force;
  const std::string json = evaluation_json(options, configuration, evaluation);
  io::write_file(options.out, io::to_extended_xyz(configuration.box, configuration.atoms, fields));
  io::write_file(json_path(options.out), json);
  fmt::print("{}", options.json ? json : evaluation_text(configuration, evaluation));
  fmt::print(stderr, "wrote {} and {}\nnext: vitreous show {}\n", options.out,
             json_path(options.out), options.out);
}

}  // namespace

Command evaluate_command() {
  return {"evaluate", "Energy, forces and virial pressure of one configuration",
          "vitreous evaluate glass.data --potential kim:MO_600021860456_005 --out forces.extxyz",
          [](CLI::App& app, int&) {
            auto options = std::make_shared<EvaluateOptions>();
            app.add_option("CONFIG", options->configuration,
                           "a LAMMPS data file, an extended XYZ file, or a dump (its first frame)")
                ->required();
            app.add_option("--potential", options->potential,
                           "a setfl file, or kim:ANY_UNIQUE_PART of a KIM model's name")
                ->required();
            app.add_option("--out", options->out,
                           "extended XYZ with energy, virial, stress and forces; JSON beside it")
                ->required();
            app.add_option("--species", options->species,
                           "elements of types 1, 2, ... where the file does not name them");
            app.add_flag("--json", options->json, "print the JSON");
            app.callback([options] { run_evaluate(*options); });
          }};
}

}  // namespace vitreous::cli
