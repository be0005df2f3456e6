#include "analysis/hop_barriers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "analysis/error_degrees.hpp"
#include "base/constants.hpp"

namespace vitreous::analysis {
namespace {

constexpr std::size_t fewest_atoms = 10;  ///< for an error of barriers
constexpr double bin = 0.05;              // eV

/// The standard deviation, and the error that its square's mean gives it.
math::Estimate deviation(const std::vector<double>& values,
                         const std::vector<std::int64_t>& group) {
  const double center = math::mean(values);
  std::vector<double> squares;
  for (const double value : values) squares.push_back((value - center) * (value - center));
  math::Estimate estimate = math::grouped_mean(squares, group);
  const double sd = std::sqrt(math::sample_variance(values));
  return {sd, estimate.standard_error / (2.0 * sd), estimate.degrees};
}

/// Why there is no mean over the barriers of these atoms; "" where there is one.
std::string refusal(const std::vector<std::int64_t>& atom) {
  const std::set<std::int64_t> atoms(atom.begin(), atom.end());
  if (atoms.size() >= fewest_atoms) return {};
  return fmt::format("barriers of {} atoms, {} needed for an error", atoms.size(), fewest_atoms);
}

/// A share of independent trials, by Agresti and Coull, Am. Stat. 52, 119 (1998), so that one of
/// none or all has an error too.
math::Estimate share_of(std::size_t hits, std::size_t trials) {
  const double n = static_cast<double>(trials), p = (static_cast<double>(hits) + 0.5) / (n + 1.0);
  return {static_cast<double>(hits) / n, std::sqrt(p * (1.0 - p) / (n + 1.0)), n};
}

std::vector<double> densities(const std::vector<double>& barriers, std::size_t bins) {
  std::vector<double> density(bins);
  for (const double barrier : barriers)
    density[std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, barrier) / bin))] +=
        1.0 / (bin * static_cast<double>(barriers.size()));
  return density;
}

/// Of counts in bins, as the root of each.
std::vector<double> density_errors(const std::vector<double>& density, std::size_t count) {
  std::vector<double> errors;
  for (const double d : density)
    errors.push_back(std::sqrt(d / (bin * static_cast<double>(count))));
  return errors;
}

}  // namespace

math::Estimate parallel_mean(const std::vector<double>& barriers,
                             const std::vector<std::int64_t>& group, double temperature) {
  const double kT = base::boltzmann * temperature;
  std::vector<double> rates;
  for (const double barrier : barriers) rates.push_back(std::exp(-barrier / kT));
  const math::Estimate rate = math::grouped_mean(rates, group);
  return {-kT * std::log(rate.mean), kT * rate.standard_error / rate.mean, rate.degrees};
}

HopBarriers::HopBarriers(const HopLog& log, double temperature)
    : temperature_(temperature), outcomes_(path_outcome_names.size()) {
  const auto hops = log.all_hops();
  for (std::size_t k = 0; k < log.paths().size(); ++k) {
    const HopPath& path = log.paths()[k];
    const auto atom =
        static_cast<std::int64_t>(hops[static_cast<std::size_t>(log.hop_of_path()[k])].atom);
    ++outcomes_[static_cast<std::size_t>(path.outcome)];
    if (path.outcome == PathOutcome::collapsed) fallen_.push_back(atom);
    if (path.outcome != PathOutcome::converged) continue;
    forward_.push_back(path.forward);
    reverse_.push_back(path.reverse);
    atom_.push_back(atom);
  }
  if (temperature > 0.0) return;
  for (const HopMoment& moment : log.all_moments())
    temperature_ += moment.temperature / static_cast<double>(log.moments());
}

std::string HopBarriers::counts() const {
  std::vector<std::string> words;
  for (std::size_t k = 0; k < outcomes_.size(); ++k)
    if (outcomes_[k] > 0)
      words.push_back(fmt::format("{} {}", outcomes_[k], path_outcome_names[k]));
  return fmt::format("of {} hops followed: {}",
                     std::accumulate(outcomes_.begin(), outcomes_.end(), std::size_t{0}),
                     fmt::join(words, ", "));
}

