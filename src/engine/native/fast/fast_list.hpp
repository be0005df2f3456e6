// The half neighbor list of the fast kernel: neighbors are runs of consecutive atoms, and nothing
// has to be gathered. It is a dual list: candidates, found rarely, are sifted often.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "core/box.hpp"
#include "engine/native/fast/fast_kernel.hpp"
#include "engine/native/fast/fast_tables.hpp"
#include "engine/native/fast/fixed_positions.hpp"
#include "engine/native/fast/slots.hpp"
#include "math/vec3.hpp"

namespace vitreous::engine::fast {

/// How far a pair of species reaches (A), skin included.
struct Reach {
  double all = 0.0;   ///< the farthest end of its functions
  double near = 0.0;  ///< the end of rho, and of what is too close for the tables
  double low = 0.0;   ///< closer pairs are too close for the tables; no skin
};

/// Consecutive atoms of one species, few enough that entries tell them apart by 16 bits.
struct AtomClass {
  std::uint32_t kind, first_atom, end_atom;
};

/// Consecutive centers of one species. It has pairs with `first_class` and those after it.
struct Block {
  std::uint32_t kind, first_class, first_atom, end_atom;
};

/// A place in the work of a loop: within the entries of a block, before a part of which it lies.
struct Cut {
  std::size_t block = 0;
  double part = 0.0;
};

/// The work between two cuts.
struct Share {
  Cut begin, end;
  std::size_t end_block() const { return end.part > 0.0 ? end.block + 1 : end.block; }
};

class FastList {
 public:
  /// Padding so that runs of eight, groups of sixteen and blocks of atoms may overshoot.
  static constexpr std::size_t padding = block_atoms + 16;
  /// Runs of eight that overshoot still begin below 2^16.
  static constexpr std::uint32_t most_in_class = 65536 - block_atoms;

  /// `reach[a * kinds + b]` for a <= b, of the list proper; candidates reach `slack` (A) farther.
  /// Species are cut into classes of `in_class` atoms, at most most_in_class.
  FastList(std::vector<Reach> reach, double slack, std::uint32_t in_class = most_in_class);

  /// Why a box has no such list; "" where it has.
  std::string objection(const core::Box& box) const;

  /// Sorts the atoms and finds the candidates.
  void build(const core::Box& box, const math::Vectors& position,
             const std::vector<std::int32_t>& species, const Kernel& kernel);
  /// Takes from the candidates the pairs within reach in this configuration.
  void sift(const core::Box& box, const math::Vectors& position, const Kernel& kernel);
  /// Positions of the present configuration, in list order.
  void update_positions(const core::Box& box, const math::Vectors& position);

  const Slots& slots() const { return slots_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  /// The piece-th of so many equal shares of a loop's work.
  Share density_share(std::size_t piece, std::size_t pieces) const;
  Share force_share(std::size_t piece, std::size_t pieces) const;
  /// The entries of a share that blocks()[block] has with its first class and with each one after
  /// it that has any. Every pair stands in one of the two: an entry that holds a near pair is near
  /// as a whole, so that no run is walked twice for its forces.
  void get_parts(std::size_t block, const Share& share, const FastTables& tables,
                 std::vector<Part>& near, std::vector<Part>& far) const;
  Coordinates coordinates() const;
  std::size_t padded_size() const { return slots_.size() + padding; }

 private:
  /// Entries of a block with one class, sorted by atom.
  struct Entries {
    std::vector<Entry> candidates, near, far;
  };
  class Search;

  void make_classes();
  void make_blocks();
  void count_work();
  /// Calls work(begin, end) for ranges of blocks, on all threads.
  template <class Work>
  void for_some_blocks(const Work& work);

  std::vector<Reach> reach_;
  double slack_;
  std::uint32_t in_class_;
  std::size_t kinds_;
  double longest_ = 0.0;    ///< reach of the candidates
  double narrowest_ = 0.0;  ///< box that is repeated
  Slots slots_;
  FixedPositions position_;  ///< in list order
  std::array<float, 6> cell_{};
  std::vector<AtomClass> classes_;
  std::vector<Block> blocks_;
  std::vector<Entries> entries_;  ///< with class b at [block * classes + b]
  /// Work of the loops before each block, in units of what a far entry costs.
  std::vector<std::size_t> density_before_, force_before_;
};

}  // namespace vitreous::engine::fast
