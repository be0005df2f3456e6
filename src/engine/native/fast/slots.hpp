// Who stands where in list order. A box too narrow for the list is seen repeated along its edges
// until it is wide enough: an atom then has several images in it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/box.hpp"
#include "engine/native/fast/columns.hpp"
#include "engine/native/fast/fixed_positions.hpp"
#include "math/vec3.hpp"

namespace vitreous::engine::fast {

/// In a wide box each atom has one slot, in the order of the columns. In a narrow one it has a slot
/// for each of its images, in the order of the columns of the repeated box, and one more behind all
/// of these: its center. Neighbors are looked for around centers and among images, so that each
/// pair of the narrow box is met as often as in a wide one. What pairs add to images belongs to
/// their center, and images take from their center what is known of an atom.
///
/// An atom and its images differ by the same fixed-point numbers all along, wherever the atom goes.
class Slots {
 public:
  /// Sorts the atoms of a box that has to be `width` (A) wide along each edge.
  void sort(const core::Box& box, const math::Vectors& position,
            const std::vector<std::int32_t>& species, std::size_t kinds, double width);
  /// Places in the repeated box, of the present positions; `out` must have room.
  void place(const core::Box& box, const math::Vectors& position, FixedPositions& out) const;

  bool has_images() const { return images_ > 1; }
  /// The box as it was repeated at the last sort: the box itself where it is wide.
  core::Box repeated(const core::Box& box) const;
  /// Of the images; where there are none, of the atoms.
  const Columns& columns() const { return columns_; }
  /// A range's share of the centers. Ranges that make up the images of a species share its centers
  /// out between them; where there are no images, a range is its own share.
  Range centers_of(Range range) const {
    return {first_center_ + range.begin / images_, first_center_ + range.end / images_};
  }

  std::size_t size() const { return atom_.size(); }
  const std::vector<std::uint32_t>& atom() const { return atom_; }      ///< in each slot
  const std::vector<std::uint32_t>& center() const { return center_; }  ///< of each slot's atom
  const std::vector<std::uint32_t>& rank() const { return rank_; }      ///< center of each atom

  /// Adds what stands in the slots of images to their centers.
  template <class T>
  void fold(T* values) const {
    for (std::uint32_t s = 0; s < first_center_; ++s) values[center_[s]] += values[s];
  }
  /// Gives the values of centers to their images.
  template <class T>
  void spread(T* values) const {
    for (std::uint32_t s = 0; s < first_center_; ++s) values[s] = values[center_[s]];
  }

 private:
  void choose_repeats(const core::Box& box, double width);
  void choose_centers(const FixedPositions& of_atoms, std::size_t atoms);

  std::array<std::uint32_t, 3> repeats_ = {1, 1, 1};  ///< along each edge
  std::uint32_t images_ = 1;                          ///< of each atom
  std::vector<std::array<std::uint32_t, 3>> shift_;   ///< of each image from the atom
  Columns columns_;
  std::vector<std::uint32_t> atom_, image_, center_;  ///< by slot
  std::vector<std::uint32_t> rank_;                   ///< by atom
  std::uint32_t first_center_ = 0;                    ///< images, where there are any, stand before
};

}  // namespace vitreous::engine::fast
