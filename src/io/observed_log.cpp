#include "io/observed_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "io/data_table.hpp"
#include "io/lammps_log.hpp"
#include "io/lammps_log_table.hpp"

namespace vitreous::io {
namespace {

constexpr std::size_t fewest_samples = 8;  // of a mean with an error
constexpr const char* missing_columns =
    "thermo_style custom step temp press vol pe etotal, before the run";

[[noreturn]] void refuse_log(const std::string& path, const std::string& problem,
                             const std::string& why, const std::string& attempt) {
  base::Message message;
  message.file = path;
  message.problem = problem;
  message.why = why;
  message.tries = {attempt};
  throw base::InputError(message);
}

/// What the rows of a log tell, in our units.
struct Samples {
  std::vector<double> run, step, T, P, V, potential, kinetic, conserved;
};

std::vector<double> asked(const DataTable& table, const char* name, const char* unit) {
  const auto column = table.find({name, {}, unit});
  return column ? column->values : std::vector<double>();
}

std::vector<double> volumes(const DataTable& table) {
  auto V = asked(table, "Volume", "angstrom^3");
  if (!V.empty()) return V;
  const auto x = asked(table, "Lx", "angstrom"), y = asked(table, "Ly", "angstrom"),
             z = asked(table, "Lz", "angstrom");
  if (x.empty() || y.empty() || z.empty()) return {};
  for (std::size_t k = 0; k < x.size(); ++k) V.push_back(x[k] * y[k] * z[k]);
  return V;
}

Samples samples_of(const DataTable& table, double atoms) {
  Samples s;
  s.run = asked(table, "run", "1");
  s.step = asked(table, "Step", "1");
  s.T = asked(table, "Temp", "K");
  s.P = asked(table, "Press", "eV/angstrom^3");
  s.V = volumes(table);
  s.potential = asked(table, "PotEng", "eV");
  if (s.potential.empty()) s.potential = asked(table, "E_pair", "eV");
  s.kinetic = asked(table, "KinEng", "eV");
  s.conserved = asked(table, "Econserve", "eV");
  const std::pair<const char*, const std::vector<double>*> needed[] = {
      {"Temp", &s.T}, {"Press", &s.P}, {"Volume", &s.V}, {"PotEng", &s.potential}};
  for (const auto& [name, values] : needed)
    if (values->empty())
      refuse_log(table.path(), fmt::format("the log has no column {}", name),
                 "thermo needs temperature, pressure, volume and energy", missing_columns);
  const auto total = asked(table, "TotEng", "eV");
  if (s.kinetic.empty())
    for (std::size_t k = 0; k < s.T.size(); ++k)
      s.kinetic.push_back(total.empty() ? 1.5 * (atoms - 1.0) * base::boltzmann * s.T[k]
                                        : total[k] - s.potential[k]);
  return s;
}

core::Result observe_run(const Samples& s, std::size_t first, std::size_t last,
                         const TrajectorySummary& summary, double timestep,
                         const std::vector<analysis::ObserverRequest>& requests) {
  std::vector<std::int64_t> steps;
  for (std::size_t k = first; k < last; ++k)
    steps.push_back(static_cast<std::int64_t>(std::llround(s.step[k])));
  analysis::Setting setting;
  setting.timeline = {timestep, steps.front(), steps.back(), steps};
  setting.kinds = {{"all", 1.0}};
  setting.counts = {summary.atoms};
  analysis::ObserverSet set(setting, requests);
  const core::Atoms no_atoms;
  for (std::size_t k = first; k < last; ++k) {
    const double edge = std::cbrt(s.V[k]);
    const core::Box box = core::Box::orthogonal(edge, edge, edge);
    core::Frame frame;
    frame.step = steps[k - first];
    frame.time = static_cast<double>(frame.step) * timestep;
    frame.box = &box;
    frame.atoms = &no_atoms;
    core::Thermo thermo;
    thermo.temperature = s.T[k];
    thermo.potential_energy = s.potential[k];
    thermo.kinetic_energy = s.kinetic[k];
    for (std::size_t i = 0; i < 3; ++i) thermo.pressure(i, i) = s.P[k];
    if (!s.conserved.empty()) thermo.conserved = s.conserved[k];
    frame.thermo = thermo;
    set.take(frame);
  }
  return set.result();
}

/// The shape of the box is not told, and the conserved quantity not always.
void leave_out_untold(core::Result& result, bool tells_conserved) {
  for (auto& table : result.tables)
    std::erase_if(table.columns, [&](const core::Column& column) {
      return column.name.starts_with("box_") || (!tells_conserved && column.name == "conserved");
    });
  if (tells_conserved) return;
  std::erase_if(result.quantities,
                [](const auto& quantity) { return quantity.name.ends_with("energy_drift"); });
}

/// A run's tables below those of the runs before, with its number in front.
void add_tables(core::Result& all, const core::Result& one, double run) {
  for (std::size_t t = 0; t < one.tables.size(); ++t) {
    core::Table table = one.tables[t];
    core::Column number{"run", "1", std::vector<double>(table.rows(), run), {}};
    table.columns.insert(table.columns.begin(), std::move(number));
    if (t >= all.tables.size()) {
      all.tables.push_back(std::move(table));
      continue;
    }
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      auto& to = std::get<std::vector<double>>(all.tables[t].columns[k].values);
      const auto& from = std::get<std::vector<double>>(table.columns[k].values);
      to.insert(to.end(), from.begin(), from.end());
    }
  }
}

void require_thermo_alone(const std::string& path,
                          const std::vector<analysis::ObserverRequest>& requests) {
  for (const auto& request : requests)
    if (request.kind != "thermo")
      refuse_log(
          path, fmt::format("{} looks at atoms, and a log holds none", request.kind), {},
          fmt::format("vitreous analyze prod.dump --log {} --observe {}", path, request.kind));
}

}  // namespace

