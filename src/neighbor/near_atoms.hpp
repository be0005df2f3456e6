// The atoms around an atom, periodic images included, in shells of distance: for what looks at each
// atom's surroundings once, and may need to look further for some than for others.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::neighbor {

struct NearAtom {
  math::Vec3 separation;  ///< from the atom or point in the middle, A
  double distance2;       ///< A^2
  std::uint32_t atom;
};

/// A grid of folded atoms, for any periodic box. Does not change once made: several threads may
/// look at once.
class NearAtoms {
 public:
  /// `reach` (A): the distance that is mostly looked to; a guess that is off costs time alone.
  /// Throws RunError where a position is not finite, naming the atom by its id.
  NearAtoms(const core::Box& box, const core::Atoms& atoms, double reach);

  std::size_t size() const { return place_.size(); }
  /// Puts every atom and image at a distance d of atom i, from <= d < to, into `found`, but not the
  /// atom itself. Their order depends on box, positions and reach alone.
  void find(std::size_t i, double from, double to, std::vector<NearAtom>& found) const;

  /// The atom or image nearest to a point that lies `off` atom i, if it is nearer than `within`
  /// (A).
  std::optional<NearAtom> nearest(std::size_t i, const math::Vec3& off, double within) const;

 private:
  using Bin = std::array<int, 3>;
  std::size_t bin_index(const Bin& bin) const {
    return static_cast<std::size_t>((bin[2] * bins_[1] + bin[1]) * bins_[0] + bin[0]);
  }
  Bin bin_of_fraction(const math::Vec3& fraction) const;
  template <class Visit>
  void for_each_bin(const Bin& middle, double to, const Visit& visit) const;

  core::Box box_;
  double reach_;
  Bin bins_{};
  std::vector<Bin> bin_of_;           ///< of each atom
  std::vector<std::uint32_t> place_;  ///< of each atom in what follows
  std::vector<std::uint32_t> first_;  ///< of each bin in what follows
  std::vector<std::uint32_t> atom_;   ///< by bin, ascending within a bin
  std::vector<math::Vec3> position_;  ///< folded, by bin
};

}  // namespace vitreous::neighbor
