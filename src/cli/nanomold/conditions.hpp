// Temperatures, pressures and times from the command line, or from the file's experiments.
#pragma once

#include <string>
#include <vector>

#include "cli/nanomold/alloy_file.hpp"

namespace CLI {
class App;
}

namespace vitreous::cli {

struct ConditionOptions {
  std::vector<std::string> temperatures;
  std::string pressure, time;
};
void add_condition_options(CLI::App& app, ConditionOptions& options);

/// The conditions asked for: those of the file's experiments, all or those at the temperatures
/// asked for; pressure and time as asked for, where they are. Throws InputError where the file does
/// not tell what the command line leaves out.
std::vector<Molding> moldings_of(const AlloyFile& alloy, const ConditionOptions& options);

/// The temperatures alone, K; those of the file's experiments where none is asked for.
std::vector<double> temperatures_of(const AlloyFile& alloy, const ConditionOptions& options);

/// The experiment of the file at T (within 0.5 K), or null.
const Molding* molding_at(const AlloyFile& alloy, double T);

/// A pressure for laws that know it through capillarity alone; throws InputError where that is on
/// and no pressure is to be had.
double pressure_for(const AlloyFile& alloy, const ConditionOptions& options, double T);

/// Temperatures that figures reach over, K: from 50 C, or from just above T0 where there is no
/// glass branch, to 10 K above experiments, kink and Tg.
std::pair<double, double> figure_range(const AlloyFile& alloy);

}  // namespace vitreous::cli
