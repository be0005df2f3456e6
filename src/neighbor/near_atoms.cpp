#include "neighbor/near_atoms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::neighbor {
namespace {

/// Bins of half the reach: fewer atoms too far away are looked at than in wide ones.
constexpr double bins_a_reach = 2.0;
/// A reach that is short beside the box would make more bins than atoms.
constexpr double most_bins_an_edge = 2.0;  // times the cube root of the number of atoms
/// Where no atom is near a point, it is looked so much further.
constexpr double look_further = 1.6;

int floor_quotient(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

NearAtoms::NearAtoms(const core::Box& box, const core::Atoms& atoms, double reach)
    : box_(box), reach_(reach) {
  const std::size_t n = atoms.size();
  const double most = std::ceil(most_bins_an_edge * std::cbrt(static_cast<double>(n) + 1.0));
  for (std::size_t k = 0; k < 3; ++k)
    bins_[k] = static_cast<int>(
        std::clamp(std::floor(bins_a_reach * box.heights()[k] / reach), 1.0, most));
  const std::size_t bins = bin_index({bins_[0] - 1, bins_[1] - 1, bins_[2] - 1}) + 1;
  std::vector<math::Vec3> folded(n);
  bin_of_.resize(n);
  first_.assign(bins + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    math::Vec3 s = box.fractional(atoms.position[i]);
    if (!std::isfinite(s.x + s.y + s.z))
      throw base::RunError(fmt::format("the position of atom {} is not finite", atoms.id[i]));
    for (std::size_t k = 0; k < 3; ++k) s[k] -= std::floor(s[k]);
    bin_of_[i] = bin_of_fraction(s);
    folded[i] = box.cartesian(s);
    ++first_[bin_index(bin_of_[i]) + 1];
  }
  for (std::size_t b = 0; b < bins; ++b) first_[b + 1] += first_[b];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  place_.resize(n);
  atom_.resize(n);
  position_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    place_[i] = next[bin_index(bin_of_[i])]++;
    atom_[place_[i]] = static_cast<std::uint32_t>(i);
    position_[place_[i]] = folded[i];
  }
}

NearAtoms::Bin NearAtoms::bin_of_fraction(const math::Vec3& fraction) const {
  Bin bin;
  for (std::size_t k = 0; k < 3; ++k)
    bin[k] = std::clamp(static_cast<int>(fraction[k] * bins_[k]), 0, bins_[k] - 1);
  return bin;
}

/// visit(first, last, image) for the atoms of each bin and image within reach of a bin.
template <class Visit>
void NearAtoms::for_each_bin(const Bin& middle, double to, const Visit& visit) const {
  Bin range{}, d{}, image{}, bin{};
  for (std::size_t k = 0; k < 3; ++k)
    range[k] = static_cast<int>(std::ceil(to * bins_[k] / box_.heights()[k] * (1.0 + 1e-12)));
  const auto wrap = [&](std::size_t k) {
    const int unwrapped = middle[k] + d[k];
    image[k] = floor_quotient(unwrapped, bins_[k]);
    bin[k] = unwrapped - image[k] * bins_[k];
  };
  for (d[2] = -range[2]; d[2] <= range[2]; ++d[2])
    for (wrap(2), d[1] = -range[1]; d[1] <= range[1]; ++d[1])
      for (wrap(1), d[0] = -range[0]; d[0] <= range[0]; ++d[0]) {
        wrap(0);
        const std::size_t b = bin_index(bin);
        if (first_[b] < first_[b + 1]) visit(first_[b], first_[b + 1], image);
      }
}

void NearAtoms::find(std::size_t i, double from, double to, std::vector<NearAtom>& found) const {
  found.clear();
  const double from2 = from * from, to2 = to * to;
  const std::size_t self = place_[i];
  for_each_bin(bin_of_[i], to, [&](std::size_t first, std::size_t last, const Bin& image) {
    const bool is_own = image == Bin{};
    const math::Vec3 middle =
        position_[self] - (is_own ? math::Vec3{} : box_.translation(image[0], image[1], image[2]));
    for (std::size_t k = first; k < last; ++k) {
      const math::Vec3 d = position_[k] - middle;
      const double d2 = math::norm2(d);
      if (d2 >= from2 && d2 < to2 && !(is_own && k == self)) found.push_back({d, d2, atom_[k]});
    }
  });
}

std::optional<NearAtom> NearAtoms::nearest(std::size_t i, const math::Vec3& off,
                                           double within) const {
  math::Vec3 s = box_.fractional(position_[place_[i]] + off);
  for (std::size_t k = 0; k < 3; ++k) s[k] -= std::floor(s[k]);
  const math::Vec3 point = box_.cartesian(s);
  const Bin bin = bin_of_fraction(s);
  for (double to = std::min(within, reach_ / bins_a_reach);;
       to = std::min(within, to * look_further)) {
    NearAtom best{{}, to * to, 0};
    bool any = false;
    for_each_bin(bin, to, [&](std::size_t first, std::size_t last, const Bin& image) {
      const math::Vec3 middle = point - box_.translation(image[0], image[1], image[2]);
      for (std::size_t k = first; k < last; ++k) {
        const math::Vec3 d = position_[k] - middle;
        const double d2 = math::norm2(d);
        if (d2 >= best.distance2) continue;
        best = {d, d2, atom_[k]};
        any = true;
      }
    });
    if (any) return best;
    if (to >= within) return std::nullopt;
  }
}

}  // namespace vitreous::neighbor
