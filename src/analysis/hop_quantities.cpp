#include "analysis/hop_quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "analysis/error_degrees.hpp"
#include "analysis/hop_barriers.hpp"
#include "analysis/jump_tally.hpp"
#include "base/constants.hpp"

namespace vitreous::analysis {
namespace {

/// For a mean with an error.
constexpr std::size_t fewest_moments = 8, fewest_hops = 10;
constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

core::Table energy_table(const HopLog& log, const HopConditions& conditions) {
  core::Table table{
      "hops_energy",
      {core::number_column("time", "ps"), core::number_column("E", "eV/atom"),
       core::number_column("E_inherent", "eV/atom"), core::number_column("hops", "1")},
      {}};
  if (!conditions.layer.empty())
    for (const char* name : {"layer_E", "layer_E_inherent"})
      table.columns.push_back(core::number_column(name, "eV/atom"));
  for (const HopMoment& m : log.all_moments()) {
    const double row[] = {m.time, m.energy, m.inherent, m.hops, m.layer_energy, m.layer_inherent};
    for (std::size_t c = 0; c < table.columns.size(); ++c) core::add_cell(table.columns[c], row[c]);
  }
  return table;
}

core::Table hop_table(const HopLog& log, const HopConditions& conditions) {
  core::Table table{
      "hops",
      {core::number_column("time", "ps"), core::number_column("atom", "1"),
       core::word_column("species"), core::number_column("length", "angstrom"),
       core::number_column("dE_atom", "eV"), core::number_column("dE_sphere", "eV"),
       core::number_column("coordination_before", "1", true),
       core::number_column("coordination_after", "1", true), core::word_column("path"),
       core::number_column("jump", "angstrom", true), core::number_column("forward", "eV", true),
       core::number_column("reverse", "eV", true)},
      {}};
  const auto hops = log.all_hops();
  std::vector<const HopPath*> path_of(hops.size(), nullptr);
  for (std::size_t k = 0; k < log.paths().size(); ++k)
    path_of[static_cast<std::size_t>(log.hop_of_path()[k])] = &log.paths()[k];
  auto& c = table.columns;
  for (std::size_t k = 0; k < hops.size(); ++k) {
    const Hop& hop = hops[k];
    const HopPath* path = path_of[k];
    const bool barrier = path && path->outcome == PathOutcome::converged;
    core::add_cell(c[0], log.moment(static_cast<std::size_t>(hop.moment)).time);
    core::add_cell(c[1], hop.atom);
    core::add_cell(c[2], conditions.kinds[static_cast<std::size_t>(hop.kind)].name);
    core::add_cell(c[3], hop.length);
    core::add_cell(c[4], hop.dE_atom);
    core::add_cell(c[5], hop.dE_sphere);
    core::add_cell(c[6], hop.coordination_before < 0.0 ? no_value : hop.coordination_before);
    core::add_cell(c[7], hop.coordination_after < 0.0 ? no_value : hop.coordination_after);
    core::add_cell(
        c[8], path ? path_outcome_names[static_cast<std::size_t>(path->outcome)] : "not_followed");
    core::add_cell(c[9], path ? path->jump : no_value);
    core::add_cell(c[10], barrier ? path->forward : no_value);
    core::add_cell(c[11], barrier ? path->reverse : no_value);
  }
  return table;
}

Words how_hops(const HopLog& log, const HopConditions& conditions) {
  Words how;
  const auto moments = log.all_moments();
  const auto at_rest = std::count_if(moments.begin(), moments.end(),
                                     [](const HopMoment& m) { return m.converged > 0.0; });
  how["inherent structures"] = fmt::format(
      "{}, {:.6g} ps apart, of which {} came to rest", moments.size(), conditions.every,
      at_rest == static_cast<std::ptrdiff_t>(moments.size()) ? "all" : std::to_string(at_rest));
  if (!conditions.neighbors.empty()) how["neighbors"] = conditions.neighbors;
  if (!conditions.layer.empty()) how["layer"] = conditions.layer;
  return how;
}

/// Mean energy of the minima.
core::Reported inherent_energy(const HopLog& log, const Words& how) {
  std::vector<double> energies;
  for (const HopMoment& m : log.all_moments()) energies.push_back(m.inherent);
  if (energies.size() < fewest_moments)
    return refused_with(how, "E_inherent",
                        fmt::format("{} inherent structures, {} needed for a mean with an error",
                                    energies.size(), fewest_moments));
  return reported_with(how, "E_inherent", math::correlated_mean(energies), "eV/atom");
}

std::string too_few_hops(const HopLog& log, const HopConditions& conditions) {
  return fmt::format("{} atom{} moved farther than {:g} A within {:.6g} ps, {} needed for an error",
                     log.hops() == 0 ? "no" : std::to_string(log.hops()),
                     log.hops() == 1 ? "" : "s", conditions.distance, conditions.every,
                     fewest_hops);
}

core::Reported hop_rate(const HopLog& log, const HopConditions& conditions, const Words& how) {
  std::vector<double> rates;
  for (std::size_t k = 1; k < log.moments(); ++k)
    if (const HopMoment m = log.moment(k); m.atoms > 0.0)
      rates.push_back(per_ns * m.hops / (m.atoms * conditions.every));
  if (log.hops() < fewest_hops) return refused_with(how, "rate", too_few_hops(log, conditions));
  if (rates.size() < fewest_moments)
    return refused_with(how, "rate",
                        fmt::format("{} intervals of {:.6g} ps, {} needed for a mean with an error",
                                    rates.size(), conditions.every, fewest_moments));
  return reported_with(how, "rate", math::correlated_mean(rates), "1/ns");
}

/// Means over hops; those of one interval hang together, as atoms hop in groups.
std::vector<core::Reported> energy_changes(const HopLog& log, const HopConditions& conditions,
                                           Words how) {
  std::vector<double> of_atom, of_sphere;
  std::vector<std::int64_t> interval;
  for (const Hop& hop : log.all_hops()) {
    of_atom.push_back(hop.dE_atom);
    of_sphere.push_back(hop.dE_sphere);
    interval.push_back(static_cast<std::int64_t>(hop.moment));
  }
  if (of_atom.size() < fewest_hops || interval.front() == interval.back())
    return {refused_with(how, "dE_atom", too_few_hops(log, conditions)),
            refused_with(how, "dE_sphere", too_few_hops(log, conditions))};
  how["error"] = "hops of one interval taken as one";
  return {reported_with(how, "dE_atom", math::grouped_mean(of_atom, interval), "eV"),
          reported_with(how, "dE_sphere", math::grouped_mean(of_sphere, interval), "eV")};
}

}  // namespace

core::Result hop_result(const HopLog& log, const HopConditions& conditions) {
  const Words how = how_hops(log, conditions);
  core::Result result;
  result.tables = {hop_table(log, conditions), energy_table(log, conditions)};
  result.quantities = {inherent_energy(log, how), hop_rate(log, conditions, how)};
  const auto append = [&](std::vector<core::Reported> more) {
    std::move(more.begin(), more.end(), std::back_inserter(result.quantities));
  };
  append(energy_changes(log, conditions, how));
  if (conditions.asked > 0) {
    const HopBarriers barriers(log, conditions.temperature);
    append(barriers.quantities(how));
    if (barriers.found() > 0) result.tables.push_back(barriers.histogram());
  }
  for (auto& table : result.tables) table.how = how;
  return result;
}

}  // namespace vitreous::analysis
