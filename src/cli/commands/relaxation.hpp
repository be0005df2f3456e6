// The verbs of `vitreous relaxation`: each adds its options and what it does.
#pragma once

namespace CLI {
class App;
}

namespace vitreous::cli {

void add_relaxation_peaks(CLI::App& app);
void add_relaxation_modulus(CLI::App& app);
void add_relaxation_map(CLI::App& app);
void add_relaxation_scaling(CLI::App& app);
void add_relaxation_indentation(CLI::App& app);

/// The Python module that draws the figures of all verbs.
inline constexpr const char* relaxation_figures = "vitreous.plot_relaxation";

}  // namespace vitreous::cli
