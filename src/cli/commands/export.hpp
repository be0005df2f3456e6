// The verbs of `vitreous export`: each adds its options and what it does.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace vitreous::cli {

struct ExportVerb {
  std::string name;
  std::string one_line;
  std::string example;  ///< shown by --help
  void (*set_up)(CLI::App& app);
};

void set_up_export_archive(CLI::App& app);
void set_up_export_lammps(CLI::App& app);
void set_up_export_schema(CLI::App& app);
void set_up_export_slurm(CLI::App& app);
void set_up_export_snakemake(CLI::App& app);

}  // namespace vitreous::cli
