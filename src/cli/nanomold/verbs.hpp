// The verbs of `vitreous nanomold`: each adds its options and what it does.
#pragma once

namespace CLI {
class App;
}

namespace vitreous::cli {

void add_nanomold_critical_size(CLI::App& app);
void add_nanomold_length(CLI::App& app);
void add_nanomold_map(CLI::App& app);
void add_nanomold_transitions(CLI::App& app);
void add_nanomold_composition(CLI::App& app);
void add_nanomold_fit(CLI::App& app);

}  // namespace vitreous::cli
