#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/potential_summary.hpp"
#include "cli/python_package.hpp"
#include "core/element.hpp"
#include "io/potential_source.hpp"
#include "io/safe_file.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

struct PotentialListOptions {
  std::vector<std::string> elements;
  bool json = false;
};

struct PotentialShowOptions {
  std::string name;
  std::string plot;
  bool json = false;
};

void require_elements(const std::vector<std::string>& symbols) {
  for (const auto& symbol : symbols) {
    if (core::atomic_number(symbol) > 0) continue;
    throw base::InputError(fmt::format("\"{}\" is not the symbol of an element", symbol), {},
                           {"vitreous potential list Cu Zr"});
  }
}

void list_potentials(const PotentialListOptions& options) {
  require_elements(options.elements);
  const auto models = io::list_kim_models(options.elements);
  if (options.json) {
    fmt::print("{}\n", nlohmann::json(models).dump(2));
  } else {
    for (const auto& name : models) fmt::print("kim:{}\n", name);
  }
  if (models.empty())
    fmt::print(stderr,
               "no installed KIM model describes {}\n"
               "next: a setfl file (eam.alloy, eam.fs) can be named by its path\n",
               fmt::join(options.elements, " and "));
  else
    fmt::print(stderr, "next: vitreous potential show kim:{}\n", models.front());
}

/// The table beside the picture: under each figure its CSV.
int plot(const potential::EamTables& tables, const std::string& file) {
  const fs::path path(file);
  const std::string kind = path.extension().string();
  if (kind != ".csv" && kind != ".svg" && kind != ".png")
    throw base::InputError(fmt::format("--plot {}: not a kind of plot", file),
                           "a plot is a .svg or .png file with its .csv, or a .csv alone");
  const std::string csv = fs::path(path).replace_extension(".csv").string();
  io::write_file(csv, function_table_csv(tables));
  fmt::print(stderr, "wrote {}\n", csv);
  if (kind == ".csv") return 0;
  const int status = run_python("vitreous.plot_potential", {csv, file, tables.name});
  if (status == 0) fmt::print(stderr, "wrote {}\n", file);
  return status == 0 ? 0 : 1;
}

int show(const PotentialShowOptions& options) {
  const auto tables = io::read_potential(options.name);
  const auto summary = summarize(tables);
  fmt::print("{}", options.json ? to_json(tables, summary) : to_text(tables, summary));
  const int status = options.plot.empty() ? 0 : plot(tables, options.plot);
  fmt::print(stderr, "next: vitreous evaluate CONFIG --potential {} --out FILE.extxyz\n",
             options.name);
  return status;
}

}  // namespace

Command potential_command() {
  return {"potential", "Lists potentials by element; tells what one holds",
          "vitreous potential show kim:MO_600021860456_005 --plot cuzr.svg",
          [](CLI::App& app, int& status) {
            app.require_subcommand(1);
            auto listing = std::make_shared<PotentialListOptions>();
            CLI::App* list_app = app.add_subcommand(
                "list", "Installed KIM models that describe all of the named elements");
            list_app->add_option("ELEMENTS", listing->elements, "e.g. Cu Zr")
                ->required()
                ->delimiter(',');
            list_app->add_flag("--json", listing->json, "print JSON");
            list_app->callback([listing] { list_potentials(*listing); });

            auto showing = std::make_shared<PotentialShowOptions>();
            CLI::App* show_app = app.add_subcommand(
                "show", "Elements, tables, where each function ends, reference crystals");
            show_app
                ->add_option("NAME", showing->name,
                             "a setfl file, or kim:ANY_UNIQUE_PART of a KIM model's name")
                ->required();
            show_app->add_flag("--json", showing->json, "print JSON");
            show_app->add_option("--plot", showing->plot,
                                 "draw phi(r), rho(r) and F(rho): FILE.svg, .png or .csv");
            show_app->callback([showing, &status] { status = show(*showing); });
          }};
}

}  // namespace vitreous::cli
