#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/export.hpp"
#include "io/safe_file.hpp"
#include "study/lammps_scripts.hpp"
#include "study/study_file.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct ExportLammpsOptions {
  std::string study, out;
  study::StudyChoices choices;
};

/// What may hold the results of an earlier export is left alone.
void require_new_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    base::Message message;
    message.file = folder.string();
    message.problem = "is there already, and not empty";
    message.why = "scripts and what they wrote would be mixed";
    message.tries = {"--out ANOTHER_FOLDER"};
    throw base::InputError(message);
  }
  fs::create_directories(folder, error);
  if (error)
    throw base::RunError(fmt::format("{}: cannot be made", folder.string()), error.message());
}

void export_lammps(const ExportLammpsOptions& options) {
  const auto plan = study::read_study(options.study, options.choices);
  const fs::path folder = options.out.empty()
                              ? default_run_folder(options.study, options.choices.scale) + "-lammps"
                              : options.out;
  const auto made = study::lammps_scripts(plan);
  require_new_folder(folder);
  for (const auto& [name, text] : made.files) io::write_file((folder / name).string(), text);
  fs::permissions(folder / made.runner, fs::perms::owner_exec, fs::perm_options::add);
  for (const auto& note : made.notes) fmt::print(stderr, "note: {}\n", note);
  fmt::print("{} script{} in {}, in this order:\n", made.scripts.size(),
             made.scripts.size() == 1 ? "" : "s", folder.string());
  for (const auto& script : made.scripts) fmt::print("  {}\n", script);
  fmt::print(stderr, "next: sh {}\n", (folder / made.runner).string());
}

}  // namespace

void set_up_export_lammps(CLI::App& app) {
  auto options = std::make_shared<ExportLammpsOptions>();
  app.add_option("STUDY", options->study, "a study file")->required();
  app.add_option("--scale", options->choices.scale, "use [scale.NAME] of the study");
  app.add_option("--set", options->choices.set, "override a key, e.g. liquid.duration=\"60 ps\"");
  app.add_option("--out", options->out, "a new folder; by default STUDY[-SCALE]-lammps");
  app.callback([options] { export_lammps(*options); });
}

}  // namespace vitreous::cli
