#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/units.hpp"
#include "cli/commands/commands.hpp"
#include "cli/topics.hpp"
#include "io/potential_source.hpp"

namespace vitreous::cli {
namespace {

struct ListOptions {
  std::string what;
  bool json = false;
};

std::vector<std::string> listed() {
  std::vector<std::string> names;
  for (const auto& group : topic_groups()) names.push_back(group.name);
  names.insert(names.end(), {"potentials", "units"});
  return names;
}

void print_potentials(bool json) {
  const auto models = io::list_kim_models({});
  if (json)
    fmt::print("{}\n", nlohmann::json(models).dump(2));
  else
    for (const auto& name : models) fmt::print("  kim:{}\n", name);
  fmt::print(stderr, "next: vitreous potential show kim:NAME\n");
}

void print_units(bool json) {
  const auto units = base::known_units();
  if (json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& [symbol, about] : units) list.push_back({{"unit", symbol}, {"is", about}});
    fmt::print("{}\n", list.dump(2));
  } else {
    for (const auto& [symbol, about] : units) fmt::print("  {:<10}  {}\n", symbol, about);
  }
  fmt::print(stderr, "next: vitreous new writes a study with units in it\n");
}

void print_group(const TopicGroup& group, bool json) {
  fmt::print("{}", json ? declaration_list_json(*group.declarations)
                        : declaration_list(*group.declarations));
  fmt::print(stderr, "next: vitreous help {}\n", group.declarations->front().name);
}

void list_all() {
  for (const auto& group : topic_groups())
    fmt::print("{}\n{}\n", group.name, declaration_list(*group.declarations));
  fmt::print("vitreous list potentials, vitreous list units: what is installed and understood\n");
  fmt::print(stderr, "next: vitreous help TOPIC\n");
}

void list(const ListOptions& options) {
  if (options.what.empty()) {
    if (options.json)
      throw base::InputError("--json lists one sort at a time", {},
                             {"vitreous list stages --json"});
    return list_all();
  }
  if (options.what == "potentials") return print_potentials(options.json);
  if (options.what == "units") return print_units(options.json);
  for (const auto& group : topic_groups())
    if (group.name == options.what) return print_group(group, options.json);
  const std::string nearest = base::nearest_name(options.what, listed());
  throw base::InputError(fmt::format("there is no list of \"{}\"", options.what),
                         fmt::format("there are {}", fmt::join(listed(), ", ")),
                         nearest.empty() ? std::vector<std::string>{}
                                         : std::vector<std::string>{"vitreous list " + nearest});
}

}  // namespace

Command list_command() {
  return {"list", "Lists stages, observers, laws, formats, potentials, units",
          "vitreous list observers", [](CLI::App& app, int&) {
            auto options = std::make_shared<ListOptions>();
            app.add_option("WHAT", options->what, fmt::format("{}", fmt::join(listed(), ", ")));
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options] { list(*options); });
          }};
}

}  // namespace vitreous::cli
