#include "cli/relaxation_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>

#include "base/units.hpp"
#include "cli/relaxation_columns.hpp"
#include "io/safe_file.hpp"
#include "models/relaxation/maxwell.hpp"
#include "study/option_reading.hpp"

namespace vitreous::cli {
namespace {

using core::Measured;
using study::Entry;
using study::Value;

const std::vector<std::string> branch_names = {"alpha", "beta", "fast", "liquid"};
const std::vector<std::string> time_keys = {"time", "log10_time", "frequency", "viscosity",
                                            "log10_viscosity"};

/// Tables that a branch can be fitted to, by their key.
const std::map<std::string, io::ColumnRequest> table_keys = {
    {"times", {"time", {"tau", "relaxation_time"}, "s"}},
    {"viscosities", {"viscosity", {"eta"}, "Pa s"}},
    {"diffusivities", {"diffusivity", {"D", "self_diffusion"}, "m^2/s"}},
};

/// The points of a table with a column of temperatures and the one asked for.
models::FitInput points_of_table(const std::string& path, const io::ColumnRequest& request) {
  const auto table = io::DataTable::read(path);
  const auto T = table.column(temperature_column());
  const auto y = table.column(request);
  require_positive(table, T, "temperature");
  require_positive(table, y, request.name);
  tell_reading(table, {T, y});
  models::FitInput input{request.name, request.unit, {}};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!std::isfinite(T.values[row]) || !std::isfinite(y.values[row])) continue;
    models::Point point;
    point.x = T.values[row];
    point.y = y.values[row];
    if (y.standard_errors[row] > 0.0) point.y_se = y.standard_errors[row];
    point.degrees = y.degrees[row];
    point.label = fmt::format("{:g} K", point.x);
    input.points.push_back(std::move(point));
  }
  return input;
}

/// A value with its error; zero where none is written.
Measured measured_of(const Value& value, const std::string& unit, const std::string& key) {
  const double number = study::read_quantity(value, unit, key);
  const auto quantity =
      study::placed(value.place, key, [&] { return base::parse_quantity(value.text); });
  return {number, quantity.error_in(unit).value_or(0.0), unit};
}

Measured positive_of(const Value& value, const std::string& unit, const std::string& key) {
  const auto measured = measured_of(value, unit, key);
  if (!(measured.value > 0.0)) study::refuse(value.place, key, "must be above zero");
  return measured;
}

/// The natural logarithm of a positive value, with its error.
Measured logarithm_of(const Measured& m) {
  return {std::log(m.value), m.standard_error / m.value, "1"};
}

Measured times_ln10(const Measured& m) {
  return {m.value * std::log(10.0), m.standard_error * std::log(10.0), "1"};
}

class RelaxationReader {
 public:
  RelaxationReader(RelaxationFile& file, const std::string& path)
      : file_(file), path_(path), root_(study::parse_study_text(path, io::read_file(path))) {}

  void read() {
    auto known = branch_names;
    known.insert(known.end(), {"title", "source", "shear_modulus", "point"});
    study::require_known_keys(root_, "", "a relaxation map", known);
    if (const Entry* entry = root_.find("title"))
      file_.title = study::require_text(entry->value, "title");
    if (const Entry* entry = root_.find("source"))
      file_.source = study::require_text(entry->value, "source");
    if (const Entry* entry = root_.find("shear_modulus"))
      file_.shear_modulus = positive_of(entry->value, "Pa", "shear_modulus");
    for (const auto& name : branch_names)
      if (const Entry* entry = root_.find(name)) put(read_branch(name, entry->value));
    if (const Entry* entry = root_.find("point"))
      for (const Value& item : entry->value.items) file_.points.push_back(read_point(item));
  }

 private:
  void put(MapBranch branch) {
    std::erase_if(file_.branches, [&](const auto& other) { return other.name == branch.name; });
    file_.branches.push_back(std::move(branch));
  }

  [[noreturn]] static void lacks(const Value& table, const std::string& key,
                                 const std::string& example) {
    study::refuse(table.place, key, "is missing", "", {example});
  }

  const Measured& shear_modulus(const Entry& wanted_by, const std::string& key) const {
    if (!file_.shear_modulus)
      study::refuse(wanted_by.place, key, "is a viscosity, and there is no shear_modulus",
                    "a viscosity becomes a time by eta = G tau",
                    {"shear_modulus = \"25 GPa\" above all sections"});
    return *file_.shear_modulus;
  }

