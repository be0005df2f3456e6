#include "analysis/lag_table.hpp"

#include "analysis/pair_curves.hpp"

namespace vitreous::analysis {

core::Table lag_table(
    const std::string& name, const std::string& unit, const std::vector<SpeciesRow>& rows,
    const std::vector<std::int64_t>& lags, double timestep, const std::string& origins,
    const std::function<math::Estimate(const SpeciesRow&, std::size_t)>& estimate) {
  std::vector<std::string> species;
  std::vector<double> time, value, error;
  for (const auto& row : rows) {
    for (std::size_t lag = 0; lag < lags.size(); ++lag) {
      const auto at = estimate(row, lag);
      if (at.degrees == 0.0) continue;
      species.push_back(row.name);
      time.push_back(static_cast<double>(lags[lag]) * timestep);
      value.push_back(at.mean);
      error.push_back(at.standard_error);
    }
  }
  core::Table table;
  table.columns = {
      {"species", "1", species, {}}, {"time", "ps", time, {}}, {name, unit, value, error}};
  table.how = {
      {"origins", origins},
      {"errors", PairCurves::error_method()},
      {"drift", "the mass-weighted center of mass of all atoms is removed from every frame"}};
  return table;
}

}  // namespace vitreous::analysis
