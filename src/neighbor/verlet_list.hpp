// The Verlet list: every pair of atoms and images within reach, once, for any periodic box.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/archive.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"
#include "neighbor/list_reference.hpp"

namespace vitreous::neighbor {

/// A neighbor of atom i: atom j moved by lattice vector `shifts()[shift]`, both folded into the
/// box.
struct Neighbor {
  std::uint32_t j;
  std::uint32_t shift;
};

/// A half list: of each pair (i, j + n) ~ (j, i - n) the one with i < j is kept, and of an atom's
/// own images those with positive n. Boxes of any size and tilt: where the box is narrower than the
/// reach, several images of a pair stand in the list.
///
/// Neighbors of an atom stand in ascending (j, n), so the list depends on the box and the positions
/// it was built from and on nothing else.
class VerletList {
 public:
  /// `cutoff` and `skin` in A.
  VerletList(double cutoff, double skin);

  double cutoff() const { return reference_.cutoff(); }
  double skin() const { return reference_.skin(); }

  /// See ListReference::holds.
  bool holds(const core::Box& box, const core::Atoms& atoms) const {
    return reference_.holds(box, atoms);
  }

  /// Throws RunError where a position is not finite, naming the atom by its id.
  void build(const core::Box& box, const core::Atoms& atoms);
  void reset() { reference_.reset(); }
  /// Builds where the list no longer holds; returns whether it did.
  bool update(const core::Box& box, const core::Atoms& atoms);

  /// Neighbors of atom i: [first(i), first(i + 1)) of entries().
  std::uint32_t first(std::size_t i) const { return first_[i]; }
  const std::vector<Neighbor>& entries() const { return entries_; }

  /// Positions folded by the lattice vectors of the last build: atoms may since have left the box a
  /// little.
  void fold(const core::Box& box, const core::Atoms& atoms, math::Vectors& folded) const;
  /// The lattice vectors that `Neighbor::shift` counts, for the present box.
  std::vector<math::Vec3> shifts(const core::Box& box) const;

  /// The box and positions of the last build; restoring them restores the list, entry by entry.
  void transfer(core::Archive& archive);

 private:
  struct Grid;
  using Image = std::array<int, 3>;
  void rebuild();
  std::uint32_t shift_index(const Image& n) const;

  ListReference reference_;  ///< of the last build
  std::vector<Image> fold_;  ///< lattice vector that was taken off each atom
  Image reach_{};            ///< images to each side that the shifts cover
  std::vector<std::uint32_t> first_;
  std::vector<Neighbor> entries_;
};

}  // namespace vitreous::neighbor
