#include "study/lammps_history.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "base/error.hpp"
#include "io/fields.hpp"
#include "study/lammps_alloy.hpp"
#include "study/lammps_fixes.hpp"

namespace vitreous::study {
namespace {

using LammpsArguments = std::vector<std::string>;

constexpr double bar_per_atm = 1.01325;

/// Has no counterpart and needs none: how LAMMPS computes, not what; or a study does it by itself.
const std::set<std::string, std::less<>> passed_over = {
    "atom_modify", "atom_style",     "balance",        "box",
    "comm_modify", "comm_style",     "dump_modify",    "echo",
    "fix_modify",  "group",          "info",           "label",
    "log",         "min_modify",     "min_style",      "neigh_modify",
    "neighbor",    "newton",         "package",        "print",
    "processors",  "reset_atom_ids", "reset_timestep", "restart",
    "shell",       "suffix",         "thermo_modify",  "thermo_style",
    "timer",       "units",          "variable",       "write_coeff",
    "write_data",  "write_dump",     "write_restart"};

const std::map<std::string, std::string, std::less<>> why_not = {
    {"clear", "a study is one simulation; write one of each"},
    {"delete_atoms", "a study keeps its atoms"},
    {"displace_atoms", "a study has no such stage"},
    {"include", "give the log of the run: it has all commands in it"},
    {"if", "conditions are not followed: the log of the run has what they led to"},
    {"jump", "loops are not followed: the log of the run has them unrolled"},
    {"next", "loops are not followed: the log of the run has them unrolled"},
    {"neb", "barriers: the observer `hops` with `barriers`"},
    {"rerun", "`vitreous analyze` reads dumps"},
    {"run_style", "velocity Verlet alone"},
    {"pair_modify", "the potential is taken as its file has it"}};

class HistoryReader {
 public:
  explicit HistoryReader(const io::LammpsCommands& commands)
      : commands_(commands), alloy_(std::filesystem::path(commands.path).parent_path().string()) {
    out_.path = commands.path;
    out_.is_log = commands.is_log;
  }

  LammpsHistory read() {
    require_units();
    for (const auto& command : commands_.commands) {
      now_ = &command;
      try {
        if (!command.missing.empty() && !passed_over.contains(command.name()))
          throw base::InputError(
              fmt::format("{} has no value here; the log of the run has it", command.missing));
        take(command);
      } catch (const base::InputError& error) {
        const auto& message = error.message();
        not_read(message.why.empty() ? message.problem : message.problem + ": " + message.why);
      }
    }
    if (out_.stretches.empty()) {
      base::Message message;
      message.file = commands_.path;
      message.problem = "has no run of dynamics that a study can say";
      for (const auto& remark : out_.not_read)
        if (remark.command.starts_with("fix") || remark.command.starts_with("run") ||
            remark.command.starts_with("units"))
          message.why += fmt::format("{}line {}: {}: {}", message.why.empty() ? "" : "; ",
                                     remark.line, remark.command, remark.why);
      if (message.why.empty()) message.why = "there is no `run` in it";
      throw base::InputError(message);
    }
    out_.elements = alloy_.elements();
    out_.counts = alloy_.counts();
    out_.atoms = alloy_.atoms();
    return std::move(out_);
  }

 private:
  /// The command as it is shown: columns of blanks tell nothing.
  std::string shown() const { return fmt::format("{}", fmt::join(now_->words, " ")); }
  void not_read(const std::string& why) { out_.not_read.push_back({now_->line, shown(), why}); }
  void otherwise(const std::string& why) { out_.otherwise.push_back({now_->line, shown(), why}); }

  void take(const io::LammpsCommand& command) {
    static const std::map<std::string, void (HistoryReader::*)(const LammpsArguments&), std::less<>>
        known = {{"timestep", &HistoryReader::take_timestep},
                 {"pair_style", &HistoryReader::take_pair_style},
                 {"pair_coeff", &HistoryReader::take_pair_coeff},
                 {"kim", &HistoryReader::take_kim},
                 {"kim_init", &HistoryReader::take_kim},
                 {"velocity", &HistoryReader::take_velocity},
                 {"fix", &HistoryReader::take_fix},
                 {"unfix", &HistoryReader::take_unfix},
                 {"dump", &HistoryReader::take_dump},
                 {"undump", &HistoryReader::take_undump},
                 {"compute", &HistoryReader::take_compute},
                 {"uncompute", &HistoryReader::take_uncompute},
                 {"thermo", &HistoryReader::take_thermo},
                 {"dimension", &HistoryReader::take_dimension},
                 {"boundary", &HistoryReader::take_boundary},
                 {"change_box", &HistoryReader::take_change_box},
                 {"minimize", &HistoryReader::take_minimize},
                 {"run", &HistoryReader::take_run}};
    if (passed_over.contains(command.name())) return;
    const bool of_atoms = alloy_.take(command);
    const auto found = known.find(command.name());
    if (found != known.end()) return (this->*found->second)(command.words);
    if (of_atoms) return;
    // At the head of a script it clears nothing.
    if (command.name() == "clear" && out_.stretches.empty()) return;
    const auto why = why_not.find(command.name());
    // A log unrolls loops and conditions.
    if (commands_.is_log && why != why_not.end() &&
        why->second.find("log of the run") != std::string::npos)
      return;
    not_read(why != why_not.end() ? why->second : "not known here");
  }

