#include "engine/native/fast/slots.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/atom_loops.hpp"

namespace vitreous::engine::fast {
namespace {

constexpr std::uint64_t whole_edge = std::uint64_t{1} << 32;

/// n / count of the edge, rounded such that (count - n) / count is its negative.
std::uint32_t share_of_edge(std::uint32_t n, std::uint32_t count) {
  return static_cast<std::uint32_t>((n * whole_edge + count / 2) / count);
}

void move(std::int32_t& place, std::uint32_t by) {
  place = static_cast<std::int32_t>(static_cast<std::uint32_t>(place) + by);
}

/// How many cells take a place, in a box of so many, to the first of them.
std::uint32_t cells_to_first(std::int32_t place, std::uint32_t cells) {
  const std::uint64_t in_cells = std::uint64_t{static_cast<std::uint32_t>(place)} * cells;
  return (cells - static_cast<std::uint32_t>(in_cells >> 32)) % cells;
}

/// values[index[0]], values[index[1]], ...
std::vector<std::uint32_t> taken(const std::vector<std::uint32_t>& values,
                                 const std::vector<std::uint32_t>& index) {
  std::vector<std::uint32_t> out(index.size());
  std::transform(index.begin(), index.end(), out.begin(),
                 [&](std::uint32_t k) { return values[k]; });
  return out;
}

}  // namespace

void Slots::choose_repeats(const core::Box& box, double width) {
  for (std::size_t k = 0; k < 3; ++k)
    repeats_[k] = static_cast<std::uint32_t>(std::max(1.0, std::ceil(width / box.heights()[k])));
  images_ = repeats_[0] * repeats_[1] * repeats_[2];
  shift_.clear();
  for (std::uint32_t z = 0; z < repeats_[2]; ++z)
    for (std::uint32_t y = 0; y < repeats_[1]; ++y)
      for (std::uint32_t x = 0; x < repeats_[0]; ++x)
        shift_.push_back({share_of_edge(x, repeats_[0]), share_of_edge(y, repeats_[1]),
                          share_of_edge(z, repeats_[2])});
}

core::Box Slots::repeated(const core::Box& box) const {
  math::Mat3 cell = box.cell();
  for (std::size_t k = 0; k < 3; ++k) cell.column[k] *= static_cast<double>(repeats_[k]);
  return core::Box(cell, box.origin());
}

void Slots::place(const core::Box& box, const math::Vectors& position, FixedPositions& out) const {
  assign_fixed(repeated(box), position, atom_, out);
  if (!has_images()) return;
  core::for_atoms(size(), [&](base::Range range) {
    for (std::size_t s = range.begin; s < range.end; ++s) {
      const auto& by = shift_[image_[s]];
      move(out.x[s], by[0]);
      move(out.y[s], by[1]);
      move(out.z[s], by[2]);
    }
  });
}

void Slots::sort(const core::Box& box, const math::Vectors& position,
                 const std::vector<std::int32_t>& species, std::size_t kinds, double width) {
  choose_repeats(box, width);
  const std::size_t atoms = species.size(), all = atoms * images_;
  atom_.resize(all);
  image_.resize(all);
  std::vector<std::int32_t> kind(all);
  for (std::uint32_t image = 0; image < images_; ++image) {
    const auto first = static_cast<std::ptrdiff_t>(image * atoms);
    std::iota(atom_.begin() + first, atom_.begin() + first + std::ptrdiff_t(atoms), 0u);
    std::fill_n(image_.begin() + first, atoms, image);
    std::copy(species.begin(), species.end(), kind.begin() + first);
  }
  FixedPositions unsorted;
  for (auto* component : {&unsorted.x, &unsorted.y, &unsorted.z}) component->resize(all);
  place(box, position, unsorted);
  columns_.sort(repeated(box), unsorted, kind, kinds);
  atom_ = taken(atom_, columns_.order());
  image_ = taken(image_, columns_.order());
  choose_centers(unsorted, atoms);
}

/// They lie in one cell, so that those which follow each other are close to each other.
void Slots::choose_centers(const FixedPositions& of_atoms, std::size_t atoms) {
  first_center_ = has_images() ? static_cast<std::uint32_t>(size()) : 0;
  for (std::uint32_t s = 0; s < first_center_; ++s) {
    const std::uint32_t i = atom_[s], x = cells_to_first(of_atoms.x[i], repeats_[0]),
                        y = cells_to_first(of_atoms.y[i], repeats_[1]),
                        z = cells_to_first(of_atoms.z[i], repeats_[2]);
    if (image_[s] != (z * repeats_[1] + y) * repeats_[0] + x) continue;
    atom_.push_back(i);
    image_.push_back(image_[s]);
  }
  rank_.resize(atoms);
  for (std::uint32_t s = first_center_; s < size(); ++s) rank_[atom_[s]] = s;
  center_ = taken(rank_, atom_);
}

}  // namespace vitreous::engine::fast
