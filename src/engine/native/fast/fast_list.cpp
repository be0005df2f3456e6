#include "engine/native/fast/fast_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace vitreous::engine::fast {
namespace {

/// Width of a column (A): wide enough to fill runs, narrow enough not to search in vain.
constexpr double column_width = 4.2;

int columns_across(double height) { return std::max(1, static_cast<int>(height / column_width)); }

/// Columns beside an atom's own, from `first` (to the left) to `last`.
struct Span {
  int first, last;
};

/// The columns that a reach covers, each once: in a narrow box all of them.
Span columns_within(double reach, double height, int columns) {
  const int side = static_cast<int>(std::ceil(reach / height * columns));
  if (2 * side + 1 >= columns) return {0, columns - 1};
  return {-side, side};
}

/// A fraction of the box edge in units of 2^-32; the integer part is dropped by wrapping.
std::int32_t fixed(double fraction) {
  const double scaled = (fraction - std::floor(fraction)) * 4294967296.0;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint64_t>(scaled)));
}

/// Up to eight consecutive atoms.
struct Run {
  std::uint16_t start;
  std::uint8_t mask;
};

/// Thirty-two bits of `hits` (16 a word) from `position` on, at least the first sixteen of them
/// true.
std::uint32_t bits_from(const std::vector<std::uint16_t>& hits, std::size_t words,
                        std::size_t position) {
  const std::size_t word = position / 16;
  std::uint32_t bits = hits[word];
  if (word + 1 < words) bits |= static_cast<std::uint32_t>(hits[word + 1]) << 16;
  return bits >> (position % 16);
}

/// Covers the set bits with runs, greedily from the first.
void cover(const std::vector<std::uint16_t>& hits, std::size_t words, std::uint32_t begin,
           std::vector<Run>& runs) {
  std::size_t position = 0;
  while (position < 16 * words) {
    const std::uint32_t bits = bits_from(hits, words, position) & 0xffff;
    if (bits == 0) {
      position += 16;
      continue;
    }
    position += static_cast<std::size_t>(std::countr_zero(bits));
    runs.push_back({static_cast<std::uint16_t>(begin + position),
                    static_cast<std::uint8_t>(bits_from(hits, words, position) & 0xff)});
    position += 8;
  }
}

void append_entries(std::vector<Run>& runs, std::uint32_t i, std::vector<Entry>& entries) {
  if (runs.size() % 2 == 1) runs.push_back({runs.back().start, 0});
  for (std::size_t k = 0; k < runs.size(); k += 2)
    entries.push_back({runs[k].start, runs[k + 1].start,
                       static_cast<std::uint16_t>(runs[k].mask | (runs[k + 1].mask << 8)),
                       static_cast<std::uint16_t>(i)});
  runs.clear();
}

void begin_block(Stream& stream, std::uint32_t first_atom) {
  const auto at = static_cast<std::uint32_t>(stream.entries.size());
  stream.blocks.push_back({first_atom, at, at});
}

void end_block(Stream& stream) {
  stream.blocks.back().end = static_cast<std::uint32_t>(stream.entries.size());
}

}  // namespace

FastList::FastList(std::vector<Reach> reach)
    : reach_(std::move(reach)),
      kinds_(static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(reach_.size()))))) {
  for (const Reach& r : reach_) longest_ = std::max(longest_, r.all);
}

std::string FastList::objection(const core::Box& box, std::size_t atoms) const {
  if (atoms > most_atoms) return fmt::format("{} atoms; at most {} fit", atoms, most_atoms);
  if (!box.is_lower_triangular()) return "the cell is not lower triangular";
  for (std::size_t k = 0; k < 3; ++k)
    if (box.heights()[k] < 2.0 * longest_)
      return fmt::format("the box is {:.4g} A wide; the list needs {:.4g} A", box.heights()[k],
                         2.0 * longest_);
  return "";
}

Coordinates FastList::coordinates() const {
  Coordinates c{x_.data(), y_.data(), z_.data(), {}};
  std::copy(cell_.begin(), cell_.end(), c.cell);
  return c;
}

void FastList::update_positions(const core::Box& box, const math::Vectors& position) {
  const auto& h = box.cell();
  const double unit = 1.0 / 4294967296.0;
  const std::array<double, 6> parts = {h(0, 0), h(1, 1), h(2, 2), h(0, 1), h(0, 2), h(1, 2)};
  for (std::size_t k = 0; k < 6; ++k) cell_[k] = static_cast<float>(parts[k] * unit);
  const std::size_t n = order_.size();
  for (std::size_t k = 0; k < n; ++k) {
    const core::Vec3 s = box.fractional(position[order_[k]]);
    x_[k] = fixed(s.x);
    y_[k] = fixed(s.y);
    z_[k] = fixed(s.z);
  }
}

