#include "engine/native/fast/fast_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace vitreous::engine::fast {
namespace {

/// Up to eight consecutive neighbors of an atom.
struct Octet {
  std::uint16_t start;
  std::uint8_t mask;
};

/// The neighbors of one atom, as octets.
class Octets {
 public:
  /// Makes room for the hits of so many groups: each is covered by six octets or fewer.
  void clear(std::size_t groups) {
    if (near_.size() < 6 * groups + 1) {
      near_.resize(6 * groups + 1);
      far_.resize(6 * groups + 1);
    }
    nears_ = fars_ = 0;
  }

  /// Covers the hits of each group: first the near ones, taking along what else is in their octets.
  /// Most groups need one near octet or none, and one far octet or none: these are written always
  /// and counted where they are meant, without a branch for the processor to guess wrong.
  void cover(const std::vector<Entry>& groups, const std::uint16_t* group_hits,
             const std::uint16_t* group_near_hits) {
    Octet *near = near_.data(), *far = far_.data();
    for (std::size_t k = 0; k < groups.size(); ++k) {
      const std::uint32_t begin = groups[k].start0;
      std::uint32_t hits = group_hits[k], near_hits = group_near_hits[k];
      while (near_hits >> first_of(near_hits) > 0xffu) {  // they fill more than one octet
        const int start = first_of(near_hits);
        *near++ = octet(begin, start, hits);
        hits &= ~(0xffu << start);
        near_hits &= ~(0xffu << start);
      }
      // As early as the last near neighbor allows: what is left behind is far.
      const int start = std::max(first_of(hits), static_cast<int>(std::bit_width(near_hits)) - 8);
      *near = octet(begin, start, hits);
      near += near_hits != 0;
      hits &= ~((near_hits != 0 ? 0xffu : 0u) << start);
      do {
        *far = octet(begin, first_of(hits), hits);
        far += hits != 0;
        hits &= ~(0xffu << first_of(hits));
      } while (hits != 0);
    }
    nears_ = static_cast<std::size_t>(near - near_.data());
    fars_ = static_cast<std::size_t>(far - far_.data());
  }

  /// Entries hold two octets: a far one fills the last near entry rather than leave it half empty.
  void append_to(PairStreams& streams, std::uint32_t i) {
    if (nears_ % 2 == 1 && fars_ > 0) near_[nears_++] = far_[--fars_];
    append(near_, nears_, i, streams.near.entries);
    append(far_, fars_, i, streams.far.entries);
  }

 private:
  /// The lowest bit; 16 where there is none.
  static int first_of(std::uint32_t hits) { return std::countr_zero(hits | 0x10000u); }

  static Octet octet(std::uint32_t begin, int start, std::uint32_t hits) {
    return {static_cast<std::uint16_t>(begin + static_cast<std::uint32_t>(start)),
            static_cast<std::uint8_t>((hits >> start) & 0xff)};
  }

  static void append(std::vector<Octet>& octets, std::size_t count, std::uint32_t i,
                     std::vector<Entry>& entries) {
    if (count % 2 == 1) octets[count] = {octets[count - 1].start, 0};
    const std::size_t before = entries.size();
    entries.resize(before + (count + 1) / 2);
    Entry* entry = entries.data() + before;
    for (std::size_t k = 0; k < count; k += 2)
      *entry++ = {octets[k].start, octets[k + 1].start,
                  static_cast<std::uint16_t>(octets[k].mask | (octets[k + 1].mask << 8)),
                  static_cast<std::uint16_t>(i)};
  }

