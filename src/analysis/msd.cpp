#include "analysis/msd.hpp"

#include "analysis/lag_grid.hpp"
#include "analysis/lane_sum.hpp"
#include "analysis/origin_store.hpp"
#include "analysis/species_rows.hpp"

namespace vitreous::analysis {

core::Declaration Msd::declaration() {
  core::Declaration d;
  d.name = "msd";
  d.one_line = "mean square displacement, per species and of all atoms";
  d.formula = "MSD(t) = <|r_i(t0 + t) - r_i(t0)|^2> over atoms i and origins t0";
  d.options = {{"max_time",
                core::OptionType::number,
                "ps",
                "automatic",
                "the longest lag; a third of the run in situ and a tenth of a file if not given",
                {}}};
  d.columns = {{"species", "1", "element, or \"all\""},
               {"time", "ps", "lag"},
               {"msd", "angstrom^2", "mean square displacement with its standard error"}};
  d.source = "Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.7";
  return d;
}

Msd::Msd(const core::Options& options, const Setting& setting)
    : setting_(setting),
      lags_(log_lags(setting.timeline, options.has("max_time")
                                           ? std::optional<double>(options.number("max_time"))
                                           : std::nullopt)),
      values_(setting.kinds.size()) {}

void Msd::prepare(const OriginPlan& plan) {
  origins_ = plan.description;
  curves_ = PairCurves(plan, lags_, setting_.kinds.size());
}

void Msd::observe_pair(const Pair& pair) {
  const double* d2 = pair.distance2.data();
  for (std::size_t kind = 0; kind < values_.size(); ++kind) {
    const std::size_t begin = pair.begin[kind], end = pair.begin[kind + 1];
    values_[kind] = end == begin ? 0.0 : lane_sum(begin, end, [d2](std::size_t i) {
                                           return d2[i];
                                         }) / static_cast<double>(end - begin);
  }
  curves_.add(pair.lag, pair.group, values_);
}

core::Table Msd::table() const {
  std::vector<std::string> species;
  std::vector<double> time, value, error;
  for (const auto& row : species_rows(setting_)) {
    for (std::size_t lag = 0; lag < lags_.size(); ++lag) {
      const auto estimate = curves_.estimate(lag, row.weights);
      if (estimate.degrees == 0.0) continue;
      species.push_back(row.name);
      time.push_back(static_cast<double>(lags_[lag]) * setting_.timeline.timestep);
      value.push_back(estimate.mean);
      error.push_back(estimate.standard_error);
    }
  }
  core::Table table;
  table.name = "msd";
  table.columns = {
      {"species", "1", species, {}}, {"time", "ps", time, {}}, {"msd", "angstrom^2", value, error}};
  table.how = {
      {"origins", origins_},
      {"errors", PairCurves::error_method()},
      {"drift", "the mass-weighted center of mass of all atoms is removed from every frame"}};
  return table;
}

core::Result Msd::result() const {
  core::Result result;
  result.tables.push_back(table());
  return result;
}

}  // namespace vitreous::analysis
