#include "models/relaxation/energy_scaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "math/least_squares.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

using Alloys = std::vector<AlloyEnergy>;

double thermal_energy(const AlloyEnergy& alloy) { return base::boltzmann * alloy.Tg.value; }

void require_alloys(const Alloys& alloys) {
  for (const auto& alloy : alloys)
    if (!(alloy.energy.value > 0.0) || !(alloy.Tg.value > 0.0))
      throw base::InputError(fmt::format("{}: E = {:g} eV, Tg = {:g} K", alloy.alloy,
                                         alloy.energy.value, alloy.Tg.value),
                             "energies and temperatures are positive");
}

/// E = k kB Tg over some alloys.
struct ScalingFit {
  core::Measured k, scatter, intercept;
};

ScalingFit fit_scaling(const Alloys& alloys) {
  math::Matrix design(alloys.size(), 1);
  std::vector<double> x, E;
  for (std::size_t i = 0; i < alloys.size(); ++i) {
    x.push_back(thermal_energy(alloys[i]));
    E.push_back(alloys[i].energy.value);
    design(i, 0) = x.back();
  }
  const auto through = math::fit_linear(design, E, {});
  const auto line = math::fit_line(x, E, {});
  const double k = through.parameters[0];
  std::vector<double> ratios;
  for (std::size_t i = 0; i < E.size(); ++i) ratios.push_back(E[i] / (k * x[i]));
  const double scatter = std::sqrt(math::sample_variance(ratios));
  return {{k, through.standard_error(0) * math::student_factor(through.degrees), "1"},
          {scatter, scatter / std::sqrt(2.0 * through.degrees), "1"},
          {line.parameters[0], line.standard_error(0) * math::student_factor(line.degrees), "eV"}};
}

void add_scaling(core::Result& result, const std::string& process, const Alloys& alloys) {
  const std::map<std::string, std::string> how = {
      {"where", "process=" + process},
      {"n", std::to_string(alloys.size())},
      {"error", "from the scatter of the alloys, with Student's factor"}};
  const auto add = [&](const char* name, std::optional<core::Measured> measured,
                       const std::string& reason) {
    core::Reported reported;
    reported.name = name;
    reported.status = measured ? core::Status::ok : core::Status::refused;
    reported.measured = std::move(measured);
    reported.reason = reason;
    reported.how = how;
    result.quantities.push_back(std::move(reported));
  };
  if (alloys.size() < 3) {
    const auto why = fmt::format("{} alloys, 3 needed for an error", alloys.size());
    for (const char* name : {"k", "scatter", "intercept"}) add(name, std::nullopt, why);
    return;
  }
  const auto fit = fit_scaling(alloys);
  add("k", fit.k, "");
  add("scatter", fit.scatter, "");
  const bool off = std::abs(fit.intercept.value) > 2.0 * fit.intercept.standard_error;
  add("intercept", fit.intercept,
      off ? "a line through the origin does not describe these alloys" : "");
}

core::Table scaling_table(const Alloys& alloys) {
  core::Table table{
      "scaling",
      {core::word_column("alloy"), core::word_column("process"), core::number_column("Tg", "K"),
       core::number_column("E", "eV"), core::number_column("ratio", "1")},
      {{"ratio", "E/(kB Tg)"}}};
  for (const auto& alloy : alloys) {
    const double ratio = alloy.energy.value / thermal_energy(alloy);
    const double relative = std::hypot(alloy.energy.standard_error / alloy.energy.value,
                                       alloy.Tg.standard_error / alloy.Tg.value);
    core::add_cell(table.columns[0], alloy.alloy);
    core::add_cell(table.columns[1], alloy.process);
    core::add_cell(table.columns[2], alloy.Tg.value);
    core::add_cell(table.columns[3], alloy.energy.value);
    core::add_cell(table.columns[4], ratio);
    const auto error = [](double e) { return e > 0.0 ? e : std::nan(""); };
    table.columns[2].standard_error.push_back(error(alloy.Tg.standard_error));
    table.columns[3].standard_error.push_back(error(alloy.energy.standard_error));
    table.columns[4].standard_error.push_back(error(ratio * relative));
  }
  return table;
}

}  // namespace

core::Result energy_scaling(const Alloys& alloys) {
  require_alloys(alloys);
  std::vector<std::string> processes;
  for (const auto& alloy : alloys)
    if (std::find(processes.begin(), processes.end(), alloy.process) == processes.end())
      processes.push_back(alloy.process);
  core::Result result;
  for (const auto& process : processes) {
    Alloys of;
    std::copy_if(alloys.begin(), alloys.end(), std::back_inserter(of),
                 [&](const auto& alloy) { return alloy.process == process; });
    add_scaling(result, process.empty() ? "all" : process, of);
  }
  if (processes.size() > 1) add_scaling(result, "all", alloys);
  result.tables = {scaling_table(alloys)};
  return result;
}

}  // namespace vitreous::models
