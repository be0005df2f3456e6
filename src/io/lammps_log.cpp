#include "io/lammps_log.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "core/element.hpp"
#include "io/fields.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {
namespace {

/// Units of the thermo keywords that are read often; every other column is told without one.
std::string unit_of(std::string_view column, std::string_view units) {
  struct Kind {
    std::vector<std::string_view> columns;
    std::string metal, real;
  };
  static const std::vector<Kind> kinds = {
      {{"Temp"}, "K", "K"},
      {{"Press", "Pxx", "Pyy", "Pzz", "Pxy", "Pxz", "Pyz"}, "bar", "atm"},
      {{"PotEng", "KinEng", "TotEng", "E_pair", "Enthalpy"}, "eV", "kcal/mol"},
      {{"Volume"}, "angstrom^3", "angstrom^3"},
      {{"Lx", "Ly", "Lz"}, "angstrom", "angstrom"},
      {{"Density"}, "g/cm^3", "g/cm^3"},
      {{"Time", "Dt"}, "ps", "fs"}};
  for (const auto& kind : kinds)
    if (std::find(kind.columns.begin(), kind.columns.end(), column) != kind.columns.end())
      return units == "metal" ? kind.metal : units == "real" ? kind.real : "1";
  return "1";
}

class LogReader {
 public:
  explicit LogReader(const std::string& path) : text_(path) {}

  LammpsLog read() {
    std::string_view line;
    while (text_.next(line)) {
      // A command may go on in the next line.
      if (trim(line).ends_with('&')) {
        joined_ += std::string(trim(line).substr(0, trim(line).size() - 1)) + " ";
        continue;
      }
      const std::string whole = joined_ + std::string(line);
      joined_.clear();
      split_fields(whole, fields_);
      if (!fields_.empty()) take(whole);
    }
    if (cut_line_ > 0)
      log_.warnings.push_back(fmt::format(
          "line {}: the last row is cut short; the rows before it are used", cut_line_));
    if (!known_ && log_.runs.empty()) {
      base::Message message;
      message.file = text_.path();
      message.problem = "is no LAMMPS log: it has neither commands nor thermo tables";
      throw base::InputError(message);
    }
    for (auto& run : log_.runs) finish(run);
    if (!timestep_ && log_.units == "metal") timestep_ = 1.0e-3;
    if (!timestep_ && log_.units == "real") timestep_ = 1.0;
    if (timestep_) log_.timestep = *timestep_ * time_factor();
    return std::move(log_);
  }

 private:
  double time_factor() const { return log_.units == "real" ? 1e-3 : 1.0; }

  void take(const std::string& line) {
    const auto& f = fields_;
    if (in_table_ && take_row()) return;
    if (f[0] == "Step" && f.size() > 1 && !to_number(f[1])) return start_table();
    if (line.starts_with("Loop time of")) {
      in_table_ = false;
      const auto atoms = f.size() > 2 && f.back() == "atoms" ? to_integer(f[f.size() - 2]) : 0;
      if (!log_.runs.empty() && atoms && *atoms > 0)
        log_.runs.back().atoms = static_cast<std::size_t>(*atoms);
    } else if (f[0] == "LAMMPS" && f.size() > 1 && f[1].starts_with('(')) {
      known_ = true;
    } else if (f[0] == "units" && f.size() == 2) {
      set_units(f[1]);
    } else if (line.find("Unit style") != line.npos && f.size() == 4) {
      set_units(f[3]);
    } else if (f[0] == "timestep" && f.size() == 2) {
      if (const auto value = to_number(f[1])) timestep_ = *value, known_ = true;
    } else if (f.size() == 4 && f[0] == "Time" && f[1] == "step" && f[2] == ":") {
      if (const auto value = to_number(f[3])) timestep_ = *value;
    } else if (f[0] == "pair_coeff" && f.size() > 3 && f[1] == "*" && f[2] == "*") {
      set_elements();
    } else if (f[0] == "mass" && f.size() >= 3) {
      set_mass();
    } else if (f[0] == "reset_timestep" || f[0] == "clear" || f[0] == "create_box" ||
               (f[0] == "read_data" && f.size() > 1 && f[1] != "CPU")) {
      anew_ = true;
    }
  }

  void set_units(std::string_view name) {
    if (name != "metal" && name != "real")
      text_.fail(fmt::format("units {} are not read", name), {},
                 "lengths and times are needed in angstrom and ps; reduced units have none",
                 {"a run in units metal or real"});
    log_.units = name;
    known_ = true;
  }

