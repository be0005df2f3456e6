#include "cli/nanomold/answer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>

#include "cli/python_package.hpp"
#include "cli/result_text.hpp"
#include "io/csv.hpp"
#include "io/results_json.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {

namespace nano = models::nanomold;

void add_nanomold_options(CLI::App& app, NanomoldOptions& options) {
  app.add_option("--parameters", options.parameters,
                 "a TOML file: viscosity, interface diffusion, atomic volume of an alloy")
      ->required();
  app.add_flag("--json", options.json, "print JSON");
  app.add_option("--out", options.out, "a folder for tables and figures");
}

std::string heading_of(const std::string& title, const nano::Parameters& p) {
  const bool published = p.hp_prefactor == nano::published_hp_prefactor;
  return fmt::format("{}rule {}, Hagen-Poiseuille prefactor {} ({}), capillarity {}",
                     title.empty() ? "" : title + ": ", nano::to_text(p.rule), p.hp_prefactor,
                     published ? "as published" : "the integral of the flow law",
                     p.capillarity ? "on" : "off");
}

Answer answer_of(const std::string& name, const AlloyFile& alloy) {
  Answer answer;
  answer.name = name;
  answer.heading = heading_of(alloy.title, alloy.parameters.best);
  if (alloy.parameters.names.empty())
    answer.notes.push_back(alloy.path +
                           " gives its values no errors, so that what follows has none either");
  return answer;
}

core::Reported& add_value(Answer& answer, const std::string& name, const core::Measured& measured,
                          const std::string& where) {
  core::Reported reported;
  reported.name = name;
  reported.measured = measured;
  if (!where.empty()) reported.how["where"] = where;
  answer.quantities.push_back(std::move(reported));
  return answer.quantities.back();
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

int give(const Answer& answer, const NanomoldOptions& options) {
  if (options.json)
    fmt::print("{}\n", io::to_results_json({true, answer.quantities, answer.heading}));
  else
    fmt::print("{}\n{}", answer.heading, quantity_lines(answer.quantities));
  for (const auto& note : answer.notes) fmt::print(stderr, "note: {}\n", note);
  int status = 0;
  if (!options.out.empty()) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    fs::create_directories(options.out, ignored);
    const fs::path folder(options.out);
    for (const auto& table : answer.tables)
      io::write_file((folder / (table.name + ".csv")).string(), io::to_csv(table));
    io::write_file((folder / (answer.name + ".json")).string(),
                   io::to_results_json({true, answer.quantities, answer.heading}));
    status = run_python("vitreous.plot_nanomold", {answer.name, options.out}) == 0 ? 0 : 1;
    if (status == 0)
      fmt::print(stderr, "wrote {0}: tables, {1}.json, figures\n", options.out, answer.name);
  }
  if (!answer.next.empty()) fmt::print(stderr, "next: {}\n", answer.next);
  return status;
}

}  // namespace vitreous::cli
