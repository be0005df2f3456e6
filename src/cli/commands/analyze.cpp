#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/observer_set.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/progress.hpp"
#include "cli/result_text.hpp"
#include "engine/native/choose_forces.hpp"
#include "io/csv.hpp"
#include "io/lammps_log.hpp"
#include "io/observed_log.hpp"
#include "io/observed_trajectory.hpp"
#include "io/potential_source.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"
#include "io/trajectory_index.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Beside the tables: what was analyzed and how; it marks a folder as an analysis.
constexpr const char* manifest = "analysis.json";

struct AnalyzeOptions {
  std::vector<std::string> files;
  std::string observe, log, timestep, species, potential, gap, axis = "z", out;
  bool json = false;
};

io::TrajectoryOptions trajectory_options(const AnalyzeOptions& options,
                                         const std::vector<analysis::ObserverRequest>& requests) {
  io::TrajectoryOptions out;
  out.species = comma_list(options.species);
  out.timestep = positive_quantity("--timestep", options.timestep, "ps");
  if (!options.log.empty()) out.log = options.log;
  out.rest = "--observe " + options.observe;
  io::ask_for(requests, out);
  return out;
}

fs::path folder_of(const AnalyzeOptions& options) {
  if (!options.out.empty()) return options.out;
  return fs::path(options.files.front()).filename().string() + "-analysis";
}

/// A folder that holds anything but an earlier analysis is left alone.
void require_own_folder(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) return;
  base::Message message;
  message.file = folder.string();
  message.tries = {"--out ANOTHER_FOLDER"};
  if (!fs::is_directory(folder, ignored)) {
    message.problem = "is a file, and the tables need a folder";
    throw base::InputError(message);
  }
  if (fs::is_empty(folder, ignored) || fs::exists(folder / manifest, ignored)) return;
  message.problem = "holds files that no analysis wrote";
  message.why = fmt::format("it is not empty and has no {}", manifest);
  throw base::InputError(message);
}

