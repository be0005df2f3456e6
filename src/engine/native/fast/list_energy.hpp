// Energy and virial in double precision from the fast list: what a run reports.
#pragma once

#include <array>
#include <vector>

#include "engine/forces.hpp"
#include "engine/native/fast/fast_list.hpp"
#include "engine/native/fast/fast_tables.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine::fast {

using Symmetric = std::array<double, 6>;  ///< xx, yy, zz, xy, xz, yz

/// One walk over the pairs suffices, since the virial of the densities can be gathered by atom
/// before the slopes of the embedding functions are known:
///   virial = -sum_pairs phi' d (x) d/r - sum_i F'_i W_i,  W_i = sum_j rho'_{j->i} d (x) d/r.
/// Separations come from the list's fixed-point positions, which are exact to 1e-8 A.
class ListEnergy {
 public:
  /// Energy and virial of the list's present positions, into `result`. The work is cut into
  /// `pieces` that are summed in order.
  void measure(const potential::EamPotential& potential, const FastTables& tables,
               const FastList& list, const core::Box& box, std::size_t pieces, ForceResult& result);

 private:
  /// What one piece of the list adds to, in list order.
  struct Piece {
    std::vector<double> density;
    std::vector<Symmetric> pull;  ///< W_i
    double energy = 0.0;
    Symmetric virial{};
  };

  struct Pairs;

  static void add_pairs(const potential::EamPotential& potential, std::size_t a, std::size_t b,
                        bool symmetric, const Pairs& pairs, Piece& piece);
  static void add_part(const potential::EamPotential& potential, const FittedPair& fit,
                       std::size_t a, const Part& part, const FastList& list, const core::Box& box,
                       Piece& piece);
  std::vector<Piece> pieces_;
};

}  // namespace vitreous::engine::fast
