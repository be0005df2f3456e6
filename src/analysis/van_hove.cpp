#include "analysis/van_hove.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/lag_grid.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {
namespace {

std::vector<double> times_of(const core::Options& options) {
  return options.has("times") ? options.numbers("times") : std::vector<double>{};
}

}  // namespace

core::Declaration VanHove::declaration() {
  core::Declaration d;
  d.name = "van_hove";
  d.one_line = "self van Hove function: how far atoms have moved after a few times";
  d.formula =
      "G_s(r,t) = <delta(r - d)>/(4 pi r^2), d = |r_i(t0 + t) - r_i(t0)|, over atoms i and origins "
      "t0";
  d.options = {
      {"times",
       core::OptionType::numbers,
       "ps",
       "automatic",
       "the lags; if not given the longest power of ten ps within a third of the run (of a "
       "file a tenth), and up to three more, each a decade below",
       {}},
      r_max_option("10 angstrom", "the largest displacement that is told apart"),
      bin_option("0.1 angstrom")};
  d.columns = {{"species", "1", "element, or \"all\""},
               {"time", "ps", "lag"},
               {"r", "angstrom", "displacement, at the middle of a bin"},
               {"radial_G_s", "1/angstrom",
                "4 pi r^2 G_s, the density of the displacement's length, with its standard error"},
               {"G_s", "1/angstrom^3", "its density in space, with its standard error"}};
  d.source = "van Hove, Phys. Rev. 95, 249 (1954); Hansen and McDonald, 4th ed., section 7.2";
  return d;
}

VanHove::VanHove(const core::Options& options, const Setting& setting)
    : PairObserver(setting, chosen_lags(setting.timeline, times_of(options)),
                   setting.kinds.size() * (DistanceBins::from(options).count + 1)),
      bins_(DistanceBins::from(options)) {}

void VanHove::observe_pair(const Pair& pair) {
  std::fill(values_.begin(), values_.end(), 0.0);
  const double per_width = 1.0 / bins_.width;
  const auto beyond = static_cast<double>(bins_.count);
  for (std::size_t kind = 0; kind + 1 < pair.begin.size(); ++kind) {
    double* counts = &values_[kind * (bins_.count + 1)];
    for (std::size_t i = pair.begin[kind]; i < pair.begin[kind + 1]; ++i) {
      const double place = std::sqrt(pair.distance2[i]) * per_width;
      counts[static_cast<std::size_t>(std::min(place, beyond))] += 1.0;
    }
    const auto atoms = static_cast<double>(pair.begin[kind + 1] - pair.begin[kind]);
    if (atoms > 0.0)
      for (std::size_t bin = 0; bin <= bins_.count; ++bin) counts[bin] /= atoms;
  }
  curves_.add(pair.lag, pair.group, values_);
}

math::Estimate VanHove::share(const SpeciesRow& row, std::size_t lag, std::size_t bin) const {
  std::vector<double> values;
  for (const std::size_t group : curves_.groups_with(lag)) {
    double sum = 0.0;
    for (std::size_t kind = 0; kind < setting_.kinds.size(); ++kind)
      if (row.weights[kind] != 0.0)
        sum += row.weights[kind] * curves_.group_mean(kind * (bins_.count + 1) + bin, lag, group);
    values.push_back(sum);
  }
  return values.empty() ? math::Estimate{} : curves_.error(lag, values);
}

core::Result VanHove::result() const {
  std::vector<std::string> species;
  std::vector<double> time, r, radial, radial_error, density, density_error;
  double most_beyond = 0.0;
  for (const auto& row : species_rows(setting_)) {
    for (std::size_t lag = 0; lag < lags_.size(); ++lag) {
      for (std::size_t bin = 0; bin < bins_.count; ++bin) {
        const auto part = share(row, lag, bin);
        if (part.degrees == 0.0) break;
        species.push_back(row.name);
        time.push_back(lag_time(lag));
        r.push_back(bins_.center(bin));
        radial.push_back(part.mean / bins_.width);
        radial_error.push_back(part.standard_error / bins_.width);
        density.push_back(part.mean / bins_.shell(bin));
        density_error.push_back(part.standard_error / bins_.shell(bin));
      }
      most_beyond = std::max(most_beyond, share(row, lag, bins_.count).mean);
    }
  }
  core::Table table;
  table.name = "van_hove";
  table.columns = {{"species", "1", species, {}},
                   {"time", "ps", time, {}},
                   {"r", "angstrom", r, {}},
                   {"radial_G_s", "1/angstrom", radial, radial_error},
                   {"G_s", "1/angstrom^3", density, density_error}};
  table.how = {
      {"origins", origins_},
      {"errors", PairCurves::error_method() + "; a bin that nothing fell into has none"},
      {"drift", "the mass-weighted center of mass of all atoms is removed from every frame"},
      {"beyond r_max", fmt::format("at most {:.3g} of a species' displacements", most_beyond)}};
  core::Result result;
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace vitreous::analysis
