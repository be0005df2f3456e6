#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace vitreous::cli {
namespace {

void add_command(CLI::App& app, const Command& command, int& status) {
  CLI::App* sub = app.add_subcommand(command.name, command.one_line);
  if (!command.example.empty()) sub->footer("Example:\n  " + command.example);
  command.set_up(*sub, status);
}

/// "vitreous nanomold lenght": CLI11 would say no more than that a command is needed.
void require_known_commands(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* at = &app;
  for (int k = 1; k < argc && at->get_require_subcommand_min() > 0; ++k) {
    const std::string word = argv[k];
    if (word.starts_with("-")) return;
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const auto* sub : at->get_subcommands({})) {
      names.push_back(sub->get_name());
      if (sub->get_name() == word) next = sub;
    }
    if (!next) {
      const auto nearest = base::nearest_name(word, names);
      std::vector<std::string> tries;
      if (!nearest.empty()) tries.push_back(nearest);
      throw base::InputError(fmt::format("{} has no command \"{}\"", at->get_name(), word),
                             fmt::format("its commands are {}", fmt::join(names, ", ")), tries);
    }
    at = next;
  }
}

/// What was printed may still fail to arrive: `vitreous ... > FILE` on a full disk.
void require_written() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw base::RunError(fmt::format("standard output: {}", std::strerror(errno)),
                         "what was printed there is not whole",
                         {"free some space, then run the same command again"});
}

}  // namespace

int run(int argc, const char* const* argv) {
  CLI::App app{"Metallic glasses in the computer, and how their atoms move.", "vitreous"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "vitreous " VITREOUS_VERSION);
  app.footer("Start with:\n  vitreous new Cu50Zr50 > study.toml && vitreous run study.toml");
  int status = 0;
  for (const auto& command : all_commands()) add_command(app, command, status);
  try {
    require_known_commands(app, argc, argv);
    app.parse(argc, argv);
    require_written();
    return status;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const base::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  } catch (const base::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {} (this is a defect of vitreous: please report it)\n",
               error.what());
    return 1;
  }
}

}  // namespace vitreous::cli
