#include "cli/commands/relaxation.hpp"

#include <CLI/CLI.hpp>

#include "cli/commands/commands.hpp"

namespace vitreous::cli {

Command relaxation_command() {
  return {"relaxation", "Relaxation of glasses: spectra, stress-strain series, indentation, maps",
          "vitreous relaxation peaks spectra.csv --out peaks", [](CLI::App& app, int&) {
            app.require_subcommand(1);
            add_relaxation_peaks(app);
            add_relaxation_modulus(app);
            add_relaxation_indentation(app);
            add_relaxation_map(app);
            add_relaxation_scaling(app);
          }};
}

}  // namespace vitreous::cli
