// A subcommand: each stands in one file under cli/commands and is listed in commands.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace vitreous::cli {

struct Command {
  std::string name;
  std::string one_line;
  std::string example;  ///< shown by --help
  /// Adds options to `app` and a callback that does the work; what it returns through `status` is
  /// the exit status of a command that ends without an exception.
  std::function<void(CLI::App& app, int& status)> set_up;
};

/// Every subcommand, in the order of `vitreous --help`.
std::vector<Command> all_commands();

/// Parses and runs; returns the exit status: 0 done, 1 a branch failed, 2 bad input, 130/143
/// interrupted.
int run(int argc, const char* const* argv);

}  // namespace vitreous::cli
