// The Verlet list: every pair of atoms and images within reach, once, for any periodic box.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/archive.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

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

  double cutoff() const { return cutoff_; }
  double skin() const { return skin_; }

  /// Whether no pair can have come within the cutoff that is not in the list. A pair outside it was
  /// at least R = cutoff + skin apart. The box has since been deformed by F = h h0^-1, which leaves
  /// the pair at least (1 - |F - 1|) R apart, and each atom has moved by at most d beside that: so
  /// the list holds while 2 d <= (1 - |F - 1|) R - cutoff.
  bool holds(const core::Box& box, const core::Atoms& atoms) const;

  /// Throws RunError where a position is not finite, naming the atom by its id.
  void build(const core::Box& box, const core::Atoms& atoms);
  void reset() { built_ = false; }
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

  double cutoff_, skin_;
  bool built_ = false;
  core::Box box_;            ///< of the last build
  math::Vectors position_;   ///< of the last build, unwrapped
  std::vector<Image> fold_;  ///< lattice vector that was taken off each atom
  Image reach_{};            ///< images to each side that the shifts cover
  std::vector<std::uint32_t> first_;
  std::vector<Neighbor> entries_;
};

}  // namespace vitreous::neighbor
