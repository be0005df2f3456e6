#include "engine/native/fast/octets.hpp"

#include <algorithm>
#include <bit>

namespace vitreous::engine::fast {
namespace {

/// The lowest bit; 16 where there is none.
int first_of(std::uint32_t hits) { return std::countr_zero(hits | 0x10000u); }

Octet octet(std::uint32_t begin, int start, std::uint32_t hits) {
  return {static_cast<std::uint16_t>(begin + static_cast<std::uint32_t>(start)),
          static_cast<std::uint16_t>((hits >> start) & 0xff)};
}

Entry entry_of(Octet a, Octet b, std::uint32_t i) {
  return {a.start, b.start, static_cast<std::uint16_t>(a.mask | (b.mask << 8)),
          static_cast<std::uint16_t>(i)};
}

/// Writes pairs of octets; where their number is odd the last stands beside an empty one.
Entry* write_pairs(const Octet* begin, const Octet* end, std::uint32_t i, Entry* out) {
  const Octet* at = begin;
  for (; end - at >= 2; at += 2) *out++ = entry_of(at[0], at[1], i);
  if (at != end) *out++ = entry_of(at[0], {at[0].start, 0}, i);
  return out;
}

}  // namespace

/// A group needs up to two near octets and two far ones. The first near one and both far ones are
/// written always and counted where they are meant: which, is as good as random, and a branch would
/// be guessed wrong. A second near one is rare.
void Cover::find(const std::vector<Entry>& groups, const std::uint16_t* group_hits,
                 const std::uint16_t* group_near_hits) {
  near_.resize(std::max(near_.size(), 2 * groups.size() + 2));
  far_.resize(near_.size());
  Octet *near = near_.data(), *far = far_.data();
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const std::uint32_t begin = groups[k].start0;
    std::uint32_t hits = group_hits[k], near_hits = group_near_hits[k];
    if (const int first = first_of(near_hits); near_hits >> first > 0xffu) {
      *near++ = octet(begin, first, hits);
      hits &= ~(0xffu << first);
      near_hits &= ~(0xffu << first);
    }
    // As early as the last near hit allows: what is left behind is far.
    const int start = std::max(first_of(hits), static_cast<int>(std::bit_width(near_hits)) - 8);
    *near = octet(begin, start, hits);
    near += near_hits != 0;
    hits &= ~((near_hits != 0 ? 0xffu : 0u) << start);
    for (int twice = 0; twice < 2; ++twice) {
      *far = octet(begin, first_of(hits), hits);
      far += hits != 0;
      hits &= ~(0xffu << first_of(hits));
    }
  }
  nears_ = static_cast<std::size_t>(near - near_.data());
  fars_ = static_cast<std::size_t>(far - far_.data());
}

void Cover::append_to(std::vector<Entry>& entries, std::uint32_t i) {
  const std::size_t before = entries.size();
  entries.resize(before + (nears_ + 1) / 2 + (fars_ + 1) / 2);
  Entry* out = entries.data() + before;
  out = write_pairs(near_.data(), near_.data() + nears_, i, out);
  write_pairs(far_.data(), far_.data() + fars_, i, out);
}

/// All octets are written and those counted that are meant: whether an octet is near is as good as
/// random, and a branch would be guessed wrong as often as right.
void Sieve::part_octets(const std::vector<Entry>& entries, const std::uint16_t* hits,
                        const std::uint16_t* near_hits) {
  if (near_.size() < 2 * entries.size() + 1) {
    near_.resize(2 * entries.size() + 1);
    far_.resize(2 * entries.size() + 1);
  }
  std::fill_n(near_end_, block_atoms, 0u);
  std::fill_n(far_end_, block_atoms, 0u);
  Octet *near = near_.data(), *far = far_.data();
  std::uint32_t nears = 0, fars = 0;
  const auto part = [&](std::uint16_t start, std::uint32_t hit, std::uint32_t near_hit) {
    const Octet found{start, static_cast<std::uint16_t>(hit)};
    near[nears] = found;
    far[fars] = found;
    nears += near_hit != 0;
    fars += (hit != 0) & (near_hit == 0);
  };
  for (std::size_t k = 0; k < entries.size(); ++k) {
    part(entries[k].start0, hits[k] & 0xffu, near_hits[k] & 0xffu);
    part(entries[k].start1, hits[k] >> 8, near_hits[k] >> 8);
    near_end_[entries[k].i] = nears;
    far_end_[entries[k].i] = fars;
  }
}

void Sieve::sift(const std::vector<Entry>& entries, const std::uint16_t* hits,
                 const std::uint16_t* near_hits, std::vector<Entry>& near,
                 std::vector<Entry>& far) {
  part_octets(entries, hits, near_hits);
  near.resize(entries.size());
  far.resize(entries.size());
  Entry *near_out = near.data(), *far_out = far.data();
  const Octet *near_at = near_.data(), *far_at = far_.data();
  for (std::uint32_t atom = 0; atom < block_atoms; ++atom) {
    const Octet* near_end = std::max<const Octet*>(near_at, near_.data() + near_end_[atom]);
    const Octet* far_end = std::max<const Octet*>(far_at, far_.data() + far_end_[atom]);
    near_out = write_pairs(near_at, near_end, atom, near_out);
    if ((near_end - near_at) % 2 == 1 && far_at != far_end)
      near_out[-1] = entry_of(near_end[-1], *far_at++, atom);
    far_out = write_pairs(far_at, far_end, atom, far_out);
    near_at = near_end;
    far_at = far_end;
  }
  near.resize(static_cast<std::size_t>(near_out - near.data()));
  far.resize(static_cast<std::size_t>(far_out - far.data()));
}

}  // namespace vitreous::engine::fast
