// The functions of a potential as the fast kernel's tables, with the error that they make.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/native/fast/fast_kernel.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine::fast {

struct FittedPair {
  PairTables tables{};
  double low = 0.0, phi_end = 0.0, rho_end = 0.0;  ///< A
  double phi_error = 0.0;                          ///< RMS of the pair force, eV/A
  double rho_error = 0.0;                          ///< RMS of drho/dr, 1/A
  double embedding_slope = 0.0;                    ///< that rho_error acts by, eV
  double rounding = 0.0;  ///< of rows on knots, instead: RMS relative to that of the function
  std::shared_ptr<const std::vector<float>> rows;  ///< that tables.rows points to, where it does
};

/// The pairs of species, [a * kinds + b] for a <= b; the others stay empty.
struct FastTables {
  TableForm form = TableForm::rows;
  std::vector<FittedPair> pairs;

  double longest() const;  ///< where the last function ends (A)
};

/// Fits every pair of species. For registers the edges of segments are moved to the joints of the
/// functions; rows are made finer until they follow the functions well enough; what
/// they cannot follow has rows on knots.
FastTables fit_tables(const potential::EamPotential& potential, TableForm form);

/// Names the pairs that have rows on the knots of their own tables, as "Al-Al, Al-Mg".
std::string pairs_on_knots(const potential::EamPotential& potential, const FastTables& tables);

/// Names the pair whose functions are too far from their tables; "" where none is.
std::string objection_to_tables(const potential::EamPotential& potential, const FastTables& tables);

}  // namespace vitreous::engine::fast
