// The slopes of the embedding functions, laid out for a loop over many atoms.
#pragma once

#include <cstddef>
#include <vector>

#include "potential/eam_potential.hpp"

namespace vitreous::engine::fast {

/// The same piecewise quadratics as potential::UniformSpline's, without its values: half the memory
/// to fetch from, and no division.
class EmbeddingSlopes {
 public:
  explicit EmbeddingSlopes(const potential::EamPotential& potential);

  /// F'(density) of `count` atoms of one species.
  void find(std::size_t kind, const double* density, std::size_t count, double* slope) const;

 private:
  struct Quadratic {
    double a, b, c;
  };
  struct Table {
    double inverse_spacing;
    std::vector<Quadratic> pieces;
  };
  std::vector<Table> tables_;  ///< of each species
};

}  // namespace vitreous::engine::fast
