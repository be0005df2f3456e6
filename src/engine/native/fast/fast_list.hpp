// The half neighbor list of the fast kernel: atoms sorted into columns so that neighbors are runs
// of consecutive atoms, and nothing has to be gathered.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/box.hpp"
#include "engine/native/fast/fast_kernel.hpp"
#include "math/vec3.hpp"

namespace vitreous::engine::fast {

/// How far a pair of species reaches (A), skin included.
struct Reach {
  double all = 0.0;        ///< the farther end of phi and rho
  double densities = 0.0;  ///< the end of rho: what lies within goes to the short stream
};

/// Entries of one pair of species and one stream, cut into blocks of atoms.
struct Stream {
  std::vector<Entry> entries;
  std::vector<Block> blocks;
};

struct PairStreams {
  Stream near, far;
};

/// Atoms in list order: by species, then column in the (b, c) plane, then position along a.
class FastList {
 public:
  /// Padding so that runs of eight, searches of sixteen and blocks of atoms may overshoot.
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

  const std::vector<std::uint32_t>& order() const { return order_; }  ///< list order -> atom
  /// Streams of the pair a <= b at [a * kinds + b].
  const std::vector<PairStreams>& streams() const { return streams_; }
  Coordinates coordinates() const;
  std::size_t padded_size() const { return order_.size() + padding; }

 private:
  void sort(const core::Box& box, const math::Vectors& position,
            const std::vector<std::int32_t>& species);
  void search(std::size_t a, std::size_t b, const core::Box& box, const Kernel& kernel);

  std::vector<Reach> reach_;
  std::size_t kinds_;
  double longest_ = 0.0;
  std::array<int, 2> columns_{};  ///< along b and c
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> first_of_kind_;    ///< in list order; kinds + 1 entries
  std::vector<std::uint32_t> first_of_column_;  ///< [kind * columns + column], and the end
  std::vector<std::int32_t> x_, y_, z_;
  std::array<float, 6> cell_{};
  std::vector<PairStreams> streams_;
};

}  // namespace vitreous::engine::fast
