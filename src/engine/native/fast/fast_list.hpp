// The half neighbor list of the fast kernel: neighbors are runs of consecutive atoms, and nothing
// has to be gathered.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/box.hpp"
#include "engine/native/fast/columns.hpp"
#include "engine/native/fast/fast_kernel.hpp"
#include "engine/native/fast/fixed_positions.hpp"
#include "math/vec3.hpp"

namespace vitreous::engine::fast {

/// How far a pair of species reaches (A), skin included.
struct Reach {
  double all = 0.0;   ///< the farthest end of its functions
  double near = 0.0;  ///< the end of rho, and of what is too close for the tables
};

/// Entries of one pair of species and one stream, cut into blocks of atoms.
struct Stream {
  std::vector<Entry> entries;
  std::vector<Block> blocks;
};

/// Every pair of atoms stands in one of the two: an entry that holds a near pair is near as a
/// whole, so that no run is walked twice for its forces.
struct PairStreams {
  Stream near, far;
};

class FastList {
 public:
  /// Padding so that runs of eight, groups of sixteen and blocks of atoms may overshoot.
  static constexpr std::size_t padding = block_atoms + 16;
  static constexpr std::size_t most_atoms = 65535 - padding;

  /// `reach[a * kinds + b]` for a <= b.
  explicit FastList(std::vector<Reach> reach);

  /// Why a box of so many atoms has no such list; "" where it has.
  std::string objection(const core::Box& box, std::size_t atoms) const;

  void build(const core::Box& box, const math::Vectors& position,
             const std::vector<std::int32_t>& species, const Kernel& kernel);
  /// Positions of the present configuration, in list order.
  void update_positions(const core::Box& box, const math::Vectors& position);

  const std::vector<std::uint32_t>& order() const { return columns_.order(); }  ///< -> atom
  /// Streams of the pair a <= b at [a * kinds + b].
  const std::vector<PairStreams>& streams() const { return streams_; }
  Coordinates coordinates() const;
  std::size_t padded_size() const { return order().size() + padding; }

 private:
  void search(std::size_t a, std::size_t b, const Kernel& kernel);

  std::vector<Reach> reach_;
  std::size_t kinds_;
  double longest_ = 0.0;
  Columns columns_;
  FixedPositions position_;  ///< in list order
  std::array<float, 6> cell_{};
  std::vector<PairStreams> streams_;
};

}  // namespace vitreous::engine::fast
