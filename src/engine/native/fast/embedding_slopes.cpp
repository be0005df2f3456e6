#include "engine/native/fast/embedding_slopes.hpp"

#include <algorithm>

namespace vitreous::engine::fast {

EmbeddingSlopes::EmbeddingSlopes(const potential::EamPotential& potential) {
  for (std::size_t a = 0; a < potential.species_count(); ++a) {
    const potential::UniformSpline& spline = potential.embedding_spline(a);
    Table table{1.0 / spline.spacing(), {}};
    for (const auto& knot : spline.knots())
      table.pieces.push_back({knot.slope[0], knot.slope[1], knot.slope[2]});
    tables_.push_back(std::move(table));
  }
}

void EmbeddingSlopes::find(std::size_t kind, const double* density, std::size_t count,
                           double* slope) const {
  const double inverse_spacing = tables_[kind].inverse_spacing;
  const Quadratic* pieces = tables_[kind].pieces.data();
  const auto last = static_cast<double>(tables_[kind].pieces.size() - 1);
  for (std::size_t k = 0; k < count; ++k) {
    // Knots are counted from 1, as in LAMMPS. Beyond the last its slope stays; what is not a number
    // stays so.
    const double x = density[k] * inverse_spacing + 1.0;
    const auto knot = static_cast<std::size_t>(std::max(1.0, std::min(last, x)));
    const double p = std::min(x - static_cast<double>(knot), 1.0);
    const Quadratic& q = pieces[knot - 1];
    slope[k] = (q.a * p + q.b) * p + q.c;
  }
}

}  // namespace vitreous::engine::fast
