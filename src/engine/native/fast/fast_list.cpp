#include "engine/native/fast/fast_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/native/fast/octets.hpp"

namespace vitreous::engine::fast {
namespace {

/// Neighbors are looked for by so many consecutive atoms at once, which are close to each other:
/// fewer searches, but around more places.
constexpr std::uint32_t tile_atoms = 4;

/// A box narrower than what makes so many repeats of it wide enough has no list.
constexpr double most_repeats = 3.0;

/// Where the atoms [begin, end) are along an edge.
Columns::Span span_of(const std::int32_t* place, std::uint32_t begin, std::uint32_t end) {
  const auto origin = static_cast<std::uint32_t>(place[begin]);
  std::int32_t low = 0, high = 0;
  for (std::uint32_t i = begin + 1; i < end; ++i) {
    const auto from = static_cast<std::int32_t>(static_cast<std::uint32_t>(place[i]) - origin);
    low = std::min(low, from);
    high = std::max(high, from);
  }
  const auto down = static_cast<std::uint32_t>(low);
  return {origin + down, static_cast<std::uint32_t>(high) - down};
}

/// Cuts ranges into groups of sixteen atoms, which are counted from `origin`.
void cut(const std::vector<Range>& ranges, std::uint32_t origin, std::vector<Entry>& groups) {
  groups.clear();
  for (const Range& range : ranges)
    for (std::uint32_t at = range.begin - origin; at < range.end - origin; at += 16) {
      const std::uint32_t count = std::min(range.end - origin - at, 16u);
      groups.push_back({static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(at + 8),
                        static_cast<std::uint16_t>((1u << count) - 1u), 0});
    }
}

/// Gives the groups to the i-th atom of a block, without the partners before `first`.
void give_to(std::uint32_t i, std::uint32_t first, std::vector<Entry>& groups,
             const std::vector<Entry>& common) {
  groups.resize(common.size());
  for (std::size_t k = 0; k < common.size(); ++k) {
    const Entry& group = common[k];
    const std::uint32_t begin = group.start0;
    const std::uint32_t before = first > begin ? std::min(first - begin, 16u) : 0u;
    groups[k] = {group.start0, group.start1,
                 static_cast<std::uint16_t>(group.mask & (0xffffu << before)),
                 static_cast<std::uint16_t>(i)};
  }
}

/// Where the piece-th of so many equal parts of the work begins that is counted up to each block.
Cut cut_before(const std::vector<std::size_t>& work_before, std::size_t piece, std::size_t pieces) {
  const std::size_t blocks = work_before.size() - 1, work = work_before.back() * piece / pieces;
  if (piece == 0 || piece == pieces) return {piece == 0 ? 0 : blocks, 0.0};
  const auto after = std::upper_bound(work_before.begin(), work_before.end(), work);
  if (after == work_before.end()) return {blocks, 0.0};
  const std::size_t before = *(after - 1);
  return {static_cast<std::size_t>(after - work_before.begin()) - 1,
          static_cast<double>(work - before) / static_cast<double>(*after - before)};
}

Share share_of(const std::vector<std::size_t>& work_before, std::size_t piece, std::size_t pieces) {
  return {cut_before(work_before, piece, pieces), cut_before(work_before, piece + 1, pieces)};
}

Part make_part(const Block& block, const AtomClass& partners, const std::vector<Entry>& entries,
               const PairTables* tables) {
  return {block.first_atom,
          partners.first_atom,
          partners.kind,
          entries.data(),
          entries.data() + entries.size(),
          tables};
}

/// Leaves the entries of a block that belong to a share.
void cut_to(const Share& share, std::size_t block, Part& part) {
  const auto place = [&part](double of_all) {
    return part.begin +
           static_cast<std::ptrdiff_t>(of_all * static_cast<double>(part.end - part.begin));
  };
  const Entry* const begin = block == share.begin.block ? place(share.begin.part) : part.begin;
  part.end = block == share.end.block ? place(share.end.part) : part.end;
  part.begin = begin;
}

}  // namespace

FastList::FastList(std::vector<Reach> reach, double slack, std::uint32_t in_class)
    : reach_(std::move(reach)),
      slack_(slack),
      in_class_(std::clamp(in_class, 1u, most_in_class)),
      kinds_(static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(reach_.size()))))) {
  for (const Reach& r : reach_) {
    longest_ = std::max(longest_, r.all + slack_);
    // Of a close pair, which is taken in double precision, the nearest image must be the one meant.
    narrowest_ = std::max({narrowest_, 2.0 * r.low, 2.0 * longest_ / most_repeats});
  }
}

std::string FastList::objection(const core::Box& box) const {
  if (!box.is_lower_triangular()) return "the cell is not lower triangular";
  for (std::size_t k = 0; k < 3; ++k)
    if (box.heights()[k] < narrowest_)
      return fmt::format("the box is {:.4g} A wide; the list needs {:.4g} A", box.heights()[k],
                         narrowest_);
  return "";
}

