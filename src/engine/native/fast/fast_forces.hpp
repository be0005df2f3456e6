// The fast force: single-precision pair arithmetic in registers, double-precision state around it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/forces.hpp"
#include "engine/native/fast/close_pairs.hpp"
#include "engine/native/fast/embedding_slopes.hpp"
#include "engine/native/fast/fast_list.hpp"
#include "engine/native/fast/fast_tables.hpp"
#include "engine/native/fast/list_energy.hpp"
#include "engine/native/reference_forces.hpp"
#include "neighbor/list_reference.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

/// Embedded-atom forces by the loops of fast_kernel.hpp. They differ from the double-precision
/// reference's by 1e-6 eV/A (rows) to 1.3e-5 eV/A (registers), root mean square: mostly less
/// than 2e-5 of the forces from 300 K upwards, and more where forces are small or tables have few
/// digits: docs/theory/force-kernel.md tells where, and choose_forces tries for it. Energies,
/// and what measure() tells, are those of the reference.
///
/// A step that the fast form cannot take (the box is a few atoms wide, atoms overlap all over) is
/// taken by the reference: which one takes a step depends on the state alone, so bits stay the same
/// however a run is cut.
class FastForces : public Forces {
 public:
  /// `tables` are those of `potential` in the form that `kernel` takes; `why` it is not
  /// another kernel, for the description; `in_class` as in FastList. Throws RunError where the
  /// processor or the tables do not allow this kernel.
  FastForces(const potential::EamPotential& potential, const fast::Kernel& kernel,
             fast::FastTables tables, std::string why = "",
             std::uint32_t in_class = fast::FastList::most_in_class);

  void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                ForceResult& result) override;
  void measure(const core::Box& box, const core::Atoms& atoms, ForceResult& result) override;
  void transfer(core::Archive& archive) override;
  void reset() override;
  double cutoff() const override { return sifted_from_.cutoff(); }
  std::string description() const override;
  std::map<std::string, double> seconds() const override { return seconds_; }

 private:
  /// The list is cut into this many pieces whatever the number of threads: the bits depend on it.
  static constexpr std::size_t pieces = 2;

  /// What one piece of the list adds to, in list order.
  struct Piece {
    std::vector<float> density, fx, fy, fz;
    std::array<double, 6> virial{};
    std::vector<fast::ClosePair> close;
    std::size_t close_count = 0;        ///< may exceed the room in `close`
    std::vector<fast::Part> near, far;  ///< of the block at hand
  };

  /// False where too many pairs are too close: then `result` is not complete.
  bool evaluate_fast(const core::Box& box, const core::Atoms& atoms, Want want,
                     ForceResult& result);
  /// Does a part of the work and counts how long it took.
  template <class Work>
  void timed(const char* part, const Work& work);
  void update_list(const core::Box& box, const core::Atoms& atoms);
  void place_atoms(const core::Box& box, const core::Atoms& atoms);
  void add_densities(Piece& mine, std::size_t piece);
  bool collect_close_pairs();
  void embed(const core::Box& box, const core::Atoms& atoms);
  void embed(const fast::Block& block);
  void add_forces(Piece& mine, std::size_t piece, bool with_virial);
  void sum_pieces(const core::Atoms& atoms, ForceResult& result) const;
  bool sum_forces(base::Range range, math::Vectors& force) const;
  void add_energies(const core::Box& box, const core::Atoms& atoms, Want want, ForceResult& result);

  potential::EamPotential potential_;
  fast::FastTables tables_;
  const fast::Kernel* kernel_;
  std::string why_kernel_;
  neighbor::ListReference candidates_from_, sifted_from_;
  fast::FastList list_;
  bool has_candidates_ = false, is_sifted_ = false;  ///< from the present references
  fast::EmbeddingSlopes embedding_slopes_;
  ReferenceForces general_;  ///< of steps that the fast form cannot take
  fast::ListEnergy list_energy_;
  ReferenceForces exact_;    ///< energies where there is no list; never moves an atom
  std::string why_general_;  ///< took the last step; "" where it did not

  std::array<Piece, pieces> piece_;
  // In list order:
  std::vector<fast::ClosePair> close_;
  std::vector<double> density_, embedding_slope_;
  std::vector<float> kernel_slope_;  ///< embedding_slope_ in single precision
  std::map<std::string, double> seconds_{{"density", 0.0}, {"force", 0.0}, {"list", 0.0}};
};

}  // namespace vitreous::engine
