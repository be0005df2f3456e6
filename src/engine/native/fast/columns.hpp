// Atoms sorted so that those near to each other stand in runs: by species, then by column in the
// (b, c) plane, then along a.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/box.hpp"
#include "engine/native/fast/fixed_positions.hpp"

namespace vitreous::engine::fast {

/// Consecutive atoms [begin, end) in the sorted order.
struct Range {
  std::uint32_t begin, end;
};

class Columns {
 public:
  /// Sorts anew. `position` is by atom.
  void sort(const core::Box& box, const FixedPositions& position,
            const std::vector<std::int32_t>& species, std::size_t kinds);

  const std::vector<std::uint32_t>& order() const { return order_; }  ///< sorted order -> atom
  Range of_kind(std::size_t kind) const;

  /// Places from `low` to `low + extent` along an edge, in fixed-point units; they may wrap.
  struct Span {
    std::uint32_t low, extent;
  };

  /// Finds atoms by place; each thread has its own. The box is at least twice the reach wide.
  class Finder {
   public:
    /// `reach` in A.
    Finder(const Columns& columns, double reach) : columns_(columns), reach_(reach) {}
    /// Ranges that hold every atom of a kind `among` these that is within reach of any place in
    /// x, y, z, and some farther ones; each atom once. They stay until the next call.
    const std::vector<Range>& near(Span x, Span y, Span z, std::size_t kind, Range among);

   private:
    /// A row of columns: its index and the square of how far away it begins at least (A^2).
    struct Row {
      std::uint32_t index;
      double distance2;
    };
    void find_rows(Span span, double height, std::uint32_t count, std::vector<Row>& rows);
    /// Writes up to two ranges; returns where the next one goes.
    static Range* write_ranges(const std::uint32_t* bin_first, std::uint32_t bins, Span window,
                               Range among, Range* out);

    const Columns& columns_;
    double reach_;
    std::vector<Row> rows_y_, rows_z_;
    std::vector<Range> ranges_;
  };

 private:
  std::uint32_t first_bin(std::size_t kind, std::uint32_t y, std::uint32_t z) const;
  void choose_grid(const core::Box& box, std::size_t atoms);
  void sort_within_bins(const FixedPositions& position);

  core::Vec3 heights_;
  bool orthogonal_ = true;
  std::size_t kinds_ = 0;
  std::uint32_t across_y_ = 1, across_z_ = 1;  ///< columns
  std::uint32_t bins_ = 1;                     ///< of a column, along a
  std::vector<std::uint32_t> bin_, bin_first_, order_;
};

}  // namespace vitreous::engine::fast
