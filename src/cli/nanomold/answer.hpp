// What a verb of `vitreous nanomold` answers: values, tables, figures.
#pragma once

#include <string>
#include <vector>

#include "cli/nanomold/alloy_file.hpp"
#include "core/result.hpp"

namespace CLI {
class App;
}

namespace vitreous::cli {

/// Options that all verbs share.
struct NanomoldOptions {
  std::string parameters;
  std::string out;
  bool json = false;
};
void add_nanomold_options(CLI::App& app, NanomoldOptions& options);

struct Answer {
  std::string name;     ///< of the JSON file and of the figures: "critical_size"
  std::string heading;  ///< the alloy and how the laws were taken
  std::vector<core::Reported> quantities;
  std::vector<core::Table> tables;
  std::vector<std::string> notes;
  std::string next;
};

/// "TITLE: rule fastest, Hagen-Poiseuille prefactor 32 (as published), capillarity off".
std::string heading_of(const std::string& title, const models::nanomold::Parameters& parameters);

/// The values' names, what is true of all of them, and whether they have errors.
Answer answer_of(const std::string& name, const AlloyFile& alloy);

/// Prints values and notes; with --out writes tables, NAME.json and the figures of NAME. Returns
/// the exit status.
int give(const Answer& answer, const NanomoldOptions& options);

/// Adds a value that was computed with its error; `where` says for which conditions.
core::Reported& add_value(Answer& answer, const std::string& name, const core::Measured& measured,
                          const std::string& where = {});

/// Values that are positive and spread over decades: computed as logarithms, with the errors that
/// those have to first order.
std::vector<core::Measured> of_logarithms(const models::nanomold::UncertainParameters& parameters,
                                          const models::nanomold::Computed& logarithms);
/// The same of values themselves.
std::vector<core::Measured> to_first_order(const models::nanomold::UncertainParameters& parameters,
                                           const models::nanomold::Computed& values);

/// "287 C".
std::string celsius_text(double T);

}  // namespace vitreous::cli
