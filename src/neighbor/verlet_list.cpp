#include "neighbor/verlet_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::neighbor {
namespace {

using core::Box;
using math::Vec3;

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

/// Distance of F from the identity (Frobenius norm, an upper bound of the operator norm).
double strain_between(const Box& from, const Box& to) {
  const math::Mat3 deformation = to.cell() * math::inverse(from.cell());
  double sum = 0.0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      sum += std::pow(deformation(i, j) - (i == j ? 1.0 : 0.0), 2);
  return std::sqrt(sum);
}

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

VerletList::VerletList(double cutoff, double skin) : cutoff_(cutoff), skin_(skin) {}

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

bool VerletList::holds(const Box& box, const core::Atoms& atoms) const {
  if (!built_ || position_.size() != atoms.size()) return false;
  const double room = (1.0 - strain_between(box_, box)) * (cutoff_ + skin_) - cutoff_;
  if (room <= 0.0) return false;
  const bool same_box = box.cell() == box_.cell() && box.origin() == box_.origin();
  const math::Mat3 deformation = box.cell() * math::inverse(box_.cell());
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vec3 rest =
        same_box ? position_[i] : box.origin() + deformation * (position_[i] - box_.origin());
    // Written so that NaN asks for a build, which names the atom.
    if (!(math::norm2(atoms.position[i] - rest) <= 0.25 * room * room)) return false;
  }
  return true;
}

void VerletList::build(const Box& box, const core::Atoms& atoms) {
  for (std::size_t i = 0; i < atoms.size(); ++i)
    if (!std::isfinite(math::norm2(atoms.position[i])))
      throw base::RunError(
          fmt::format("the position of atom {} is not a finite number", atoms.id[i]));
  box_ = box;
  position_ = atoms.position;
  rebuild();
  built_ = true;
}

void VerletList::rebuild() {
  const std::size_t n = position_.size();
  const double reach = cutoff_ + skin_;
  std::vector<Vec3> fraction(n), folded(n);
  fold_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    fraction[i] = box_.fractional(position_[i]);
    for (std::size_t k = 0; k < 3; ++k) {
      fold_[i][k] = static_cast<int>(std::floor(fraction[i][k]));
      fraction[i][k] -= fold_[i][k];
    }
    folded[i] = position_[i] - box_.translation(fold_[i][0], fold_[i][1], fold_[i][2]);
  }
  const Grid grid(box_, fraction, reach);
  for (std::size_t k = 0; k < 3; ++k)
    reach_[k] = floor_divide(grid.bins[k] - 1 + grid.range[k], grid.bins[k]);

  const std::vector<Vec3> shift = shifts(box_);
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
  archive.transfer("built", built_);
  archive.transfer("box", box_);
  archive.transfer("position", position_);
  if (archive.loading() && built_) rebuild();
}

}  // namespace vitreous::neighbor
