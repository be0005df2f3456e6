#include <CLI/CLI.hpp>

#include "cli/commands/commands.hpp"
#include "cli/nanomold/verbs.hpp"

namespace vitreous::cli {

Command nanomold_command() {
  return {"nanomold", "Nanomolding: lengths, critical sizes, glass transitions, composition, fits",
          "vitreous nanomold critical-size --parameters examples/liu2023/ni-bmg.toml --temperature "
          "\"287 C\"",
          [](CLI::App& app, int&) {
            app.require_subcommand(1);
            add_nanomold_critical_size(app);
            add_nanomold_length(app);
            add_nanomold_map(app);
            add_nanomold_transitions(app);
            add_nanomold_composition(app);
            add_nanomold_fit(app);
          }};
}

}  // namespace vitreous::cli
