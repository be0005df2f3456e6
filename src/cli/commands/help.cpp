#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/topics.hpp"

namespace vitreous::cli {
namespace {

struct Found {
  const TopicGroup* group;
  const core::Declaration* declaration;
};

/// Everything of that name: a law and a stage may share one.
std::vector<Found> find_topic(const std::string& topic) {
  std::vector<Found> found;
  for (const auto& group : topic_groups())
    for (const auto& declaration : *group.declarations)
      if (declaration.name == topic) found.push_back({&group, &declaration});
  return found;
}

std::vector<std::string> names_of(const CLI::App& whole) {
  std::vector<std::string> names;
  for (const auto& group : topic_groups())
    for (const auto& declaration : *group.declarations) names.push_back(declaration.name);
  for (const CLI::App* command : whole.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

const CLI::App* find_command(const CLI::App& whole, const std::string& name) {
  for (const CLI::App* command : whole.get_subcommands([](const CLI::App*) { return true; }))
    if (command->get_name() == name) return command;
  return nullptr;
}

/// Prints whatever carries the name: a group as a list, a declaration or a command in full.
bool print_topic(const CLI::App& whole, const std::string& topic) {
  bool any = false;
  for (const auto& group : topic_groups())
    if (group.name == topic) {
      fmt::print("{}", declaration_list(*group.declarations));
      any = true;
    }
  for (const auto& [group, declaration] : find_topic(topic)) {
    fmt::print("{}{}", any ? "\n" : "", declaration_text(*group, *declaration));
    any = true;
  }
  if (const CLI::App* command = find_command(whole, topic)) {
    fmt::print("{}{}", any ? "\n" : "", command->help());
    any = true;
  }
  return any;
}

void help(const CLI::App& whole, const std::string& topic) {
  if (topic.empty()) {
    // whole.help() would be that of the subcommand in use, which is this one
    const auto usage =
        whole.get_formatter()->make_help(&whole, whole.get_name(), CLI::AppFormatMode::Normal);
    fmt::print("{}\nTopics of `vitreous help`:", usage);
    for (const auto& group : topic_groups()) {
      std::vector<std::string> names;
      for (const auto& declaration : *group.declarations) names.push_back(declaration.name);
      fmt::print("\n  {}: {}", group.name, fmt::join(names, ", "));
    }
    fmt::print("\n");
    return;
  }
  if (topic == "units" || topic == "potentials")
    throw base::InputError(fmt::format("there is no topic \"{}\"", topic), "they are listed",
                           {"vitreous list " + topic});
  if (!print_topic(whole, topic)) {
    const std::string nearest = base::nearest_name(topic, names_of(whole));
    throw base::InputError(fmt::format("there is no topic \"{}\"", topic),
                           "`vitreous list` names them all, `vitreous --help` the commands",
                           nearest.empty() ? std::vector<std::string>{}
                                           : std::vector<std::string>{"vitreous help " + nearest});
  }
  fmt::print(stderr, "next: vitreous list\n");
}

}  // namespace

Command help_command() {
  return {"help", "Explains a stage, observer, law, format, section of a study, or command",
          "vitreous help msd", [](CLI::App& app, int&) {
            auto topic = std::make_shared<std::string>();
            app.add_option("TOPIC", *topic, "e.g. msd, hold, arrhenius, stage, run");
            app.callback([topic, &app] { help(*app.get_parent(), *topic); });
          }};
}

}  // namespace vitreous::cli