Coordinates FastList::coordinates() const {
  Coordinates c{position_.x.data(), position_.y.data(), position_.z.data(), {}};
  std::copy(cell_.begin(), cell_.end(), c.cell);
  return c;
}

void FastList::update_positions(const core::Box& box, const math::Vectors& position) {
  const math::Mat3 h = slots_.repeated(box).cell();
  const std::array<double, 6> parts = {h(0, 0), h(1, 1), h(2, 2), h(0, 1), h(0, 2), h(1, 2)};
  for (std::size_t k = 0; k < 6; ++k) cell_[k] = static_cast<float>(std::ldexp(parts[k], -32));
  slots_.place(box, position, position_);
}

/// Finds the candidates of blocks; each thread has its own.
class FastList::Search {
 public:
  Search(const FastList& list, const Kernel& kernel) : list_(list), kernel_(kernel) {}

  void find_candidates(const Block& block, std::size_t b, std::vector<Entry>& candidates) {
    candidates.clear();
    const AtomClass& partners = list_.classes_[b];
    const Reach reach = list_.reach_[block.kind * list_.kinds_ + partners.kind];
    const double all = reach.all + list_.slack_, near = reach.near + list_.slack_;
    const Coordinates c = list_.coordinates();
    const std::uint32_t origin = partners.first_atom;
    // Each pair once: by the order of its atoms or, of an atom and an image, by where they lie.
    const bool images = list_.slots_.has_images() && partners.kind == block.kind;
    const bool alike = b == block.first_class && !images;
    Columns::Finder finder(list_.slots_.columns(), all);
    for (std::uint32_t begin = block.first_atom; begin < block.end_atom; begin += tile_atoms) {
      const std::uint32_t end = std::min(begin + tile_atoms, block.end_atom);
      cut(finder.near(span_of(c.x, begin, end), span_of(c.y, begin, end), span_of(c.z, begin, end),
                      partners.kind, {alike ? begin + 1 : origin, partners.end_atom}),
          origin, common_groups_);
      for (std::uint32_t i = begin; i < end; ++i) {
        give_to(i - block.first_atom, alike ? i + 1 - origin : 0, groups_, common_groups_);
        find_hits(block, partners, groups_, all, near);
        if (images) keep_one_side(i, partners.first_atom);
        drop_empty();
        cover_.find(groups_, hits_.data(), near_hits_.data());
        cover_.append_to(candidates, i - block.first_atom);
      }
    }
  }

  void sift(const Block& block, std::size_t b, Entries& entries) {
    const AtomClass& partners = list_.classes_[b];
    const Reach reach = list_.reach_[block.kind * list_.kinds_ + partners.kind];
    find_hits(block, partners, entries.candidates, reach.all, reach.near);
    sieve_.sift(entries.candidates, hits_.data(), near_hits_.data(), entries.near, entries.far);
  }

 private:
  void find_hits(const Block& block, const AtomClass& partners, const std::vector<Entry>& entries,
                 double all, double near) {
    hits_.resize(std::max(hits_.size(), entries.size()));
    near_hits_.resize(hits_.size());
    kernel_.find(list_.coordinates(), make_part(block, partners, entries, nullptr),
                 static_cast<float>(all * all), static_cast<float>(near * near), hits_.data(),
                 near_hits_.data());
  }

  /// An atom and an image of its species are also that one's atom and an image of this one. The
  /// separations are each other's negative, so that the pair is taken where it points upwards.
  /// Where it has no direction, the order decides: atoms at one place must not be overlooked.
  bool takes(std::uint32_t center, std::uint32_t image) const {
    const FixedPositions& p = list_.position_;
    const auto from = [=](const std::vector<std::int32_t>& place) {
      return static_cast<std::int32_t>(static_cast<std::uint32_t>(place[image]) -
                                       static_cast<std::uint32_t>(place[center]));
    };
    const std::int32_t x = from(p.x), y = from(p.y), z = from(p.z);
    if (z != 0) return z > 0;
    if (y != 0) return y > 0;
    if (x != 0) return x > 0;
    return list_.slots_.center()[image] > center;
  }

  void keep_one_side(std::uint32_t center, std::uint32_t first_partner) {
    for (std::size_t k = 0; k < groups_.size(); ++k)
      for (std::uint32_t hits = hits_[k]; hits != 0; hits &= hits - 1) {
        const auto lane = static_cast<std::uint32_t>(std::countr_zero(hits));
        if (takes(center, first_partner + groups_[k].start0 + lane)) continue;
        const auto others = static_cast<std::uint16_t>(~(1u << lane));
        hits_[k] &= others;
        near_hits_[k] &= others;
      }
  }

