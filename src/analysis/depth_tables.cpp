#include "analysis/depth_tables.hpp"

#include <algorithm>
#include <limits>

namespace vitreous::analysis {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

void put(core::Column& column, const std::optional<math::Estimate>& estimate, double factor = 1.0) {
  core::add_cell(column, estimate ? estimate->mean * factor : no_number);
  column.standard_error.push_back(estimate ? estimate->standard_error * factor : no_number);
}

bool is_empty(const std::vector<double>& counts) {
  return std::all_of(counts.begin(), counts.end(), [](double count) { return count == 0.0; });
}

}  // namespace

core::Table depth_bins_table(const Setting& setting, const DepthSums& sums) {
  core::Table table;
  table.name = "depth_profile";
  table.columns = {core::word_column("species"), core::number_column("depth", "angstrom"),
                   core::number_column("density", "1/angstrom^3"),
                   core::number_column("relative_density", "1", true),
                   core::number_column("coordination", "1", true)};
  if (!sums.profile().has_errors()) return table;
  const DepthGrid& grid = sums.grid();
  const auto rows = species_rows(setting);
  const auto frames = sums.profile().frames_of_groups();
  std::size_t first = 0;  // nothing was seen further outside
  while (first < grid.bins() && is_empty(sums.in_bin(rows.back(), first, DepthSums::atoms)))
    ++first;
  for (const SpeciesRow& row : rows) {
    const auto middle = sums.in_middle(row, DepthSums::atoms);
    for (std::size_t bin = first; bin < grid.bins(); ++bin) {
      const auto atoms = sums.in_bin(row, bin, DepthSums::atoms);
      core::add_cell(table.columns[0], row.name);
      core::add_cell(table.columns[1], grid.depth_of(bin));
      put(table.columns[2], ratio_of_groups(atoms, frames), 1.0 / grid.bin_volume());
      put(table.columns[3], ratio_of_groups(atoms, middle),
          grid.middle_volume() / grid.bin_volume());
      put(table.columns[4], ratio_of_groups(sums.in_bin(row, bin, DepthSums::neighbors), atoms));
    }
  }
  return table;
}

core::Table depth_layers_table(const Setting& setting, const DepthSums& sums) {
  core::Table table;
  table.name = "depth_profile_layers";
  table.columns = {core::word_column("species"),
                   core::number_column("layer", "1"),
                   core::number_column("from", "angstrom", true),
                   core::number_column("to", "angstrom"),
                   core::number_column("atoms", "1"),
                   core::number_column("composition", "1", true),
                   core::number_column("coordination", "1", true),
                   core::number_column("ico_like", "1", true)};
  if (!sums.profile().has_errors()) return table;
  const DepthGrid& grid = sums.grid();
  const auto rows = species_rows(setting);
  const auto frames = sums.profile().frames_of_groups();
  for (const SpeciesRow& row : rows)
    for (std::size_t layer = 0; layer < grid.layers(); ++layer) {
      const auto from = static_cast<double>(layer) * grid.layer();
      const auto atoms = sums.in_layer(row, layer, DepthSums::atoms);
      core::add_cell(table.columns[0], row.name);
      core::add_cell(table.columns[1], static_cast<double>(layer + 1));
      core::add_cell(table.columns[2], layer == 0 ? no_number : from);
      core::add_cell(table.columns[3], from + grid.layer());
      put(table.columns[4], ratio_of_groups(atoms, frames));
      put(table.columns[5],
          ratio_of_groups(atoms, sums.in_layer(rows.back(), layer, DepthSums::atoms)));
      put(table.columns[6],
          ratio_of_groups(sums.in_layer(row, layer, DepthSums::neighbors), atoms));
      put(table.columns[7],
          ratio_of_groups(sums.like_in_layer(row, layer), sums.cells_in_layer(row, layer)));
    }
  return table;
}

}  // namespace vitreous::analysis
