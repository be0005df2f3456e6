// The kinds that a table has rows for: each kind with atoms, then all atoms together.
#pragma once

#include <string>
#include <vector>

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// A row label and the weight of each kind in its average over atoms.
struct SpeciesRow {
  std::string name;             ///< element, or "all"
  std::string suffix;           ///< of quantities: ".Cu", or "" for all atoms
  std::vector<double> weights;  ///< one a kind, adding up to 1
  double atoms = 0.0;
};

/// Of so many atoms of each kind. Kinds without atoms have no row; a single kind has its own row
/// beside "all".
inline std::vector<SpeciesRow> species_rows(const Setting& setting,
                                            const std::vector<double>& counts) {
  const std::size_t kinds = setting.kinds.size();
  SpeciesRow all{"all", "", std::vector<double>(kinds), 0.0};
  for (const double count : counts) all.atoms += count;
  std::vector<SpeciesRow> rows;
  for (std::size_t k = 0; k < kinds; ++k) {
    const double atoms = counts[k];
    all.weights[k] = all.atoms > 0.0 ? atoms / all.atoms : 0.0;
    if (setting.counts[k] == 0) continue;
    SpeciesRow row{setting.kinds[k].name, "." + setting.kinds[k].name, std::vector<double>(kinds),
                   atoms};
    row.weights[k] = 1.0;
    rows.push_back(std::move(row));
  }
  rows.push_back(std::move(all));
  return rows;
}

/// Of all atoms.
inline std::vector<SpeciesRow> species_rows(const Setting& setting) {
  return species_rows(setting, {setting.counts.begin(), setting.counts.end()});
}

}  // namespace vitreous::analysis