  /// ln tau of s, however the table tells it.
  Measured ln_time(const Value& table, const std::string& path) const {
    const Entry* found = nullptr;
    for (const auto& key : time_keys)
      if (const Entry* entry = table.find(key)) {
        if (found)
          study::refuse(entry->place, path + "." + key,
                        fmt::format("and {} are both given: one of them", found->key));
        found = entry;
      }
    if (!found) lacks(table, path + ".time", "time = \"0.7 ms\", frequency = \"1 Hz\", ...");
    const std::string key = path + "." + found->key;
    if (found->key == "time") return logarithm_of(positive_of(found->value, "s", key));
    if (found->key == "log10_time") return times_ln10(measured_of(found->value, "1", key));
    if (found->key == "frequency") {
      auto ln_f = logarithm_of(positive_of(found->value, "Hz", key));
      ln_f.value = -std::log(2.0 * std::numbers::pi) - ln_f.value;
      return ln_f;
    }
    const auto& G = shear_modulus(*found, key);
    if (found->key == "viscosity")
      return logarithm_of(models::maxwell_time(positive_of(found->value, "Pa s", key), G));
    const auto ln_eta = times_ln10(measured_of(found->value, "1", key)), ln_G = logarithm_of(G);
    return {ln_eta.value - ln_G.value, std::hypot(ln_eta.standard_error, ln_G.standard_error), "1"};
  }

  std::optional<Measured> ln_prefactor(const Value& table, const std::string& name) const {
    const Entry* ln = table.find("ln_tau0");
    const Entry* log10 = table.find("log10_tau0");
    if (ln && log10) study::refuse(log10->place, name, "has ln_tau0 and log10_tau0: one of them");
    if (ln) return measured_of(ln->value, "1", name + ".ln_tau0");
    if (log10) return times_ln10(measured_of(log10->value, "1", name + ".log10_tau0"));
    return std::nullopt;
  }

  MapBranch read_branch(const std::string& name, const Value& table) {
    study::require_table(table, name);
    study::require_known_keys(table, name, "[" + name + "]",
                              {"E", "ln_tau0", "log10_tau0", "B", "T0", "covariance", "through",
                               "times", "viscosities", "diffusivities", "source"});
    MapBranch out{name, {}, {}};
    for (const auto& [key, request] : table_keys)
      if (const Entry* entry = table.find(key)) {
        const bool energy_alone = key == "diffusivities";
        for (const auto& other : table.entries)
          if (other.key != key && other.key != "source" &&
              !(energy_alone && other.key == "through"))
            study::refuse(other.place, name + "." + other.key,
                          fmt::format("and {} are both given: one of them", key));
        if (energy_alone)
          fit_energy_of(out, table, *entry, name + "." + key);
        else
          fit_line_of(out, *entry, name + "." + key);
        return out;
      }
    if (table.find("T0") || table.find("B"))
      read_vft(out, table);
    else
      read_arrhenius(out, table);
    return out;
  }

  void read_vft(MapBranch& out, const Value& table) const {
    const std::string& name = out.name;
    if (!table.find("B")) lacks(table, name + ".B", "B = \"3000 K\"");
    if (!table.find("T0")) lacks(table, name + ".T0", "T0 = \"450 K\"");
    const auto ln_tau0 = ln_prefactor(table, name);
    if (!ln_tau0) lacks(table, name + ".ln_tau0", "ln_tau0 = -30");
    const auto B = positive_of(table.find("B")->value, "K", name + ".B");
    const auto T0 = positive_of(table.find("T0")->value, "K", name + ".T0");
    models::RelaxationBranch branch{
        name, models::BranchLaw::vft, {ln_tau0->value, B.value, T0.value}, math::Matrix(3, 3)};
    const double errors[] = {ln_tau0->standard_error, B.standard_error, T0.standard_error};
    for (std::size_t k = 0; k < 3; ++k) branch.covariance(k, k) = errors[k] * errors[k];
    if (const Entry* entry = table.find("covariance"))
      read_matrix(*entry, name + ".covariance", branch.covariance);
    out.branch = std::move(branch);
  }

  static void read_matrix(const Entry& entry, const std::string& key, math::Matrix& covariance) {
    const auto& rows = entry.value.items;
    const bool square = rows.size() == covariance.rows &&
                        std::all_of(rows.begin(), rows.end(), [&](const Value& row) {
                          return row.items.size() == covariance.columns;
                        });
    if (!square)
      study::refuse(entry.value.place, key, "is no matrix of three by three",
                    "in the order ln_tau0, B, T0; in K where they are");
    for (std::size_t i = 0; i < covariance.rows; ++i)
      for (std::size_t j = 0; j < covariance.columns; ++j)
        covariance(i, j) = study::read_quantity(rows[i].items[j], "1", key);
  }

  void read_arrhenius(MapBranch& out, const Value& table) const {
    const std::string& name = out.name;
    const Entry* E = table.find("E");
    if (!E) lacks(table, name + ".E", "E = \"0.60(1) eV\"");
    out.energy = positive_of(E->value, "eV", name + ".E");
    const auto ln_tau0 = ln_prefactor(table, name);
    const Entry* through = table.find("through");
    if (ln_tau0 && through)
      study::refuse(through->place, name + ".through", "and a prefactor are both given",
                    "E and one of them make a line");
    if (through) {
      put_through(out, *through);
    } else if (ln_tau0) {
      models::RelaxationBranch branch{name,
                                      models::BranchLaw::arrhenius,
                                      {ln_tau0->value, out.energy->value},
                                      math::Matrix(2, 2)};
      branch.covariance(0, 0) = ln_tau0->standard_error * ln_tau0->standard_error;
      branch.covariance(1, 1) = out.energy->standard_error * out.energy->standard_error;
      if (const Entry* entry = table.find("covariance"))
        branch.covariance(0, 1) = branch.covariance(1, 0) =
            study::read_quantity(entry->value, "eV", name + ".covariance");
      out.branch = std::move(branch);
    }
  }

