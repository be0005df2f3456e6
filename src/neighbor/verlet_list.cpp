#include "neighbor/verlet_list.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::neighbor {
namespace {

using core::Box;
using math::Vec3;

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

/// Bins of the folded atoms: a counting sort that keeps ids ascending within a bin.
struct VerletList::Grid {
  std::array<int, 3> bins{}, range{};  ///< bins along each edge; how many to search to each side
  std::vector<std::array<int, 3>> bin_of;
  std::vector<std::uint32_t> first, atoms;

  Grid(const Box& box, const std::vector<Vec3>& fraction, double reach) {
    const std::size_t n = fraction.size();
    // Bins of about half the reach, but not many more than atoms.
    const int most = std::max(1, static_cast<int>(std::cbrt(static_cast<double>(n)) * 2.0));
    for (std::size_t k = 0; k < 3; ++k) {
      bins[k] = std::clamp(static_cast<int>(box.heights()[k] / (0.5 * reach)), 1, most);
      range[k] = static_cast<int>(std::ceil(reach / (box.heights()[k] / bins[k])));
    }
    bin_of.resize(n);
    first.assign(static_cast<std::size_t>(bins[0] * bins[1] * bins[2]) + 1, 0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < 3; ++k)
        bin_of[i][k] = std::clamp(static_cast<int>(fraction[i][k] * bins[k]), 0, bins[k] - 1);
      ++first[index(bin_of[i]) + 1];
    }
    for (std::size_t b = 1; b < first.size(); ++b) first[b] += first[b - 1];
    atoms.resize(n);
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::size_t i = 0; i < n; ++i)
      atoms[next[index(bin_of[i])]++] = static_cast<std::uint32_t>(i);
  }

  std::size_t index(const std::array<int, 3>& b) const {
    return static_cast<std::size_t>((b[2] * bins[1] + b[1]) * bins[0] + b[0]);
  }

  /// visit(j, image) for all atoms of all bins within range of atom i's bin.
  template <class Visit>
  void for_each_near(std::size_t i, const Visit& visit) const {
    std::array<int, 3> d{}, image{}, bin{};
    const auto wrap = [&](std::size_t k) {
      const int unwrapped = bin_of[i][k] + d[k];
      image[k] = floor_divide(unwrapped, bins[k]);
      bin[k] = unwrapped - image[k] * bins[k];
    };
    for (d[2] = -range[2]; d[2] <= range[2]; ++d[2])
      for (wrap(2), d[1] = -range[1]; d[1] <= range[1]; ++d[1])
        for (wrap(1), d[0] = -range[0]; d[0] <= range[0]; ++d[0]) {
          wrap(0);
          const std::size_t b = index(bin);
          for (std::uint32_t k = first[b]; k < first[b + 1]; ++k) visit(atoms[k], image);
        }
  }
};

VerletList::VerletList(double cutoff, double skin) : reference_(cutoff, skin) {}

std::uint32_t VerletList::shift_index(const Image& n) const {
  const int x = n[0] + reach_[0], y = n[1] + reach_[1], z = n[2] + reach_[2];
  return static_cast<std::uint32_t>((x * (2 * reach_[1] + 1) + y) * (2 * reach_[2] + 1) + z);
}

std::vector<Vec3> VerletList::shifts(const Box& box) const {
  std::vector<Vec3> all;
  for (int x = -reach_[0]; x <= reach_[0]; ++x)
    for (int y = -reach_[1]; y <= reach_[1]; ++y)
      for (int z = -reach_[2]; z <= reach_[2]; ++z) all.push_back(box.translation(x, y, z));
  return all;
}

void VerletList::fold(const Box& box, const core::Atoms& atoms, math::Vectors& folded) const {
  folded.resize(atoms.size());
  for (std::size_t i = 0; i < atoms.size(); ++i)
    folded.set(i, atoms.position[i] - box.translation(fold_[i][0], fold_[i][1], fold_[i][2]));
}

void VerletList::build(const Box& box, const core::Atoms& atoms) {
  reference_.set(box, atoms);
  rebuild();
}

void VerletList::rebuild() {
  const Box& box = reference_.box();
  const math::Vectors& position = reference_.position();
  const std::size_t n = position.size();
  const double reach = reference_.reach();
  std::vector<Vec3> fraction(n), folded(n);
  fold_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    fraction[i] = box.fractional(position[i]);
    for (std::size_t k = 0; k < 3; ++k) {
      fold_[i][k] = static_cast<int>(std::floor(fraction[i][k]));
      fraction[i][k] -= fold_[i][k];
    }
    folded[i] = position[i] - box.translation(fold_[i][0], fold_[i][1], fold_[i][2]);
  }
  const Grid grid(box, fraction, reach);
  for (std::size_t k = 0; k < 3; ++k)
    reach_[k] = floor_divide(grid.bins[k] - 1 + grid.range[k], grid.bins[k]);

  const std::vector<Vec3> shift = shifts(box);
  first_.assign(n + 1, 0);
  entries_.clear();
  for (std::size_t i = 0; i < n; ++i) {
    const auto begin = static_cast<std::ptrdiff_t>(entries_.size());
    grid.for_each_near(i, [&](std::uint32_t j, const Image& image) {
      if (j < i || (j == i && image <= Image{})) return;
      const std::uint32_t at = shift_index(image);
      if (math::norm2(folded[j] + shift[at] - folded[i]) < reach * reach)
        entries_.push_back({j, at});
    });
    std::sort(entries_.begin() + begin, entries_.end(), [](const Neighbor& a, const Neighbor& b) {
      return a.j != b.j ? a.j < b.j : a.shift < b.shift;
    });
    first_[i + 1] = static_cast<std::uint32_t>(entries_.size());
  }
}

bool VerletList::update(const Box& box, const core::Atoms& atoms) {
  if (holds(box, atoms)) return false;
  build(box, atoms);
  return true;
}

void VerletList::transfer(core::Archive& archive) {
  const core::Archive::Group group(archive, "verlet_list");
  reference_.transfer(archive);
  if (archive.loading() && reference_.is_set()) rebuild();
}

}  // namespace vitreous::neighbor