  /// LAMMPS' own default is units lj.
  void require_units() {
    const auto found = std::find_if(commands_.commands.begin(), commands_.commands.end(),
                                    [](const auto& c) { return c.name() == "units"; });
    const bool told = found != commands_.commands.end() && found->words.size() > 1;
    const std::string units = told ? found->words[1] : "lj";
    if (units == "real") {
      time_unit_ = 1e-3;
      fixes_ = LammpsFixes(time_unit_, bar_per_atm);
    }
    if (units == "real" || units == "metal") return;
    base::Message message;
    message.file = commands_.path;
    message.line = told ? found->line : 0;
    message.problem = told ? fmt::format("units {} are not read", units)
                           : "does not tell its units, which are lj then";
    message.why =
        "lengths and times of a study are in angstrom and ps, which these cannot be told in";
    message.tries = {"a run in units metal or real"};
    throw base::InputError(message);
  }
  void take_timestep(const LammpsArguments& words) {
    timestep_ = time_unit_ * required_number(words, 1);
  }

  void take_pair_style(const LammpsArguments& words) {
    if (words.size() < 2) return;
    const std::string style = plain_style(words[1]);
    if (style == "kim" && words.size() > 2) {
      out_.potential = "kim:" + words[2];
    } else if (style != "eam/alloy" && style != "eam/fs") {
      reads_coefficients_ = false;
      throw base::InputError("a study takes eam/alloy, eam/fs (setfl files) or KIM's EAM models");
    }
    reads_coefficients_ = true;
  }

  void take_pair_coeff(const LammpsArguments& words) {
    if (!reads_coefficients_) throw base::InputError("of a pair_style that is not read");
    if (words.size() > 3 && out_.potential.empty()) out_.potential = alloy_.find(words[3]);
  }

  void take_kim(const LammpsArguments& words) {
    if (words[0] == "kim_init" && words.size() > 1) out_.potential = "kim:" + words[1];
    if (words.size() > 2 && words[1] == "init") out_.potential = "kim:" + words[2];
  }

  void take_fix(const LammpsArguments& words) {
    if (const auto why = fixes_.add(words); !why.empty()) otherwise(why);
  }
  void take_unfix(const LammpsArguments& words) {
    if (words.size() > 1) fixes_.remove(words[1]);
  }

  void take_velocity(const LammpsArguments& words) {
    if (words.size() < 4 || (words[2] != "create" && words[2] != "scale")) return;
    temperature_ = required_number(words, 3);
    if (words[2] == "create" && words.size() > 4 && !out_.seed)
      out_.seed = io::to_integer(words[4]);
  }

  // ---- what is looked at

  void take_dump(const LammpsArguments& words) {
    if (words.size() < 5) throw base::InputError("it ends early");
    const double every = required_number(words, 4);
    const auto& style = words[3];
    if (!style.starts_with("atom") && !style.starts_with("custom") && !style.starts_with("xyz") &&
        !style.starts_with("extxyz") && !style.starts_with("cfg"))
      throw base::InputError("a study saves LAMMPS dumps or extended XYZ");
    dumps_[words[1]] = every;
  }
  void take_undump(const LammpsArguments& words) {
    if (words.size() > 1) dumps_.erase(words[1]);
  }

  void take_compute(const LammpsArguments& words) {
    static const std::map<std::string, std::string, std::less<>> observers = {
        {"msd", "msd"},
        {"msd/nongauss", "non_gaussian"},
        {"rdf", "rdf"},
        {"voronoi/atom", "voronoi"}};
    static const std::set<std::string, std::less<>> of_thermo = {"temp", "pressure", "pe", "ke"};
    if (words.size() < 4) return;
    if (of_thermo.contains(words[3])) return;
    const auto found = observers.find(words[3]);
    if (found == observers.end())
      throw base::InputError("what a study measures: `vitreous list observers`");
    computes_[words[1]] = found->second;
  }
  void take_uncompute(const LammpsArguments& words) {
    if (words.size() > 1) computes_.erase(words[1]);
  }