  /// The line of the branch's energy through one time.
  void put_through(MapBranch& out, const Entry& through) const {
    const std::string path = out.name + ".through";
    auto known = time_keys;
    known.push_back("temperature");
    study::require_table(through.value, path);
    study::require_known_keys(through.value, path, path, known);
    const auto ln_tau = ln_time(through.value, path);
    out.branch = models::branch_through(out.name, *out.energy, temperature_in(through.value, path),
                                        ln_tau.value, ln_tau.standard_error);
  }

  static double temperature_in(const Value& table, const std::string& path) {
    const Entry* entry = table.find("temperature");
    if (!entry) lacks(table, path + ".temperature", "temperature = \"293 K\"");
    return study::read_positive(entry->value, "K", path + ".temperature");
  }

  models::FitInput points_beside(const Entry& entry, const std::string& key) const {
    const auto path =
        std::filesystem::path(path_).parent_path() / study::require_text(entry.value, key);
    return points_of_table(path.string(), table_keys.at(entry.key));
  }

  /// A table of times or viscosities, beside the file, fitted by the law of the branch.
  void fit_line_of(MapBranch& out, const Entry& entry, const std::string& key) {
    const Measured G =
        entry.key == "viscosities" ? shear_modulus(entry, key) : Measured{1.0, 0.0, "Pa"};
    const auto law = out.name == "alpha" ? models::BranchLaw::vft : models::BranchLaw::arrhenius;
    auto fitted = models::fit_branch(out.name, law, points_beside(entry, key), G.value,
                                     G.standard_error / G.value);
    if (!fitted.refused.empty()) {
      file_.notes.push_back(fmt::format("{} is left out: {}", out.name, fitted.refused));
      return;
    }
    out.branch = std::move(fitted.branch);
    if (law == models::BranchLaw::arrhenius)
      out.energy =
          Measured{out.branch->parameters[1], std::sqrt(out.branch->covariance(1, 1)), "eV"};
  }

  /// Diffusivities tell the energy, and no time.
  void fit_energy_of(MapBranch& out, const Value& table, const Entry& entry,
                     const std::string& key) {
    const auto fit = models::fit_law("arrhenius", points_beside(entry, key),
                                     core::parse_options(models::law_declaration("arrhenius"), {}));
    const auto& Q = fit.quantities.front();
    if (!Q.measured) {
      file_.notes.push_back(fmt::format("{} is left out: {}", out.name, models::refusal_text(Q)));
      return;
    }
    out.energy = *Q.measured;
    if (const Entry* through = table.find("through")) put_through(out, *through);
  }

  MapPoint read_point(const Value& table) const {
    auto known = time_keys;
    known.insert(known.end(), {"name", "branch", "temperature", "source"});
    study::require_table(table, "point");
    study::require_known_keys(table, "point", "[[point]]", known);
    const auto text = [&](const char* key) {
      const Entry* entry = table.find(key);
      return entry ? study::require_text(entry->value, std::string("point.") + key) : std::string();
    };
    MapPoint point{text("name"), text("branch"), text("source"), 0.0, {}};
    if (point.name.empty()) lacks(table, "point.name", "name = \"nanoindentation\"");
    if (!point.branch.empty() &&
        std::find(branch_names.begin(), branch_names.end(), point.branch) == branch_names.end())
      study::refuse(table.find("branch")->value.place, "point.branch",
                    fmt::format("no branch is called \"{}\"", point.branch), "",
                    {"alpha, beta, fast or liquid"});
    point.temperature = temperature_in(table, "point");
    const auto ln_tau = ln_time(table, "point");
    point.log10_tau = {ln_tau.value / std::log(10.0), ln_tau.standard_error / std::log(10.0), "1"};
    return point;
  }

  RelaxationFile& file_;
  std::string path_;
  Value root_;
};

}  // namespace

const MapBranch* RelaxationFile::find(const std::string& name) const {
  for (const auto& branch : branches)
    if (branch.name == name) return &branch;
  return nullptr;
}

const models::RelaxationBranch* RelaxationFile::line(const std::string& name) const {
  const auto* found = find(name);
  return found && found->branch ? &*found->branch : nullptr;
}

RelaxationFile read_relaxation_files(const std::vector<std::string>& paths) {
  RelaxationFile file;
  for (const auto& path : paths) RelaxationReader(file, path).read();
  std::stable_sort(file.branches.begin(), file.branches.end(), [](const auto& a, const auto& b) {
    return std::find(branch_names.begin(), branch_names.end(), a.name) <
           std::find(branch_names.begin(), branch_names.end(), b.name);
  });
  return file;
}

}  // namespace vitreous::cli
