// What `vitreous potential show` tells of a potential.
#pragma once

#include <string>
#include <vector>

#include "potential/eam_potential.hpp"
#include "potential/reference_crystal.hpp"

namespace vitreous::cli {

/// Where one function of the potential ends (A).
struct FunctionEnd {
  std::string function;  ///< "phi" or "rho"
  std::string of;        ///< "Cu-Zr", "Cu at Zr"
  double end = 0.0;
};

/// An element's reference crystals: that of the source's lattice; fcc, bcc and hcp where it names
/// none.
struct ElementCrystals {
  std::vector<potential::RelaxedCrystal> relaxed;
  double separated = 0.0;  ///< energy of a lone atom, F(0) (eV)
  std::string note;        ///< where the structures come from, or why there is no crystal
};

struct PotentialSummary {
  std::string fingerprint;
  std::vector<FunctionEnd> ends;
  std::vector<ElementCrystals> crystals;  ///< one an element, in the tables' order
};

PotentialSummary summarize(const potential::EamTables& tables);

std::string to_text(const potential::EamTables& tables, const PotentialSummary& summary);
std::string to_json(const potential::EamTables& tables, const PotentialSummary& summary);

/// Every function at the knots of its table, tidy: function, of, x, x_unit, value, value_unit.
std::string function_table_csv(const potential::EamTables& tables);

}  // namespace vitreous::cli
