// How the neighbors of an atom become entries of a list: covered by runs of eight, two an entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {

/// Up to eight consecutive neighbors of an atom.
struct Octet {
  std::uint16_t start, mask;
};

/// The neighbors of one atom among groups of sixteen consecutive atoms.
class Cover {
 public:
  /// Covers the hits of each group: first the near ones, taking along what else is in their octets.
  void find(const std::vector<Entry>& groups, const std::uint16_t* hits,
            const std::uint16_t* near_hits);
  /// Appends the octets as entries of the i-th atom of the block.
  void append_to(std::vector<Entry>& entries, std::uint32_t i);

 private:
  std::vector<Octet> near_, far_;
  std::size_t nears_ = 0, fars_ = 0;
};

/// Entries sorted by atom, of which those are kept whose lanes are still within reach.
class Sieve {
 public:
  /// Takes the hits of each entry of a block of atoms: an octet that holds a near hit is near as a
  /// whole, another with a hit is far. A far octet fills the last near entry of an atom rather than
  /// leave it half empty.
  void sift(const std::vector<Entry>& entries, const std::uint16_t* hits,
            const std::uint16_t* near_hits, std::vector<Entry>& near, std::vector<Entry>& far);

 private:
  void part_octets(const std::vector<Entry>& entries, const std::uint16_t* hits,
                   const std::uint16_t* near_hits);

  std::vector<Octet> near_, far_;  ///< of all atoms of the block, one after the other
  std::uint32_t near_end_[block_atoms], far_end_[block_atoms];
};

}  // namespace vitreous::engine::fast
