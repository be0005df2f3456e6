// What the verbs of `vitreous nanomold` share: options, the answer's heading, values with errors.
#pragma once

#include <string>
#include <vector>

#include "cli/model_answer.hpp"
#include "cli/nanomold/alloy_file.hpp"
#include "core/result.hpp"

namespace vitreous::cli {

/// Options that all verbs share.
struct NanomoldOptions : AnswerOptions {
  std::string parameters;
};
void add_nanomold_options(CLI::App& app, NanomoldOptions& options);

/// "TITLE: rule fastest, Hagen-Poiseuille prefactor 32 (as published), capillarity off".
std::string heading_of(const std::string& title, const models::nanomold::Parameters& parameters);

/// An answer with its heading, and a note where the alloy's values have no errors.
ModelAnswer nanomold_answer(const std::string& name, const AlloyFile& alloy);

/// The module that draws the figures of these answers.
inline constexpr const char* nanomold_figures = "vitreous.plot_nanomold";

/// Adds a value that was computed with its error; `where` says for which conditions.
core::Reported& add_value(ModelAnswer& answer, const std::string& name,
                          const core::Measured& measured, const std::string& where = {});

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
