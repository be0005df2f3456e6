#include "analysis/pair_distances.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::analysis {
namespace {

/// Cells are about half of the reach wide: fewer far atoms are looked at than in wide cells.
constexpr double cells_a_reach = 2.0;
/// A reach that is short beside the box would make more cells than atoms: at most eight an atom.
constexpr double most_cells_an_edge = 2.0;  // times the cube root of the number of atoms

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

PairDistances::PairDistances(std::size_t kinds, const DistanceBins& bins)
    : kinds_(kinds), bins_(bins), counts_(kinds * (kinds + 1) / 2 * bins.count) {}

std::size_t PairDistances::pair_of(std::size_t a, std::size_t b) const {
  if (a > b) std::swap(a, b);
  return a * kinds_ - a * (a + 1) / 2 + b;
}

void PairDistances::sort_into_cells(const core::Box& box, const core::Atoms& atoms) {
  const double reach = static_cast<double>(bins_.count) * bins_.width;
  const double most =
      std::ceil(most_cells_an_edge * std::cbrt(static_cast<double>(atoms.size()) + 1.0));
  const std::array<double, 3> height{box.heights().x, box.heights().y, box.heights().z};
  for (std::size_t k = 0; k < 3; ++k) {
    const double wanted = std::floor(cells_a_reach * height[k] / reach);
    cells_[k] = static_cast<int>(std::clamp(wanted, 1.0, most));
    range_[k] = static_cast<int>(std::ceil(reach * cells_[k] / height[k] * (1.0 + 1e-12)));
  }
  const std::size_t n = atoms.size();
  const auto slots = static_cast<std::size_t>(cells_[0]) * static_cast<std::size_t>(cells_[1]) *
                     static_cast<std::size_t>(cells_[2]) * kinds_;
  slot_.resize(n);
  folded_.resize(n);
  first_.assign(slots + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const core::Vec3 s = box.fractional(atoms.position[i]);
    const core::Vec3 in{s.x - std::floor(s.x), s.y - std::floor(s.y), s.z - std::floor(s.z)};
    folded_.set(i, box.cartesian(in));
    const auto cell = [&](double x, std::size_t k) {
      return std::min(static_cast<int>(x * cells_[k]), cells_[k] - 1);
    };
    const int c = (cell(in.z, 2) * cells_[1] + cell(in.y, 1)) * cells_[0] + cell(in.x, 0);
    slot_[i] = static_cast<std::uint32_t>(static_cast<std::size_t>(c) * kinds_ +
                                          static_cast<std::size_t>(atoms.species[i]));
    ++first_[slot_[i] + 1];
  }
  for (std::size_t slot = 0; slot < slots; ++slot) first_[slot + 1] += first_[slot];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  position_.resize(n);
  for (std::size_t i = 0; i < n; ++i) position_.set(next[slot_[i]]++, folded_[i]);
}

void PairDistances::count_segments(std::size_t a, std::size_t b, const core::Vec3& shift,
                                   bool same) {
  const double reach = static_cast<double>(bins_.count) * bins_.width;
  const double reach2 = reach * reach, per_width = 1.0 / bins_.width;
  const double *x = position_.x.data(), *y = position_.y.data(), *z = position_.z.data();
  std::int64_t* counts = &counts_[pair_of(a % kinds_, b % kinds_) * bins_.count];
  const std::size_t last = bins_.count - 1;
  for (std::size_t i = first_[a]; i < first_[a + 1]; ++i) {
    const double px = x[i] - shift.x, py = y[i] - shift.y, pz = z[i] - shift.z;
    for (std::size_t j = same ? i + 1 : first_[b]; j < first_[b + 1]; ++j) {
      const double dx = x[j] - px, dy = y[j] - py, dz = z[j] - pz;
      const double d2 = dx * dx + dy * dy + dz * dz;
      if (d2 >= reach2) continue;
      ++counts[std::min(static_cast<std::size_t>(std::sqrt(d2) * per_width), last)];
    }
  }
}

void PairDistances::count_cell(const core::Box& box, std::size_t cell,
                               const std::array<int, 3>& offset) {
  const auto c = static_cast<int>(cell);
  const std::array<int, 3> at{c % cells_[0], c / cells_[0] % cells_[1],
                              c / (cells_[0] * cells_[1])};
  std::array<int, 3> image{}, other{};
  for (std::size_t k = 0; k < 3; ++k) {
    image[k] = floor_divide(at[k] + offset[k], cells_[k]);
    other[k] = at[k] + offset[k] - image[k] * cells_[k];
  }
  const core::Vec3 shift = box.translation(image[0], image[1], image[2]);
  const auto to =
      static_cast<std::size_t>((other[2] * cells_[1] + other[1]) * cells_[0] + other[0]);
  const bool within = offset == std::array<int, 3>{};
  for (std::size_t a = 0; a < kinds_; ++a)
    for (std::size_t b = within ? a : 0; b < kinds_; ++b)
      count_segments(cell * kinds_ + a, to * kinds_ + b, shift, within && a == b);
}

void PairDistances::count(const core::Box& box, const core::Atoms& atoms) {
  std::fill(counts_.begin(), counts_.end(), 0);
  sort_into_cells(box, atoms);
  const auto cells = static_cast<std::size_t>(cells_[0]) * static_cast<std::size_t>(cells_[1]) *
                     static_cast<std::size_t>(cells_[2]);
  // Of the offsets d and -d one is enough: it sees every pair once.
  std::array<int, 3> d{};
  for (d[2] = 0; d[2] <= range_[2]; ++d[2])
    for (d[1] = d[2] == 0 ? 0 : -range_[1]; d[1] <= range_[1]; ++d[1])
      for (d[0] = d[2] == 0 && d[1] == 0 ? 0 : -range_[0]; d[0] <= range_[0]; ++d[0])
        for (std::size_t cell = 0; cell < cells; ++cell) count_cell(box, cell, d);
}

}  // namespace vitreous::analysis
