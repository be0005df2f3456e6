#include "cli/commands/export.hpp"

#include <CLI/CLI.hpp>
#include <vector>

#include "cli/commands/commands.hpp"

namespace vitreous::cli {
namespace {

const std::vector<ExportVerb>& export_verbs() {
  static const std::vector<ExportVerb> all = {
      {"archive", "A run as a zip with checksums and RO-Crate metadata, to be shared",
       "vitreous export archive bulk-quick", set_up_export_archive},
      {"lammps", "LAMMPS input scripts that do what a study does, with all that they read",
       "vitreous export lammps study.toml --out scripts", set_up_export_lammps},
      {"schema", "The study file as a JSON Schema, for editors that complete and mark mistakes",
       "vitreous export schema --out vitreous.schema.json", set_up_export_schema},
      {"slurm", "The study's branches as jobs of Slurm, each behind its parent",
       "vitreous export slurm bulk.toml --scale laptop --cores 4 --time-limit \"12 h\"",
       set_up_export_slurm},
      {"snakemake", "The study's branches as rules of Snakemake",
       "vitreous export snakemake bulk.toml --scale laptop", set_up_export_snakemake},
  };
  return all;
}

}  // namespace

Command export_command() {
  return {"export", "Writes what other programs read", "vitreous export schema",
          [](CLI::App& app, int&) {
            app.require_subcommand(1);
            for (const auto& verb : export_verbs()) {
              auto* sub = app.add_subcommand(verb.name, verb.one_line);
              sub->footer("Example:\n  " + verb.example);
              verb.set_up(*sub);
            }
          }};
}

}  // namespace vitreous::cli