  /// The elements at the end of pair_coeff * * file Cu Zr; NULL stands for none.
  void set_elements() {
    std::vector<std::string> names;
    for (std::size_t k = fields_.size(); k > 3; --k) {
      const std::string_view word = fields_[k - 1];
      if (word != "NULL" && !core::find_element(word)) break;
      names.emplace(names.begin(), word == "NULL" ? "" : word);
    }
    if (!names.empty()) log_.types.name = names;
    known_ = true;
  }

  void set_mass() {
    const auto type = to_integer(fields_[1]);
    const auto mass = to_number(fields_[2]);
    if (!type || !mass || *type < 1 || *type > 100'000 || !(*mass > 0.0)) return;
    auto& masses = log_.types.mass;
    masses.resize(std::max(masses.size(), static_cast<std::size_t>(*type)));
    masses[static_cast<std::size_t>(*type) - 1] = *mass;
    known_ = true;
  }

  void start_table() {
    in_table_ = true;
    LammpsRun run;
    if (timestep_) run.timestep = timestep_;
    run.counts_anew = anew_;
    anew_ = false;
    run.thermo.name = "thermo";
    for (const auto name : fields_) {
      core::Column column;
      column.name = name;
      column.values = std::vector<double>();
      run.thermo.columns.push_back(std::move(column));
    }
    log_.runs.push_back(std::move(run));
  }

  /// A number at the end of a file that grows may lack its last digits.
  bool take_row() {
    core::Table& table = log_.runs.back().thermo;
    const bool starts_as_row = to_integer(fields_.front()).has_value();
    if (starts_as_row && !text_.line_was_ended()) {
      cut_line_ = text_.line_number();
      return true;
    }
    if (fields_.size() != table.columns.size()) return false;
    row_.clear();
    for (const auto field : fields_) {
      const auto value = to_number(field);
      if (!value) return false;
      row_.push_back(*value);
    }
    log_.runs.back().lines.push_back(text_.line_number());
    for (std::size_t k = 0; k < row_.size(); ++k)
      std::get<std::vector<double>>(table.columns[k].values).push_back(row_[k]);
    return true;
  }

  void finish(LammpsRun& run) const {
    if (run.timestep) *run.timestep *= time_factor();
    for (auto& column : run.thermo.columns) column.unit = unit_of(column.name, log_.units);
    const auto& steps = std::get<std::vector<double>>(run.thermo.columns.front().values);
    if (steps.empty()) return;
    run.first_step = static_cast<std::int64_t>(steps.front());
    run.last_step = static_cast<std::int64_t>(steps.back());
  }

  TextSource text_;
  LammpsLog log_;
  std::string joined_;
  std::vector<std::string_view> fields_;
  std::vector<double> row_;
  std::optional<double> timestep_;  ///< in the log's own unit
  bool in_table_ = false, known_ = false, anew_ = false;
  std::size_t cut_line_ = 0;
};

}  // namespace

bool is_lammps_log(const std::string& path) {
  constexpr std::size_t lines_looked_at = 2000;  // where no line tells the version: `log` was given
  try {
    TextSource text(path);
    std::string_view line;
    while (text.line_number() < lines_looked_at && text.next(line)) {
      if (text.line_number() == 1 && line.starts_with("LAMMPS (")) return true;
      if (line.starts_with("Per MPI rank memory allocation") || line.starts_with("Loop time of"))
        return true;
    }
  } catch (const base::InputError&) {
  }
  return false;
}

LammpsLog read_lammps_log(const std::string& path) { return LogReader(path).read(); }

std::optional<double> timestep_of_steps(const LammpsLog& log, const std::string& path,
                                        std::int64_t first, std::int64_t last) {
  std::optional<double> found;
  for (const auto& run : log.runs) {
    if (!run.timestep || run.last_step <= first || run.first_step >= last) continue;
    if (found && *found != *run.timestep) {
      base::Message message;
      message.file = path;
      message.problem =
          fmt::format("the time step changes within steps {} to {}: {} ps, later {} ps", first,
                      last, *found, *run.timestep);
      message.tries = {"analyze the frames of each time step on their own"};
      throw base::InputError(message);
    }
    found = run.timestep;
  }
  return found ? found : log.timestep;
}

core::Declaration lammps_log_declaration() {
  core::Declaration d;
  d.name = "log";
  d.one_line = "LAMMPS log: what a dump cannot say (time step, units, elements); read";
  d.formula = "the commands as LAMMPS echoes them, and its thermo tables";
  d.source = "LAMMPS documentation, thermo_style command";
  return d;
}

}  // namespace vitreous::io
