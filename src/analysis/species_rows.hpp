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

/// Kinds without atoms have no row; a single kind has its own row beside "all".
inline std::vector<SpeciesRow> species_rows(const Setting& setting) {
  const std::size_t kinds = setting.kinds.size();
  SpeciesRow all{"all", "", std::vector<double>(kinds), 0.0};
  for (const std::size_t count : setting.counts) all.atoms += static_cast<double>(count);
  std::vector<SpeciesRow> rows;
  for (std::size_t k = 0; k < kinds; ++k) {
    const auto atoms = static_cast<double>(setting.counts[k]);
    all.weights[k] = atoms / all.atoms;
    if (setting.counts[k] == 0) continue;
    SpeciesRow row{setting.kinds[k].name, "." + setting.kinds[k].name, std::vector<double>(kinds),
                   atoms};
    row.weights[k] = 1.0;
    rows.push_back(std::move(row));
  }
  rows.push_back(std::move(all));
  return rows;
}

}  // namespace vitreous::analysis
