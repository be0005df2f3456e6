#include "cli/lammps_timing.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <limits>
#include <regex>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "cli/arguments.hpp"
#include "io/fields.hpp"
#include "io/lammps_data.hpp"
#include "io/safe_file.hpp"
#include "io/setfl.hpp"

namespace vitreous::cli {
namespace {

namespace fs = std::filesystem;

std::string new_folder() {
  std::string name = (fs::temp_directory_path() / "vitreous-bench-XXXXXX").string();
  if (!mkdtemp(name.data())) throw base::RunError("cannot make a folder like " + name);
  return name;
}

/// The first number that the pattern captures.
double number_in(const std::string& text, const std::string& pattern) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(pattern)))
    throw base::RunError("LAMMPS' output does not tell how long it took",
                         "no line is like " + pattern);
  return io::to_number(match[1].str()).value();
}

std::string fix_of(const engine::Protocol& protocol) {
  constexpr double bar = base::eV_per_A3_to_GPa * 1e4;
  const double t = protocol.temperature.at(0);
  const std::string thermostat = fmt::format("temp {} {} {}", t, t, protocol.temperature_damping);
  switch (protocol.ensemble) {
    case engine::Ensemble::nve:
      return "nve";
    case engine::Ensemble::nvt:
      return "nvt " + thermostat;
    case engine::Ensemble::npt:
      return fmt::format("npt {} iso {} {} {}", thermostat, protocol.pressure.at(0) * bar,
                         protocol.pressure.at(0) * bar, protocol.pressure_damping);
  }
  return "";
}

}  // namespace

LammpsTiming::LammpsTiming(std::string program, const core::Box& box, const core::Atoms& atoms,
                           const potential::EamTables& tables, const engine::Protocol& protocol)
    : program_(std::move(program)),
      folder_(new_folder()),
      fix_(fix_of(protocol)),
      atoms_(atoms.size()),
      timestep_(protocol.timestep) {
  const std::string help = folder_ + "/help.txt";
  const std::string command = shell_word(program_) + " -h > " + shell_word(help) + " 2>&1";
  if (std::system(command.c_str()) != 0)
    throw base::RunError("cannot run " + program_, "",
                         {"install Debian's lammps", "--lammps PATH"});
  const std::string styles = io::read_file(help);
  for (const char* style : {"eam/fs/opt", "eam/fs"})
    if (pair_style_.empty() && styles.find(style) != styles.npos) pair_style_ = style;
  if (pair_style_.empty())
    throw base::RunError(program_ + " has no pair style eam/fs", "it was built without MANYBODY");
  for (const auto& kind : atoms.kinds) elements_ += " " + kind.name;
  io::write_file(folder_ + "/start.data", io::to_lammps_data(box, atoms, 0, true).text);
  io::write_file(folder_ + "/potential", io::write_setfl(tables));
}

LammpsTiming::~LammpsTiming() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string LammpsTiming::input(int steps) const {
  return fmt::format(
      "units metal\natom_style atomic\nbox tilt large\nread_data start.data\n"
      "pair_style {}\npair_coeff * * potential{}\nneighbor {} bin\n"
      "neigh_modify every 1 delay 0 check yes\ntimestep {}\nfix move all {}\n"
      "thermo {}\nrun {}\n",
      pair_style_, elements_, skin_, timestep_, fix_, steps, steps);
}

double LammpsTiming::run(int steps) const {
  io::write_file(folder_ + "/in.lammps", input(steps));
  const std::string command =
      fmt::format("cd {} && OMP_NUM_THREADS=1 {} -in in.lammps -log log.lammps > out.txt 2>&1",
                  shell_word(folder_), shell_word(program_));
  const bool failed = std::system(command.c_str()) != 0;
  const std::string out = io::read_file(folder_ + "/out.txt");
  if (failed)
    throw base::RunError(program_ + " failed",
                         out.substr(out.size() - std::min<std::size_t>(out.size(), 400)));
  // Where the core is shared the wall time counts what others did.
  const double seconds = number_in(out, "Loop time of ([0-9.eE+-]+) on");
  const double share = number_in(out, "([0-9.]+)% CPU use") / 100.0;
  return seconds * share / steps / static_cast<double>(atoms_) * 1e6;
}

double LammpsTiming::find_best_skin(int steps) {
  double best = std::numeric_limits<double>::infinity(), best_skin = skin_;
  for (const double skin : {0.4, 0.6, 0.8, 1.1, 1.5}) {
    skin_ = skin;
    if (const double time = run(steps); time < best) best = time, best_skin = skin;
  }
  return skin_ = best_skin;
}

}  // namespace vitreous::cli
