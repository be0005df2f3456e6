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

void Columns::Finder::find_rows(Span span, double height, std::uint32_t count,
                                std::vector<Row>& rows) {
  rows.clear();
  const int n = static_cast<int>(count);
  const double width = height / n, in_columns = reach_ / width;
  const double low = span.low * (1.0 / whole) * n, high = low + span.extent * (1.0 / whole) * n;
  const int begin = static_cast<int>(low - in_columns + n) - n;
  const int last = static_cast<int>(high + in_columns);
  if (last - begin + 1 >= n) {
    // The box is narrow: all rows, and no row is far by all its images.
    for (std::uint32_t row = 0; row < count; ++row) rows.push_back({row, 0.0});
    return;
  }
  for (int row = begin; row <= last; ++row) {
    const double apart = width * std::max({0.0, row - high, low - (row + 1)});
    rows.push_back({static_cast<std::uint32_t>(row < 0    ? row + n
                                               : row >= n ? row - n
                                                          : row),
                    apart * apart});
  }
}

/// The atoms of a column in a window along a, by whole bins. A window that wraps has two parts;
/// both are written always, since a branch would be guessed wrong too often.
Range* Columns::Finder::write_ranges(const std::uint32_t* bin_first, std::uint32_t bins,
                                     Span window, Range among, Range* out) {
  std::uint32_t low = part_of(window.low, bins);
  std::uint32_t end = part_of(window.low + window.extent, bins) + 1;
  bool wraps = window.low + window.extent < window.low;
  if (wraps && end > low) low = 0, end = bins, wraps = false;  // around the whole box
  *out = {std::max(bin_first[wraps ? 0 : low], among.begin), std::min(bin_first[end], among.end)};
  out += out->begin < out->end;
  *out = {std::max(bin_first[low], among.begin), std::min(bin_first[bins], among.end)};
  out += wraps && out->begin < out->end;
  return out;
}

const std::vector<Range>& Columns::Finder::near(Span x, Span y, Span z, std::size_t kind,
                                                Range among) {
  find_rows(y, columns_.heights_.y, columns_.across_y_, rows_y_);
  find_rows(z, columns_.heights_.z, columns_.across_z_, rows_z_);
  ranges_.resize(2 * rows_y_.size() * rows_z_.size() + 2);
  Range* out = ranges_.data();
  // The root of what is left of reach^2, from above: sqrt(h) <= (h / reach + reach) / 2. One unit
  // more for rounding.
  const double per_length = whole / columns_.heights_.x;
  const double slope = 0.5 / reach_ * per_length, at_zero = 0.5 * reach_ * per_length + 1.0;
  // The whole edge would wrap onto itself.
  const double most = std::max(0.0, 0.5 * (whole - 1.0 - x.extent) - 1.0);
  for (const Row& row_z : rows_z_)
    for (const Row& row_y : rows_y_) {
      const std::uint32_t* bin_first =
          columns_.bin_first_.data() + columns_.first_bin(kind, row_y.index, row_z.index);
      // Distances along b and c are at right angles only here.
      const double apart2 = columns_.orthogonal_ ? row_y.distance2 + row_z.distance2 : 0.0;
      const double left2 = reach_ * reach_ - apart2;
      if (left2 <= 0.0 || bin_first[columns_.bins_] <= among.begin || bin_first[0] >= among.end)
        continue;
      const double half_width = slope * left2 + at_zero;
      const auto margin = static_cast<std::uint32_t>(std::min(half_width, most));
      Span window{x.low - margin, x.extent + 2 * margin};
      if (half_width > most) window = {0, 0xffffffffu};
      out = write_ranges(bin_first, columns_.bins_, window, among, out);
    }
  ranges_.resize(static_cast<std::size_t>(out - ranges_.data()));
  return ranges_;
}

}  // namespace vitreous::engine::fast
