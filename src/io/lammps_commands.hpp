// The commands of a LAMMPS run, from its log (which echoes them) or from its input script.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vitreous::io {

struct LammpsCommand {
  std::size_t line = 0;            ///< where it begins, from 1
  std::vector<std::string> words;  ///< variables replaced, quotes and comments taken off
  std::string text;                ///< as one line
  std::string missing;             ///< a variable in it that has no value here; "" where all have
  /// Of a log: how many atoms it says that the command made, read, or set.
  std::optional<std::int64_t> count;

  const std::string& name() const { return words.front(); }
};

struct LammpsCommands {
  std::string path;
  bool is_log = false;
  std::vector<LammpsCommand> commands;
};

/// A log has each command in the form
/// in which LAMMPS carried it out, loops and conditions unrolled; of a script, variables are
/// replaced as far as their values stand in it. Throws InputError where the file cannot be read, or
/// holds no command at all.
LammpsCommands read_lammps_commands(const std::string& path);

}  // namespace vitreous::io