  void take_thermo(const LammpsArguments& words) {
    thermo_ = words.size() > 1 && io::to_number(words[1]) ? *io::to_number(words[1]) : 0.0;
  }

  // ---- what happens

  /// change_box all z delta -10 10: empty space on both sides.
  void take_change_box(const LammpsArguments& words) {
    const bool opens = words.size() >= 6 && words[2].size() == 1 && words[3] == "delta";
    const double low = opens ? required_number(words, 4) : 0.0;
    const double high = opens ? required_number(words, 5) : 0.0;
    if (!opens || words[2] < "x" || words[2] > "z" || !(high > 0.0) ||
        std::abs(low + high) > 1e-9 ||
        std::find(words.begin(), words.end(), "remap") != words.end() || out_.stretches.empty())
      throw base::InputError(
          "a study opens its box alike on both sides (stage free_surface), no more");
    opening_ = {words[2].front(), high};
  }

  void take_dimension(const LammpsArguments& words) {
    if (words.size() > 1 && words[1] != "3") throw base::InputError("a study has three");
  }

  void take_boundary(const LammpsArguments& words) {
    if (std::any_of(words.begin() + 1, words.end(), [](const auto& w) { return w != "p"; }))
      throw base::InputError("a study's box is periodic along all edges");
  }

  void take_minimize(const LammpsArguments&) {
    if (!out_.stretches.empty())
      throw base::InputError(
          "a stage of kind \"minimize\" does this beside the runs, not between them: add it by "
          "hand");
  }

  /// run N [upto] [start A] [stop B]: steps, and the shares of the fixes' ramps at its ends.
  struct Steps {
    double count = 0.0, begin = 0.0, end = 1.0;
  };
  Steps steps_of(const LammpsArguments& words) {
    Steps steps{required_number(words, 1)};
    double start = step_, stop = step_ + steps.count;
    for (std::size_t k = 2; k < words.size(); ++k) {
      if (words[k] == "upto") {
        steps.count -= step_;
        stop = step_ + steps.count;
      } else if (words[k] == "start") {
        start = required_number(words, ++k);
      } else if (words[k] == "stop") {
        stop = required_number(words, ++k);
      }
    }
    if (stop > start) {
      steps.begin = (step_ - start) / (stop - start);
      steps.end = (step_ + steps.count - start) / (stop - start);
    }
    return steps;
  }

  void take_run(const LammpsArguments& words) {
    const Steps steps = steps_of(words);
    if (steps.count <= 0.0) return;
    step_ += steps.count;
    const LammpsFix fix = fixes_.acting();
    LammpsStretch s;
    s.line = now_->line;
    s.timestep = timestep_;
    s.duration = steps.count * timestep_;
    s.ensemble = fix.presses ? "npt" : fix.heats ? "nvt" : "nve";
    s.stochastic = fix.stochastic;
    s.from = s.to = temperature_;
    if (fix.heats) {
      s.from = fix.from + (fix.to - fix.from) * steps.begin;
      s.to = fix.from + (fix.to - fix.from) * steps.end;
      s.temperature_damping = fix.temperature_damping;
    }
    if (!(s.from > 0.0) || !(s.to > 0.0)) throw base::InputError("its temperature is not told");
    if (fix.presses) {
      s.pressure = fix.pressure_to;
      s.pressure_damping = fix.pressure_damping;
    }
    for (const auto& [id, every] : dumps_)
      s.save = std::min(s.save.value_or(INFINITY), every * timestep_);
    for (const auto& [id, observer] : computes_)
      if (std::find(s.observe.begin(), s.observe.end(), observer) == s.observe.end())
        s.observe.push_back(observer);
    if (thermo_ > 0.0) s.observe.insert(s.observe.begin(), "thermo");
    s.opening = opening_;
    opening_.reset();
    temperature_ = s.to;
    out_.stretches.push_back(std::move(s));
  }

  const io::LammpsCommands& commands_;
  const io::LammpsCommand* now_ = nullptr;
  LammpsAlloy alloy_;
  LammpsHistory out_;
  bool reads_coefficients_ = false;
  double time_unit_ = 1.0, timestep_ = 0.001, temperature_ = 0.0, step_ = 0.0, thermo_ = 0.0;
  LammpsFixes fixes_{1.0, 1.0};
  std::map<std::string, double> dumps_;
  std::map<std::string, std::string> computes_;
  std::optional<std::pair<char, double>> opening_;
};

}  // namespace

LammpsHistory lammps_history(const io::LammpsCommands& commands) {
  return HistoryReader(commands).read();
}

}  // namespace vitreous::study