  /// Leaves the groups that have a hit.
  void drop_empty() {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < groups_.size(); ++k) {
      groups_[kept] = groups_[k];
      near_hits_[kept] = near_hits_[k];
      const std::uint16_t hits = hits_[kept] = hits_[k];
      kept += hits != 0;
    }
    groups_.resize(kept);
  }

  const FastList& list_;
  const Kernel& kernel_;
  Cover cover_;
  Sieve sieve_;
  std::vector<Entry> common_groups_, groups_;
  std::vector<std::uint16_t> hits_, near_hits_;
};

template <class Work>
void FastList::for_some_blocks(const Work& work) {
  constexpr std::size_t blocks_at_a_time = 8;
  const std::size_t pieces = (blocks_.size() + blocks_at_a_time - 1) / blocks_at_a_time;
  base::for_each_piece(pieces, [&](std::size_t piece) {
    const std::size_t end = std::min(blocks_.size(), (piece + 1) * blocks_at_a_time);
    work(piece * blocks_at_a_time, end);
  });
}

void FastList::make_classes() {
  classes_.clear();
  for (std::uint32_t kind = 0; kind < kinds_; ++kind) {
    const Range own = slots_.columns().of_kind(kind);
    for (std::uint32_t first = own.begin; first < own.end; first += in_class_)
      classes_.push_back({kind, first, std::min(first + in_class_, own.end)});
  }
}

void FastList::make_blocks() {
  blocks_.clear();
  std::uint32_t first_of_kind = 0;
  for (std::uint32_t a = 0; a < classes_.size(); ++a) {
    const AtomClass& own = classes_[a];
    if (own.kind != classes_[first_of_kind].kind) first_of_kind = a;
    const Range centers = slots_.centers_of({own.first_atom, own.end_atom});
    for (std::uint32_t first = centers.begin; first < centers.end; first += block_atoms)
      blocks_.push_back({own.kind, slots_.has_images() ? first_of_kind : a, first,
                         std::min(first + block_atoms, centers.end)});
  }
  entries_.resize(blocks_.size() * classes_.size());
}

void FastList::count_work() {
  density_before_.assign(1, 0);
  force_before_.assign(1, 0);
  for (std::size_t k = 0; k < blocks_.size(); ++k) {
    std::size_t near = 0, far = 0;
    for (std::size_t b = blocks_[k].first_class; b < classes_.size(); ++b) {
      near += entries_[k * classes_.size() + b].near.size();
      far += entries_[k * classes_.size() + b].far.size();
    }
    density_before_.push_back(density_before_.back() + near);
    force_before_.push_back(force_before_.back() + 2 * near + far);
  }
}

Share FastList::density_share(std::size_t piece, std::size_t pieces) const {
  return share_of(density_before_, piece, pieces);
}

Share FastList::force_share(std::size_t piece, std::size_t pieces) const {
  return share_of(force_before_, piece, pieces);
}

void FastList::get_parts(std::size_t block, const Share& share, const FastTables& tables,
                         std::vector<Part>& near, std::vector<Part>& far) const {
  near.clear();
  far.clear();
  const Block& own = blocks_[block];
  for (std::size_t b = own.first_class; b < classes_.size(); ++b) {
    const Entries& entries = entries_[block * classes_.size() + b];
    if (b != own.first_class && entries.near.empty() && entries.far.empty()) continue;
    const PairTables* table = &tables.pairs[own.kind * kinds_ + classes_[b].kind].tables;
    near.push_back(make_part(own, classes_[b], entries.near, table));
    far.push_back(make_part(own, classes_[b], entries.far, table));
    for (Part* part : {&near.back(), &far.back()}) cut_to(share, block, *part);
  }
}

void FastList::build(const core::Box& box, const math::Vectors& position,
                     const std::vector<std::int32_t>& species, const Kernel& kernel) {
  slots_.sort(box, position, species, kinds_, 2.0 * longest_);
  for (auto* component : {&position_.x, &position_.y, &position_.z})
    component->resize(padded_size());
  update_positions(box, position);
  make_classes();
  make_blocks();
  for_some_blocks([&](std::size_t begin, std::size_t end) {
    Search search(*this, kernel);
    for (std::size_t k = begin; k < end; ++k)
      for (std::size_t b = blocks_[k].first_class; b < classes_.size(); ++b)
        search.find_candidates(blocks_[k], b, entries_[k * classes_.size() + b].candidates);
  });
}

void FastList::sift(const core::Box& box, const math::Vectors& position, const Kernel& kernel) {
  update_positions(box, position);
  for_some_blocks([&](std::size_t begin, std::size_t end) {
    Search search(*this, kernel);
    for (std::size_t k = begin; k < end; ++k)
      for (std::size_t b = blocks_[k].first_class; b < classes_.size(); ++b)
        search.sift(blocks_[k], b, entries_[k * classes_.size() + b]);
  });
  count_work();
}

}  // namespace vitreous::engine::fast
