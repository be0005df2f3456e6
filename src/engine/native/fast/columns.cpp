#include "engine/native/fast/columns.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::engine::fast {
namespace {

/// Width of a column (A): a run of eight atoms of one species then crosses a sphere of neighbors.
constexpr double column_width = 4.6;
/// Bins along a column need only be finer than the ends of a run.
constexpr double bin_width = 1.5;
constexpr double whole = 4294967296.0;  // the box edge

/// Which of `count` equal parts of the box edge a place lies in.
std::uint32_t part_of(std::uint32_t place, std::uint32_t count) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(place) * count) >> 32);
}

std::uint32_t parts_across(double height, double width) {
  return static_cast<std::uint32_t>(std::max(1.0, height / width));
}

std::uint32_t unsigned_of(std::int32_t place) { return static_cast<std::uint32_t>(place); }

}  // namespace

std::uint32_t Columns::first_bin(std::size_t kind, std::uint32_t y, std::uint32_t z) const {
  return ((static_cast<std::uint32_t>(kind) * across_z_ + z) * across_y_ + y) * bins_;
}

Range Columns::of_kind(std::size_t kind) const {
  return {bin_first_[first_bin(kind, 0, 0)], bin_first_[first_bin(kind + 1, 0, 0)]};
}

void Columns::choose_grid(const core::Box& box, std::size_t atoms) {
  heights_ = box.heights();
  orthogonal_ = box.is_orthogonal();
  // Slabs in much vacuum need no more columns than atoms.
  const auto most = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(atoms))) + 1;
  across_y_ = std::min(parts_across(heights_.y, column_width), most);
  across_z_ = std::min(parts_across(heights_.z, column_width), most);
  bins_ = std::min(parts_across(heights_.x, bin_width), 4096u);
}

void Columns::sort(const core::Box& box, const FixedPositions& position,
                   const std::vector<std::int32_t>& species, std::size_t kinds) {
  const std::size_t n = species.size();
  kinds_ = kinds;
  choose_grid(box, n);
  bin_.resize(n);
  bin_first_.assign(first_bin(kinds, 0, 0) + 2, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t column = first_bin(static_cast<std::size_t>(species[i]),
                                           part_of(unsigned_of(position.y[i]), across_y_),
                                           part_of(unsigned_of(position.z[i]), across_z_));
    bin_[i] = column + part_of(unsigned_of(position.x[i]), bins_);
    ++bin_first_[bin_[i] + 2];
  }
  // Counted one place late, so that filling the bins leaves their beginnings.
  for (std::size_t b = 1; b < bin_first_.size(); ++b) bin_first_[b] += bin_first_[b - 1];
  order_.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    order_[bin_first_[bin_[i] + 1]++] = static_cast<std::uint32_t>(i);
  sort_within_bins(position);
}

void Columns::sort_within_bins(const FixedPositions& position) {
  const auto before = [&](std::uint32_t i, std::uint32_t j) {
    const std::uint32_t a = unsigned_of(position.x[i]), b = unsigned_of(position.x[j]);
    return a != b ? a < b : i < j;
  };
  for (std::size_t b = 0; b + 2 < bin_first_.size(); ++b)
    if (bin_first_[b + 1] > bin_first_[b] + 1)
      std::sort(order_.begin() + bin_first_[b], order_.begin() + bin_first_[b + 1], before);
}

void Columns::Finder::find_rows(std::uint32_t place, double height, std::uint32_t count,
                                std::vector<Row>& rows) {
  rows.clear();
  const int n = static_cast<int>(count);
  const double width = height / n, in_columns = reach_ / width;
  const int side = static_cast<int>(in_columns) + 1;
  if (2 * side + 1 >= n) {
    // The box is narrow: all rows, and no row is far by all its images.
    for (std::uint32_t row = 0; row < count; ++row) rows.push_back({row, 0.0});
    return;
  }
  const double at = place * (1.0 / whole) * n;  // in columns
  const int last = static_cast<int>(at + in_columns), own = static_cast<int>(at);
  for (int row = static_cast<int>(at - in_columns + n) - n; row <= last; ++row) {
    const double distance = row == own ? 0.0 : row > own ? row - at : at - (row + 1);
    rows.push_back({static_cast<std::uint32_t>(row < 0    ? row + n
                                               : row >= n ? row - n
                                                          : row),
                    distance * width});
  }
}

/// Atoms of a column within half_width of x along a, by whole bins. The window may wrap.
Range* Columns::Finder::write_ranges(const std::uint32_t* bin_first, std::uint32_t bins,
                                     std::uint32_t x, std::uint32_t half_width, std::uint32_t first,
                                     Range* out) {
  const std::uint32_t low = part_of(x - half_width, bins), high = part_of(x + half_width, bins);
  const auto write = [&](std::uint32_t from, std::uint32_t to) {
    *out = {std::max(bin_first[from], first), bin_first[to]};
    out += out->begin < out->end;
  };
  if (x - half_width <= x + half_width) {
    write(low, high + 1);
  } else if (high >= low) {
    write(0, bins);
  } else {
    write(0, high + 1);
    write(low, bins);
  }
  return out;
}

const std::vector<Range>& Columns::Finder::near(std::uint32_t x, std::uint32_t y, std::uint32_t z,
                                                std::size_t kind, std::uint32_t first) {
  find_rows(y, columns_.heights_.y, columns_.across_y_, rows_y_);
  find_rows(z, columns_.heights_.z, columns_.across_z_, rows_z_);
  ranges_.resize(2 * rows_y_.size() * rows_z_.size() + 1);
  Range* out = ranges_.data();
  const double per_length = whole / columns_.heights_.x;
  for (const Row& row_z : rows_z_)
    for (const Row& row_y : rows_y_) {
      const std::uint32_t* bin_first =
          columns_.bin_first_.data() + columns_.first_bin(kind, row_y.index, row_z.index);
      if (bin_first[columns_.bins_] <= first) continue;
      double half2 = reach_ * reach_;
      // Distances along b and c are at right angles only here.
      if (columns_.orthogonal_)
        half2 -= row_y.distance * row_y.distance + row_z.distance * row_z.distance;
      if (half2 <= 0.0) continue;
      // One unit more for rounding; half the box or more would wrap onto itself.
      const double half_width = std::min(std::sqrt(half2) * per_length + 1.0, 0.5 * whole - 1.0);
      out = write_ranges(bin_first, columns_.bins_, x, static_cast<std::uint32_t>(half_width),
                         first, out);
    }
  ranges_.resize(static_cast<std::size_t>(out - ranges_.data()));
  return ranges_;
}

}  // namespace vitreous::engine::fast