void FastList::sort(const core::Box& box, const math::Vectors& position,
                    const std::vector<std::int32_t>& species) {
  const std::size_t n = position.size();
  for (std::size_t k = 0; k < 2; ++k) columns_[k] = columns_across(box.heights()[k + 1]);
  const std::size_t columns =
      static_cast<std::size_t>(columns_[0]) * static_cast<std::size_t>(columns_[1]);

  struct Key {
    std::uint32_t bin, x;
  };
  std::vector<Key> key(n);
  const auto column_of = [](std::int32_t fraction, int count) {
    return static_cast<std::uint32_t>(
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(fraction)) *
         static_cast<std::uint64_t>(count)) >>
        32);
  };
  for (std::size_t i = 0; i < n; ++i) {
    const core::Vec3 s = box.fractional(position[i]);
    const std::uint32_t column =
        column_of(fixed(s.z), columns_[1]) * static_cast<std::uint32_t>(columns_[0]) +
        column_of(fixed(s.y), columns_[0]);
    key[i] = {static_cast<std::uint32_t>(species[i]) * static_cast<std::uint32_t>(columns) + column,
              static_cast<std::uint32_t>(fixed(s.x))};
  }
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0u);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (key[a].bin != key[b].bin) return key[a].bin < key[b].bin;
    return key[a].x != key[b].x ? key[a].x < key[b].x : a < b;
  });
  first_of_column_.assign(kinds_ * columns + 1, static_cast<std::uint32_t>(n));
  for (std::size_t k = n; k-- > 0;)
    first_of_column_[key[order_[k]].bin] = static_cast<std::uint32_t>(k);
  for (std::size_t bin = kinds_ * columns; bin-- > 0;)
    first_of_column_[bin] = std::min(first_of_column_[bin], first_of_column_[bin + 1]);
  first_of_kind_.resize(kinds_ + 1);
  for (std::size_t a = 0; a <= kinds_; ++a) first_of_kind_[a] = first_of_column_[a * columns];
  for (auto* c : {&x_, &y_, &z_}) c->assign(n + padding, 0);
}

void FastList::search(std::size_t a, std::size_t b, const core::Box& box, const Kernel& kernel) {
  const Reach& reach = reach_[a * kinds_ + b];
  PairStreams& streams = streams_[a * kinds_ + b];
  for (Stream* stream : {&streams.near, &streams.far})
    stream->entries.clear(), stream->blocks.clear();
  const auto ny = columns_[0], nz = columns_[1];
  const Span across_y = columns_within(reach.all, box.heights().y, ny),
             across_z = columns_within(reach.all, box.heights().z, nz);
  const auto columns = static_cast<std::size_t>(ny) * static_cast<std::size_t>(nz);
  const auto reach2 = static_cast<float>(reach.all * reach.all);
  const auto near2 = static_cast<float>(reach.densities * reach.densities);
  const Coordinates c = coordinates();
  const auto window = static_cast<std::uint32_t>(reach.all / box.heights().x * 4294967296.0) + 1u;
  std::vector<std::uint16_t> hits, near_hits;
  std::vector<Run> near_runs, far_runs;

  const auto search_range = [&](std::uint32_t i, std::uint32_t begin, std::uint32_t end) {
    if (begin >= end) return;
    const std::size_t words = (end - begin + 15) / 16;
    if (hits.size() < words) hits.resize(words), near_hits.resize(words);
    kernel.find(c, i, begin, end, reach2, near2, hits.data(), near_hits.data());
    cover(near_hits, words, begin, near_runs);
    for (std::size_t w = 0; w < words; ++w)
      hits[w] = static_cast<std::uint16_t>(hits[w] & ~near_hits[w]);
    cover(hits, words, begin, far_runs);
  };
  // Atoms of a column within the window around x_i, which may wrap around the box.
  const auto search_column = [&](std::uint32_t i, std::uint32_t begin, std::uint32_t end) {
    const auto x = [&](std::uint32_t j) { return static_cast<std::uint32_t>(x_[j]); };
    const auto first_at_least = [&](std::uint32_t value) {
      std::uint32_t low = begin, high = end;
      while (low < high) {
        const std::uint32_t middle = (low + high) / 2;
        if (x(middle) < value)
          low = middle + 1;
        else
          high = middle;
      }
      return low;
    };
    const std::uint32_t from = x(i) - window, to = x(i) + window;
    if (from <= to) {
      search_range(i, first_at_least(from), first_at_least(to));
    } else {
      search_range(i, begin, first_at_least(to));
      search_range(i, first_at_least(from), end);
    }
  };

  for (std::uint32_t i = first_of_kind_[a]; i < first_of_kind_[a + 1]; ++i) {
    if ((i - first_of_kind_[a]) % block_atoms == 0)
      for (Stream* stream : {&streams.near, &streams.far}) begin_block(*stream, i);
    const auto column_of = [](std::int32_t fraction, int count) {
      return static_cast<int>((static_cast<std::uint64_t>(static_cast<std::uint32_t>(fraction)) *
                               static_cast<std::uint64_t>(count)) >>
                              32);
    };
    const int cy = column_of(y_[i], ny), cz = column_of(z_[i], nz);
    for (int dz = across_z.first; dz <= across_z.last; ++dz)
      for (int dy = across_y.first; dy <= across_y.last; ++dy) {
        const int y = (cy + dy + ny) % ny, z = (cz + dz + nz) % nz;
        const std::size_t bin = b * columns + static_cast<std::size_t>(z * ny + y);
        std::uint32_t begin = first_of_column_[bin];
        const std::uint32_t end = first_of_column_[bin + 1];
        if (a == b) begin = std::max(begin, i + 1);
        if (begin < end) search_column(i, begin, end);
      }
    append_entries(near_runs, i, streams.near.entries);
    append_entries(far_runs, i, streams.far.entries);
    for (Stream* stream : {&streams.near, &streams.far}) end_block(*stream);
  }
}

void FastList::build(const core::Box& box, const math::Vectors& position,
                     const std::vector<std::int32_t>& species, const Kernel& kernel) {
  sort(box, position, species);
  update_positions(box, position);
  streams_.resize(kinds_ * kinds_);
  for (std::size_t a = 0; a < kinds_; ++a)
    for (std::size_t b = a; b < kinds_; ++b) search(a, b, box, kernel);
}

}  // namespace vitreous::engine::fast
