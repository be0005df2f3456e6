// The reference force: double precision, any number of elements, any periodic box. The oracle of
// every faster form.
#pragma once

#include <array>
#include <vector>

#include "base/parallel.hpp"
#include "engine/forces.hpp"
#include "neighbor/verlet_list.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

/// Embedded-atom forces in the general Finnis-Sinclair form (Daw and Baskes 1984; Finnis and
/// Sinclair 1984):
///   rho_i = sum_j rho_{j->i}(r_ij),   E = sum_i F_i(rho_i) + sum_{pairs} phi_ij(r_ij),
///   f_i = -sum_j [phi' + F_i' rho'_{j->i} + F_j' rho'_{i->j}] (r_i - r_j)/r_ij,
///   virial = sum_{pairs} (r_i - r_j) (x) f_ij.
/// Half of a pair's energy belongs to each of its atoms.
///
/// The work is cut into a fixed number of pieces that are summed in order: the bits are the same
/// for any number of threads.
class ReferenceForces : public Forces {
 public:
  /// `skin` in A: how much farther than the cutoff the neighbor list reaches. `why` says for people
  /// why this form was taken, where there was a choice.
  explicit ReferenceForces(potential::EamPotential potential, double skin = 1.0,
                           std::string why = "");

  void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                ForceResult& result) override;
  void transfer(core::Archive& archive) override;
  void reset() override { list_.reset(); }
  double cutoff() const override { return potential_.cutoff(); }
  std::string description() const override;

 private:
  static constexpr std::size_t pieces = 8;

  /// The three radial functions of an ordered pair of kinds, interleaved by knot so that one index
  /// and neighboring cache lines serve all of them.
  struct PairTable {
    double inverse_spacing = 0.0;
    std::size_t points = 0;
    double end2 = 0.0, density_end2 = 0.0;  ///< where all, and where the densities, are zero (A^2)
    std::vector<double> value;              ///< [knot][12]: cubics of rho_{j->i}, rho_{i->j}, r phi
    std::vector<double> slope;              ///< [knot][9]: quadratics of their slopes
  };
  /// What one piece adds to.
  struct Piece {
    std::vector<double> density;
    math::Vectors force;
    double energy = 0.0;
    std::vector<double> energy_per_atom;
    math::Mat3 virial;
  };

  void make_tables();
  void add_densities(const core::Atoms& atoms, std::size_t piece);
  void embed(const core::Atoms& atoms, Want want, ForceResult& result);
  void add_forces(const core::Atoms& atoms, Want want, std::size_t piece);
  void sum_pieces(const core::Atoms& atoms, Want want, ForceResult& result);
  base::Range atoms_of(std::size_t piece) const;

  potential::EamPotential potential_;
  neighbor::VerletList list_;
  std::string why_;
  std::vector<PairTable> tables_;  ///< [kind of i * kinds + kind of j]
  math::Vectors folded_;
  std::vector<math::Vec3> shifts_;
  std::vector<double> embedding_slope_;
  std::array<Piece, pieces> piece_;
};

}  // namespace vitreous::engine
