#include "io/lammps_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "io/fields.hpp"
#include "io/lammps_log.hpp"
#include "io/lammps_variables.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {
namespace {

/// What LAMMPS knows as commands: in a log, other lines are what it printed.
const std::set<std::string, std::less<>> command_names = {"angle_coeff",
                                                          "angle_style",
                                                          "atom_modify",
                                                          "atom_style",
                                                          "balance",
                                                          "bond_coeff",
                                                          "bond_style",
                                                          "bond_write",
                                                          "boundary",
                                                          "box",
                                                          "change_box",
                                                          "clear",
                                                          "comm_modify",
                                                          "comm_style",
                                                          "compute",
                                                          "compute_modify",
                                                          "create_atoms",
                                                          "create_bonds",
                                                          "create_box",
                                                          "delete_atoms",
                                                          "delete_bonds",
                                                          "dielectric",
                                                          "dihedral_coeff",
                                                          "dihedral_style",
                                                          "dimension",
                                                          "displace_atoms",
                                                          "dump",
                                                          "dump_modify",
                                                          "dynamical_matrix",
                                                          "echo",
                                                          "fix",
                                                          "fix_modify",
                                                          "group",
                                                          "group2ndx",
                                                          "hyper",
                                                          "if",
                                                          "improper_coeff",
                                                          "improper_style",
                                                          "include",
                                                          "info",
                                                          "jump",
                                                          "kim",
                                                          "kim_init",
                                                          "kim_interactions",
                                                          "kim_query",
                                                          "kspace_modify",
                                                          "kspace_style",
                                                          "label",
                                                          "lattice",
                                                          "log",
                                                          "mass",
                                                          "message",
                                                          "min_modify",
                                                          "min_style",
                                                          "minimize",
                                                          "molecule",
                                                          "neb",
                                                          "neigh_modify",
                                                          "neighbor",
                                                          "newton",
                                                          "next",
                                                          "package",
                                                          "pair_coeff",
                                                          "pair_modify",
                                                          "pair_style",
                                                          "pair_write",
                                                          "partition",
                                                          "prd",
                                                          "print",
                                                          "processors",
                                                          "python",
                                                          "quit",
                                                          "read_data",
                                                          "read_dump",
                                                          "read_restart",
                                                          "region",
                                                          "replicate",
                                                          "rerun",
                                                          "reset_atom_ids",
                                                          "reset_timestep",
                                                          "restart",
                                                          "run",
                                                          "run_style",
                                                          "server",
                                                          "set",
                                                          "shell",
                                                          "special_bonds",
                                                          "suffix",
                                                          "tad",
                                                          "temper",
                                                          "temper/grem",
                                                          "thermo",
                                                          "thermo_modify",
                                                          "thermo_style",
                                                          "third_order",
                                                          "timer",
                                                          "timestep",
                                                          "uncompute",
                                                          "undump",
                                                          "unfix",
                                                          "units",
                                                          "variable",
                                                          "velocity",
                                                          "write_coeff",
                                                          "write_data",
                                                          "write_dump",
                                                          "write_restart"};

/// Without what stands behind a '#' outside of quotes.
std::string_view without_comment(std::string_view line) {
  char quote = 0;
  for (std::size_t k = 0; k < line.size(); ++k) {
    const char c = line[k];
    if (quote == 0 && c == '#') return line.substr(0, k);
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
  }
  return line;
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool begun = false;
  for (const char c : command) {
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
      begun = true;
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      if (begun) words.push_back(word);
      word.clear();
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) words.push_back(word);
  return words;
}

class CommandReader {
 public:
  explicit CommandReader(const std::string& path) : text_(path) {
    out_.path = path;
    out_.is_log = is_lammps_log(path);
  }

  LammpsCommands read() {
    std::string_view line;
    while (text_.next(line)) {
      if (joined_.empty()) begin_ = text_.line_number();
      const auto body = trim(without_comment(line));
      if (body.ends_with('&')) {
        joined_ += std::string(trim(body.substr(0, body.size() - 1))) + " ";
        continue;
      }
      take(joined_ + std::string(body));
      joined_.clear();
    }
    const bool any = std::any_of(out_.commands.begin(), out_.commands.end(),
                                 [](const auto& c) { return command_names.contains(c.name()); });
    if (!any) {
      base::Message message;
      message.file = text_.path();
      message.problem = "holds no LAMMPS command";
      message.why = "neither the input script of a run nor its log";
      throw base::InputError(message);
    }
    return std::move(out_);
  }

 private:
  void take(const std::string& command) {
    if (command.empty()) return;
    const auto fields = split_fields(command);
    if (out_.is_log && !is_echo(command, fields.front())) return take_output(fields);
    const auto replaced = variables_.substitute(command);
    // LAMMPS echoes a command once more after each replacement.
    if (out_.is_log && (replaced.text != command || !replaced.missing.empty())) return;
    LammpsCommand one{begin_, words_of(replaced.text), replaced.text, replaced.missing, {}};
    if (one.words.empty()) return;
    printed_ = one.name() == "print" && one.words.size() > 1 ? one.words[1] : std::string();
    if (one.words.size() > 1) follow_timestep(one.name(), one.words[1]);
    if (one.name() == "variable") variables_.define({one.words.begin() + 1, one.words.end()});
    out_.commands.push_back(std::move(one));
  }

  /// `dt` in a formula is the time step.
  void follow_timestep(const std::string& name, const std::string& value) {
    if (name == "units" && value == "metal") variables_.set_timestep("0.001");
    if (name == "units" && value == "real") variables_.set_timestep("1.0");
    if (name == "timestep") variables_.set_timestep(value);
  }

  bool is_echo(const std::string& command, std::string_view name) const {
    if (!printed_.empty() && command == printed_) return false;
    return command_names.contains(name) && command.find(" CPU = ") == command.npos;
  }

  /// "Created 256 atoms", "  133 settings made for type/fraction", "  256 atoms".
  void take_output(const std::vector<std::string_view>& f) {
    if (out_.commands.empty()) return;
    auto& last = out_.commands.back();
    const bool made = f.size() == 3 && f[0] == "Created" && f[2] == "atoms";
    const bool set = f.size() >= 3 && f[1] == "settings" && f[2] == "made";
    const bool read = f.size() == 2 && f[1] == "atoms";
    if (made) last.count = to_integer(f[1]);
    if (set || (read && !last.count)) last.count = to_integer(f[0]);
  }

  TextSource text_;
  LammpsCommands out_;
  LammpsVariables variables_;
  std::string joined_, printed_;
  std::size_t begin_ = 0;
};

}  // namespace

LammpsCommands read_lammps_commands(const std::string& path) { return CommandReader(path).read(); }

}  // namespace vitreous::io