std::vector<core::Reported> HopBarriers::quantities(const Words& conditions) const {
  Words how = conditions;
  how["paths"] = counts();
  how["error"] = "barriers of one atom taken as one, as it may hop there and back";
  std::vector<core::Reported> all;
  const std::size_t followed = std::accumulate(outcomes_.begin(), outcomes_.end(), std::size_t{0}),
                    collapsed = fallen_.size(), whole = followed - collapsed;
  const auto add_share = [&](const std::string& name, std::size_t hits, std::size_t trials) {
    all.push_back(trials > 0 ? reported_with(how, name, share_of(hits, trials), "1")
                             : refused_with(how, name, "no hop was followed"));
  };
  const auto add_parallel = [&](const std::string& name, const std::vector<double>& barriers,
                                const std::vector<std::int64_t>& atoms) {
    if (const std::string reason = refusal(atoms); !reason.empty())
      all.push_back(refused_with(how, name, reason));
    else if (temperature_ == 0.0)
      all.push_back(refused_with(
          how, name,
          "the temperature is not known: frames have no velocities, and none was given"));
    else
      all.push_back(reported_with(how, name, parallel_mean(barriers, atoms, temperature_), "eV"));
  };
  how["temperature"] = fmt::format("{:.4g} K", temperature_);
  add_parallel("barrier", forward_, atom_);
  add_parallel("barrier_reverse", reverse_, atom_);
  std::vector<double> high;
  std::vector<std::int64_t> atoms;
  for (std::size_t k = 0; k < forward_.size(); ++k) {
    if (forward_[k] <= base::boltzmann * temperature_) continue;
    high.push_back(forward_[k]);
    atoms.push_back(atom_[k]);
  }
  add_parallel("barrier_above_kT", high, atoms);
  auto with_fallen = forward_;
  atoms = atom_;
  with_fallen.resize(forward_.size() + collapsed, 0.0);
  atoms.insert(atoms.end(), fallen_.begin(), fallen_.end());
  add_parallel("barrier_with_collapsed", with_fallen, atoms);
  how.erase("temperature");
  const auto add_plain = [&](const std::string& name, const auto& estimate) {
    const std::string reason = refusal(atom_);
    all.push_back(reason.empty() ? reported_with(how, name, estimate(forward_, atom_), "eV")
                                 : refused_with(how, name, reason));
  };
  add_plain("barrier_mean", [](const auto& barriers, const auto& atom) {
    return math::grouped_mean(barriers, atom);
  });
  add_plain("barrier_sd", deviation);
  how["error"] = "hops taken as independent";
  add_share("collapsed", collapsed, followed);
  add_share("without_barrier", whole - found(), whole);
  return all;
}

core::Table HopBarriers::histogram() const {
  double highest = 0.0;
  for (const auto* barriers : {&forward_, &reverse_})
    highest = std::max(highest, *std::max_element(barriers->begin(), barriers->end()));
  const auto bins = static_cast<std::size_t>(highest / bin) + 1;
  core::Table table{"hops_barriers",
                    {core::number_column("barrier", "eV"), core::number_column("forward", "1/eV"),
                     core::number_column("reverse", "1/eV")},
                    {}};
  std::vector<double> middle(bins);
  for (std::size_t k = 0; k < bins; ++k) middle[k] = bin * (static_cast<double>(k) + 0.5);
  const auto forward = densities(forward_, bins), reverse = densities(reverse_, bins);
  table.columns[0].values = middle;
  table.columns[1].values = forward;
  table.columns[1].standard_error = density_errors(forward, found());
  table.columns[2].values = reverse;
  table.columns[2].standard_error = density_errors(reverse, found());
  return table;
}

}  // namespace vitreous::analysis
