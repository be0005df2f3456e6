// Histogram of the distances between atoms within reach, periodic images included, for any box.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/distance_bins.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::analysis {

/// Counts of pairs of atoms at a distance, each pair (i, j + n) ~ (j, i - n) once, by the kinds of
/// its two atoms. Boxes of any size and tilt: where the box is narrower than the reach, several
/// images of a pair, and of an atom itself, are counted. Memory: that of the atoms.
class PairDistances {
 public:
  PairDistances(std::size_t kinds, const DistanceBins& bins);

  void count(const core::Box& box, const core::Atoms& atoms);

  /// Number of pairs of kinds; [a][b >= a].
  std::size_t pairs() const { return kinds_ * (kinds_ + 1) / 2; }
  std::size_t pair_of(std::size_t a, std::size_t b) const;
  /// Of the last `count`.
  std::int64_t pairs_in(std::size_t pair, std::size_t bin) const {
    return counts_[pair * bins_.count + bin];
  }

 private:
  void sort_into_cells(const core::Box& box, const core::Atoms& atoms);
  void count_cell(const core::Box& box, std::size_t cell, const std::array<int, 3>& offset);
  void count_segments(std::size_t a, std::size_t b, const core::Vec3& shift, bool same);

  std::size_t kinds_;
  DistanceBins bins_;
  std::vector<std::int64_t> counts_;  ///< [pair][bin]

  std::array<int, 3> cells_{}, range_{};
  std::vector<std::uint32_t> first_;  ///< of each cell and kind in position_; [cell][kind]
  std::vector<std::uint32_t> slot_;   ///< cell and kind of each atom
  math::Vectors folded_, position_;   ///< in the order of atoms, and of cells
};

}  // namespace vitreous::analysis