std::string manifest_text(const AnalyzeOptions& options, const io::TrajectorySummary& summary,
                          const core::Result& result) {
  Json json = {{"schema", "vitreous-analysis/1"},
               {"vitreous", VITREOUS_VERSION},
               {"files", options.files},
               {"observe", options.observe},
               {"frames", summary.steps.size()},
               {"first_step", summary.steps.front()},
               {"last_step", summary.steps.back()},
               {"timestep_ps", summary.timestep > 0.0 ? Json(summary.timestep) : Json(nullptr)},
               {"atoms", summary.atoms}};
  if (!options.gap.empty()) json["slab"] = {{"gap", options.gap}, {"axis", options.axis}};
  for (std::size_t k = 0; k < summary.kinds.size(); ++k)
    json["species"][summary.kinds[k].name] = {{"atoms", summary.counts[k]},
                                              {"mass_amu", summary.kinds[k].mass}};
  json["warnings"] = summary.warnings;
  json["tables"] = Json::array();
  for (const auto& table : result.tables)
    json["tables"].push_back(
        {{"name", table.name}, {"file", table.name + ".csv"}, {"how", table.how}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// The tables of the analysis that stood here before.
std::vector<std::string> earlier_tables(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder / manifest)) return names;
  const Json json = Json::parse(io::read_file((folder / manifest).string()), nullptr, false);
  if (!json.is_object() || !json.contains("tables")) return names;
  for (const auto& table : json["tables"])
    if (table.is_object() && table.contains("file") && table["file"].is_string())
      names.push_back(fs::path(table["file"].get<std::string>()).filename().string());
  return names;
}

/// All files or none: they are written aside, and an earlier analysis stays where the disk is full.
void replace_files(const fs::path& folder, const NamedTexts& files) {
  const auto aside = [&](const std::string& name) {
    return (folder / (name + ".writing")).string();
  };
  try {
    for (const auto& [name, text] : files) io::write_synced(aside(name), text);
  } catch (const base::Error&) {
    std::error_code ignored;
    for (const auto& [name, text] : files) fs::remove(aside(name), ignored);
    if (fs::is_empty(folder, ignored)) fs::remove(folder, ignored);
    throw;
  }
  for (const auto& [name, text] : files) io::move_file(aside(name), (folder / name).string());
  io::sync_folder(folder.string());
}

void write_folder(const fs::path& folder, const AnalyzeOptions& options,
                  const io::TrajectorySummary& summary, const core::Result& result) {
  NamedTexts files;
  for (const auto& table : result.tables)
    files.emplace_back(table.name + ".csv", io::to_csv(table));
  files.emplace_back("results.json", io::to_results_json({true, result.quantities}));
  files.emplace_back(manifest, manifest_text(options, summary, result));
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw base::RunError(fmt::format("{}: cannot be made", folder.string()), error.message());
  const auto earlier = earlier_tables(folder);
  replace_files(folder, files);
  // The folder tells one analysis, not a mixture.
  for (const auto& name : earlier)
    if (std::none_of(files.begin(), files.end(), [&](const auto& f) { return f.first == name; }))
      fs::remove(folder / name, error);
}

/// What observers that need forces are given.
engine::ForcesMaker forces_of(const AnalyzeOptions& options, const io::TrajectorySummary& summary) {
  if (options.potential.empty()) return {};
  std::vector<std::string> names;
  for (const auto& kind : summary.kinds) names.push_back(kind.name);
  const auto tables = io::read_potential(options.potential);
  return engine::choose_forces_maker(potential::EamPotential(tables, names), "auto");
}

void require_forces(const std::string& kind, const AnalyzeOptions& options) {
  if (kind.empty() || !options.potential.empty()) return;
  base::Message message;
  message.key = "--observe " + options.observe;
  message.problem = kind + " needs a potential";
  message.why = "it minimizes energies, and a trajectory does not tell what its atoms feel";
  message.tries = {"--potential kim:MODEL or --potential FILE.eam.fs"};
  throw base::InputError(message);
}

/// What a study knows of its free surfaces and a file is silent about.
std::optional<analysis::Slab> slab_of(const AnalyzeOptions& options, const core::Box& box) {
  const auto gap = positive_quantity("--gap", options.gap, "angstrom");
  if (!gap) return std::nullopt;
  try {
    return io::slab_in(box, *gap, static_cast<std::size_t>(options.axis.front() - 'x'));
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = options.files.front();
    message.key = "--gap";
    message.tries = {
        "--gap \"10 A\", the vacuum between the box's face and the slab's, on both sides"};
    throw base::InputError(message);
  }
}

std::string table_lines(const core::Result& result, const fs::path& folder) {
  std::string text;
  for (const auto& table : result.tables)
    text += fmt::format("{:<28} {:>6} rows  {}\n", table.name, table.rows(),
                        (folder / (table.name + ".csv")).string());
  return text;
}

void hand_out_analysis(const AnalyzeOptions& options, const io::TrajectorySummary& summary,
                       const core::Result& result) {
  const fs::path folder = folder_of(options);
  write_folder(folder, options, summary, result);
  if (options.json)
    fmt::print("{}", io::to_results_json({true, result.quantities}));
  else
    fmt::print("{}{}{}", table_lines(result, folder), result.quantities.empty() ? "" : "\n",
               quantity_lines(result.quantities));
  fmt::print(stderr, "next: vitreous report {}\n", folder.string());
}

/// A log has no atoms, but what `thermo` looks at.
void analyze_log(const AnalyzeOptions& options,
                 const std::vector<analysis::ObserverRequest>& requests) {
  if (options.files.size() > 1)
    throw base::InputError(options.files.front() + ": a log is analyzed by itself");
  const auto seen = io::observe_log(options.files.front(), requests);
  for (const auto& warning : seen.summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  hand_out_analysis(options, seen.summary, seen.result);
}

void run_analyze(const AnalyzeOptions& options) {
  const auto requests = analysis::parse_observer_list(options.observe);
  require_own_folder(folder_of(options));
  if (io::is_lammps_log(options.files.front())) return analyze_log(options, requests);
  const auto wanted = trajectory_options(options, requests);
  const auto summary = io::scan_trajectory(options.files, wanted);
  for (const auto& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);

  analysis::Setting setting = io::setting_of(summary);
  setting.forces = forces_of(options, summary);
  setting.slab = slab_of(options, summary.index->first.head.box);
  analysis::ObserverSet set(setting, requests);
  require_forces(set.needs_forces(), options);
  base::set_threads(base::available_cores());
  Progress progress("frames", summary.steps.size());
  io::observe_trajectory(set, summary, options.files.front(), "--observe " + options.observe,
                         [&](std::size_t done) {
                           progress.update(done);
                           return true;
                         });
  hand_out_analysis(options, summary, set.result());
}

}  // namespace

Command analyze_command() {
  return {"analyze", "Runs observers on trajectory files",
          "vitreous analyze prod.dump.gz --log log.lammps --observe msd", [](CLI::App& app, int&) {
            auto options = std::make_shared<AnalyzeOptions>();
            app.add_option("FILE", options->files,
                           "LAMMPS dumps, extended XYZ (plain, .gz or .zst) or H5MD; several in "
                           "a row are one run")
                ->required();
            app.add_option("--observe", options->observe,
                           "msd,intermediate_scattering:q=2.7/A,max_time=100ps or "
                           "'name(key=value, ...)'")
                ->required();
            app.add_option("--log", options->log,
                           "the log.lammps of the run, for its time step and elements");
            app.add_option("--timestep", options->timestep, "of the run, e.g. 1fs");
            app.add_option("--species", options->species,
                           "elements of types 1, 2, ..., e.g. Cu,Zr");
            app.add_option("--potential", options->potential,
                           "a setfl file, or kim:PART_OF_A_MODEL'S_NAME, for observers that need "
                           "forces");
            app.add_option("--gap", options->gap,
                           "of a slab between free surfaces: how far inside the box its faces lie, "
                           "e.g. 10A on both sides");
            app.add_option("--axis", options->axis, "across the slab: x, y or z")
                ->check(CLI::IsMember({"x", "y", "z"}))
                ->needs("--gap")
                ->capture_default_str();
            app.add_option("--out", options->out,
                           "folder of the results; ./FILE-analysis if not given");
            app.add_flag("--json", options->json, "print results.json");
            app.callback([options] { run_analyze(*options); });
          }};
}

}  // namespace vitreous::cli
