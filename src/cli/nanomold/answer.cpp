#include "cli/nanomold/answer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

namespace vitreous::cli {

namespace nano = models::nanomold;

void add_nanomold_options(CLI::App& app, NanomoldOptions& options) {
  app.add_option("--parameters", options.parameters,
                 "a TOML file: viscosity, interface diffusion, atomic volume of an alloy")
      ->required();
  add_answer_options(app, options);
}

std::string heading_of(const std::string& title, const nano::Parameters& p) {
  const bool published = p.hp_prefactor == nano::published_hp_prefactor;
  return fmt::format("{}rule {}, Hagen-Poiseuille prefactor {} ({}), capillarity {}",
                     title.empty() ? "" : title + ": ", nano::to_text(p.rule), p.hp_prefactor,
                     published ? "as published" : "the integral of the flow law",
                     p.capillarity ? "on" : "off");
}

ModelAnswer nanomold_answer(const std::string& name, const AlloyFile& alloy) {
  ModelAnswer answer;
  answer.name = name;
  answer.heading = heading_of(alloy.title, alloy.parameters.best);
  if (alloy.parameters.names.empty())
    answer.notes.push_back(alloy.path +
                           " gives its values no errors, so that what follows has none either");
  return answer;
}

core::Reported& add_value(ModelAnswer& answer, const std::string& name,
                          const core::Measured& measured, const std::string& where) {
  core::Reported reported;
  reported.name = name;
  reported.measured = measured;
  if (!where.empty()) reported.how["where"] = where;
  answer.result.quantities.push_back(std::move(reported));
  return answer.result.quantities.back();
}

std::vector<core::Measured> of_logarithms(const nano::UncertainParameters& parameters,
                                          const nano::Computed& logarithms) {
  auto measured = to_first_order(parameters, logarithms);
  for (auto& m : measured) {
    m.value = std::exp(m.value);
    m.standard_error *= m.value;
  }
  return measured;
}

std::vector<core::Measured> to_first_order(const nano::UncertainParameters& parameters,
                                           const nano::Computed& values) {
  const auto computed = values(parameters.best);
  const auto errors = nano::linear_errors(parameters, values);
  std::vector<core::Measured> measured;
  for (std::size_t k = 0; k < computed.size(); ++k)
    measured.push_back({computed[k], errors[k], "1"});
  return measured;
}

std::string celsius_text(double T) { return fmt::format("{:.6g} C", T - 273.15); }

}  // namespace vitreous::cli
