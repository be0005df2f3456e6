#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/description.hpp"

namespace vitreous::cli {
namespace {

struct ShowOptions {
  std::string path, quantity;
  bool json = false;
};

/// The item of that name; all of a group ("liquid" for liquid.D, liquid.Q) where none has it.
std::vector<NamedItem> select(const Description& description, const ShowOptions& options) {
  std::vector<NamedItem> exact, group;
  std::vector<std::string> names;
  for (const auto& item : description.items) {
    names.push_back(item.name);
    if (item.name == options.quantity) exact.push_back(item);
    if (item.name.starts_with(options.quantity + ".") ||
        item.name.starts_with(options.quantity + "/"))
      group.push_back(item);
  }
  if (!exact.empty()) return exact;
  if (!group.empty()) return group;
  base::Message message;
  message.file = options.path;
  message.problem = fmt::format("has nothing called \"{}\"", options.quantity);
  if (names.empty()) {
    message.why = "it holds no quantity at all";
  } else {
    const bool many = names.size() > 12;
    message.why =
        fmt::format("it has {}{}",
                    fmt::join(names.begin(), names.begin() + (many ? 12 : std::ssize(names)), ", "),
                    many ? fmt::format(" and {} more", names.size() - 12) : "");
    if (const auto nearest = base::nearest_name(options.quantity, names); !nearest.empty())
      message.tries = {fmt::format("vitreous show {} {}", options.path, nearest)};
  }
  throw base::InputError(message);
}

void print(const Shown& shown, bool json) {
  if (json)
    fmt::print("{}\n", shown.json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  else
    fmt::print("{}", shown.text);
}

void run_show(const ShowOptions& options) {
  const Description description = describe_path(options.path);
  for (const auto& warning : description.warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (options.quantity.empty()) {
    print(description.whole, options.json);
    if (!description.next.empty()) fmt::print(stderr, "next: {}\n", description.next);
    return;
  }
  const auto items = select(description, options);
  Shown all{{}, nlohmann::ordered_json::array()};
  for (const auto& item : items) {
    const Shown one = item.show();
    all.text += one.text;
    all.json.push_back(one.json);
  }
  if (items.size() == 1) all.json = nlohmann::ordered_json(all.json[0]);
  print(all, options.json);
  fmt::print(stderr, "next: vitreous show {}\n", options.path);
}

}  // namespace

Command show_command() {
  return {"show", "Describes a file or a run; prints a result", "vitreous show bulk-quick liquid.Q",
          [](CLI::App& app, int&) {
            auto options = std::make_shared<ShowOptions>();
            app.add_option("PATH", options->path,
                           "a configuration, trajectory, checkpoint, table, results.json, or the "
                           "folder of a run, a branch or an analysis")
                ->required();
            app.add_option("QUANTITY", options->quantity,
                           "a quantity, table, column or dataset of it");
            app.add_flag("--json", options->json, "print JSON");
            app.callback([options] { run_show(*options); });
          }};
}

}  // namespace vitreous::cli