  std::vector<Octet> near_, far_;
  std::size_t nears_ = 0, fars_ = 0;
};

/// The next block begins, or the last one ends, here.
void mark_block(PairStreams& streams) {
  for (Stream* stream : {&streams.near, &streams.far})
    stream->first.push_back(static_cast<std::uint32_t>(stream->entries.size()));
}

/// Cuts ranges into groups of sixteen atoms.
void cut(const std::vector<Range>& ranges, std::uint32_t i, std::vector<Entry>& groups) {
  groups.clear();
  for (const Range& range : ranges)
    for (std::uint32_t at = range.begin; at < range.end; at += 16) {
      const std::uint32_t count = std::min(range.end - at, 16u);
      groups.push_back({static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(at + 8),
                        static_cast<std::uint16_t>((1u << count) - 1u),
                        static_cast<std::uint16_t>(i)});
    }
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
  Coordinates c{position_.x.data(), position_.y.data(), position_.z.data(), {}};
  std::copy(cell_.begin(), cell_.end(), c.cell);
  return c;
}

void FastList::update_positions(const core::Box& box, const math::Vectors& position) {
  const auto& h = box.cell();
  const std::array<double, 6> parts = {h(0, 0), h(1, 1), h(2, 2), h(0, 1), h(0, 2), h(1, 2)};
  for (std::size_t k = 0; k < 6; ++k) cell_[k] = static_cast<float>(std::ldexp(parts[k], -32));
  assign_fixed(box, position, order(), position_);
}

void FastList::search(std::size_t a, std::size_t b, const Kernel& kernel) {
  PairStreams& streams = streams_[a * kinds_ + b];
  for (Stream* stream : {&streams.near, &streams.far}) {
    stream->entries.clear();
    stream->first.clear();
  }
  const Reach& reach = reach_[a * kinds_ + b];
  const auto reach2 = static_cast<float>(reach.all * reach.all),
             near2 = static_cast<float>(reach.near * reach.near);
  const Coordinates c = coordinates();
  Columns::Finder finder(columns_, reach.all);
  std::vector<Entry> groups;
  std::vector<std::uint16_t> hits, near_hits;
  Octets octets;
  const Range own = columns_.of_kind(a);
  for (std::uint32_t i = own.begin; i < own.end; ++i) {
    if ((i - own.begin) % block_atoms == 0) mark_block(streams);
    cut(finder.near(static_cast<std::uint32_t>(c.x[i]), static_cast<std::uint32_t>(c.y[i]),
                    static_cast<std::uint32_t>(c.z[i]), b, a == b ? i + 1 : 0),
        i, groups);
    hits.resize(groups.size());
    near_hits.resize(groups.size());
    kernel.find(c, groups.data(), groups.size(), reach2, near2, hits.data(), near_hits.data());
    octets.clear(groups.size());
    octets.cover(groups, hits.data(), near_hits.data());
    octets.append_to(streams, i);
  }
  mark_block(streams);
}

void FastList::make_blocks() {
  blocks_.clear();
  work_before_.assign(1, 0);
  for (std::uint32_t a = 0; a < kinds_; ++a) {
    const Range own = columns_.of_kind(a);
    for (std::uint32_t first = own.begin; first < own.end; first += block_atoms) {
      const std::uint32_t number = (first - own.begin) / block_atoms;
      blocks_.push_back({a, number, first, std::min(first + block_atoms, own.end)});
      std::size_t work = 0;
      for (std::size_t b = a; b < kinds_; ++b) {
        const auto& [near, far] = streams_[a * kinds_ + b];
        work += 2 * (near.first[number + 1] - near.first[number]);
        work += far.first[number + 1] - far.first[number];
      }
      work_before_.push_back(work_before_.back() + work);
    }
  }
}

base::Range FastList::share(std::size_t piece, std::size_t pieces) const {
  const auto begin_of = [&](std::size_t p) {
    const auto at = std::lower_bound(work_before_.begin(), work_before_.end() - 1,
                                     work_before_.back() * p / pieces);
    return static_cast<std::size_t>(at - work_before_.begin());
  };
  return {piece == 0 ? 0 : begin_of(piece),
          piece + 1 == pieces ? blocks_.size() : begin_of(piece + 1)};
}

void FastList::get_parts(const Block& block, const FastTables& tables, std::vector<Part>& near,
                         std::vector<Part>& far) const {
  near.clear();
  far.clear();
  for (std::size_t b = block.kind; b < kinds_; ++b) {
    const std::size_t pair = block.kind * kinds_ + b;
    const PairTables* table = &tables.pairs[pair].tables;
    const auto part = [&](const Stream& s) {
      return Part{table, s.entries.data() + s.first[block.number],
                  s.entries.data() + s.first[block.number + 1]};
    };
    near.push_back(part(streams_[pair].near));
    far.push_back(part(streams_[pair].far));
  }
}

void FastList::build(const core::Box& box, const math::Vectors& position,
                     const std::vector<std::int32_t>& species, const Kernel& kernel) {
  const std::size_t n = species.size();
  for (auto* component : {&position_.x, &position_.y, &position_.z}) component->resize(n + padding);
  std::vector<std::uint32_t> by_atom(n);
  std::iota(by_atom.begin(), by_atom.end(), 0u);
  assign_fixed(box, position, by_atom, position_);
  columns_.sort(box, position_, species, kinds_);
  update_positions(box, position);
  streams_.resize(kinds_ * kinds_);
  std::vector<std::array<std::size_t, 2>> pairs;
  for (std::size_t a = 0; a < kinds_; ++a)
    for (std::size_t b = a; b < kinds_; ++b) pairs.push_back({a, b});
  // Unlike pairs are twice as many: the threads take them first.
  std::stable_partition(pairs.begin(), pairs.end(), [](const auto& p) { return p[0] != p[1]; });
  base::for_each_piece(pairs.size(),
                       [&](std::size_t k) { search(pairs[k][0], pairs[k][1], kernel); });
  make_blocks();
}

}  // namespace vitreous::engine::fast