ObservedLog observe_log(const std::string& path,
                        const std::vector<analysis::ObserverRequest>& requests) {
  require_thermo_alone(path, requests);
  const LammpsLog log = read_lammps_log(path);
  const DataTable table(lammps_log_table(path));
  ObservedLog out;
  for (const auto& run : log.runs) out.summary.atoms = std::max(out.summary.atoms, run.atoms);
  if (out.summary.atoms == 0)
    refuse_log(path, "the log does not tell how many atoms there are",
               "LAMMPS tells it when a run has ended", "a log with a run that has ended");
  const Samples samples = samples_of(table, static_cast<double>(out.summary.atoms));
  out.summary.warnings = log.warnings;
  out.summary.timestep = log.timestep.value_or(0.0);
  for (std::size_t first = 0, last = 0; first < samples.run.size(); first = last) {
    while (last < samples.run.size() && samples.run[last] == samples.run[first]) ++last;
    const auto number = static_cast<std::size_t>(samples.run[first]);
    const double timestep = log.runs[number - 1].timestep.value_or(out.summary.timestep);
    if (last - first < fewest_samples || !(timestep > 0.0)) continue;
    auto one = observe_run(samples, first, last, out.summary, timestep, requests);
    leave_out_untold(one, !samples.conserved.empty());
    add_tables(out.result, one, samples.run[first]);
    for (auto& quantity : one.quantities) {
      if (log.runs.size() > 1) quantity.name = fmt::format("run_{}.{}", number, quantity.name);
      out.result.quantities.push_back(std::move(quantity));
    }
  }
  for (const double step : samples.step)
    out.summary.steps.push_back(static_cast<std::int64_t>(std::llround(step)));
  if (out.result.tables.empty())
    refuse_log(path, fmt::format("no run of it has {} rows", fewest_samples),
               "a mean with an error needs them", "thermo 10");
  return out;
}

}  // namespace vitreous::io
