#include "neighbor/near_atoms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"

namespace vitreous::neighbor {
namespace {

/// Bins of half the reach: fewer atoms too far away are looked at than in wide ones.
constexpr double bins_a_reach = 2.0;
/// A reach that is short beside the box would make more bins than atoms.
constexpr double most_bins_an_edge = 2.0;  // times the cube root of the number of atoms

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

int floor_quotient(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

NearAtoms::NearAtoms(const core::Box& box, const core::Atoms& atoms, double reach) : box_(box) {
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
    for (std::size_t k = 0; k < 3; ++k) {
      s[k] -= std::floor(s[k]);
      bin_of_[i][k] = std::clamp(static_cast<int>(s[k] * bins_[k]), 0, bins_[k] - 1);
    }
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

/// `middle` is given as seen from the image of the bin.
void NearAtoms::find_in(const std::array<int, 3>& bin, const math::Vec3& middle, std::size_t self,
                        double from2, double to2, std::vector<NearAtom>& found) const {
  const std::size_t b = bin_index(bin);
  for (std::size_t k = first_[b]; k < first_[b + 1]; ++k) {
    const math::Vec3 d = position_[k] - middle;
    const double d2 = math::norm2(d);
    if (d2 >= from2 && d2 < to2 && k != self) found.push_back({d, d2, atom_[k]});
  }
}

void NearAtoms::find(std::size_t i, double from, double to, std::vector<NearAtom>& found) const {
  found.clear();
  std::array<int, 3> range{}, d{}, image{}, bin{};
  for (std::size_t k = 0; k < 3; ++k)
    range[k] = static_cast<int>(std::ceil(to * bins_[k] / box_.heights()[k] * (1.0 + 1e-12)));
  const auto wrap = [&](std::size_t k) {
    const int unwrapped = bin_of_[i][k] + d[k];
    image[k] = floor_quotient(unwrapped, bins_[k]);
    bin[k] = unwrapped - image[k] * bins_[k];
  };
  const math::Vec3 middle = position_[place_[i]];
  for (d[2] = -range[2]; d[2] <= range[2]; ++d[2])
    for (wrap(2), d[1] = -range[1]; d[1] <= range[1]; ++d[1])
      for (wrap(1), d[0] = -range[0]; d[0] <= range[0]; ++d[0]) {
        wrap(0);
        if (first_[bin_index(bin)] == first_[bin_index(bin) + 1]) continue;
        const bool own = image == std::array<int, 3>{};
        find_in(bin, own ? middle : middle - box_.translation(image[0], image[1], image[2]),
                own ? place_[i] : nobody, from * from, to * to, found);
      }
}

}  // namespace vitreous::neighbor
