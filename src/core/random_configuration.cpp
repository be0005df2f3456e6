#include "core/random_configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "core/velocities.hpp"

namespace vitreous::core {
namespace {

/// Points in a periodic cube, in cells no smaller than the distance that is asked about.
class PointGrid {
 public:
  PointGrid(double length, double distance)
      : length_(length),
        distance_(distance),
        cells_(std::max<std::int64_t>(1, static_cast<std::int64_t>(length / distance))),
        points_(static_cast<std::size_t>(cells_ * cells_ * cells_)) {}

  bool has_room(const Vec3& point) const {
    // With fewer than three cells a side, neighbors on both sides are the same: look at each once.
    const std::int64_t low = cells_ > 1 ? -1 : 0, high = cells_ > 2 ? 1 : 0;
    for (std::int64_t a = low; a <= high; ++a)
      for (std::int64_t b = low; b <= high; ++b)
        for (std::int64_t c = low; c <= high; ++c)
          for (const Vec3& other : points_[cell_of(point, a, b, c)])
            if (distance_squared(point, other) < distance_ * distance_) return false;
    return true;
  }

  void add(const Vec3& point) { points_[cell_of(point, 0, 0, 0)].push_back(point); }

 private:
  std::int64_t coordinate(double x, std::int64_t shift) const {
    const auto k = static_cast<std::int64_t>(x / length_ * static_cast<double>(cells_));
    return (std::min(k, cells_ - 1) + shift + cells_) % cells_;
  }
  std::size_t cell_of(const Vec3& p, std::int64_t a, std::int64_t b, std::int64_t c) const {
    return static_cast<std::size_t>((coordinate(p.x, a) * cells_ + coordinate(p.y, b)) * cells_ +
                                    coordinate(p.z, c));
  }
  double distance_squared(const Vec3& p, const Vec3& q) const {
    Vec3 d = p - q;
    for (std::size_t k = 0; k < 3; ++k) d[k] -= length_ * std::nearbyint(d[k] / length_);
    return math::norm2(d);
  }

  double length_, distance_;
  std::int64_t cells_;
  std::vector<std::vector<Vec3>> points_;
};

void place_atoms(Atoms& atoms, double length, double distance, base::RandomStream& random) {
  constexpr int most_tries = 100000;  // an atom; a few dozen are enough at this density
  PointGrid grid(length, distance);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (int tries = 0;; ++tries) {
      const double x = random.uniform(), y = random.uniform(), z = random.uniform();
      const Vec3 point = Vec3{x, y, z} * length;
      if (grid.has_room(point)) {
        grid.add(point);
        atoms.position.set(i, point);
        break;
      }
      if (tries == most_tries)
        throw base::RunError(fmt::format("found no room for atom {} of {}", i + 1, atoms.size()));
    }
  }
}

void shuffle(std::vector<std::int32_t>& values, base::RandomStream& random) {
  for (std::size_t k = values.size(); k > 1; --k) std::swap(values[k - 1], values[random.below(k)]);
}

}  // namespace

std::vector<std::int64_t> composition_counts(const std::vector<double>& fractions,
                                             std::int64_t atoms) {
  const double sum = std::accumulate(fractions.begin(), fractions.end(), 0.0);
  const bool negative =
      std::any_of(fractions.begin(), fractions.end(), [](double x) { return x < 0; });
  if (negative || !(std::abs(sum - 1.0) <= 1e-6))
    throw base::InputError(fmt::format("atomic fractions must sum to 1, not {:.6g}", sum));
  if (atoms < 1) throw base::InputError(fmt::format("cannot make {} atoms", atoms));
  std::vector<std::int64_t> counts;
  std::vector<double> remainder;
  for (const double fraction : fractions) {
    // Fractions carry rounding: 0.1 of 30 atoms is 3 atoms, not 2.9999.
    const double exact = fraction / sum * static_cast<double>(atoms);
    const double whole = std::floor(exact + 1e-9 * static_cast<double>(atoms));
    counts.push_back(static_cast<std::int64_t>(whole));
    remainder.push_back(exact - whole);
  }
  auto left = atoms - std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  for (; left > 0; --left) {
    const auto largest = std::max_element(remainder.begin(), remainder.end());
    ++counts[static_cast<std::size_t>(largest - remainder.begin())];
    *largest = -1.0;
  }
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (fractions[k] > 0.0 && counts[k] == 0)
      throw base::InputError(
          fmt::format("{} atoms are too few for this composition", atoms),
          fmt::format("a fraction of {:.4g} of them is less than one atom", fractions[k]),
          {fmt::format("take at least {:.0f} atoms", std::ceil(1.0 / fractions[k]))});
  return counts;
}

RandomConfiguration random_configuration(const RandomConfigurationOptions& options,
                                         base::RandomStream& random) {
  if (options.kinds.size() != options.fractions.size())
    throw base::InputError(
        fmt::format("{} species but {} fractions", options.kinds.size(), options.fractions.size()));
  if (!(options.volume_per_atom > 0.0) || !std::isfinite(options.volume_per_atom))
    throw base::InputError(fmt::format("the volume per atom is {} A^3; it must be above zero",
                                       options.volume_per_atom));
  RandomConfiguration made;
  made.counts = composition_counts(options.fractions, options.atoms);
  const double length = std::cbrt(static_cast<double>(options.atoms) * options.volume_per_atom);
  made.box = Box::orthogonal(length, length, length);
  made.minimum_distance = 0.8 * std::cbrt(options.volume_per_atom);
  made.atoms.kinds = options.kinds;
  made.atoms.resize(static_cast<std::size_t>(options.atoms));
  std::iota(made.atoms.id.begin(), made.atoms.id.end(), std::int64_t{1});
  auto species = made.atoms.species.begin();
  for (std::size_t k = 0; k < made.counts.size(); ++k)
    species = std::fill_n(species, made.counts[k], static_cast<std::int32_t>(k));
  shuffle(made.atoms.species, random);
  place_atoms(made.atoms, length, made.minimum_distance, random);
  draw_velocities(made.atoms, options.temperature, random);
  return made;
}

}  // namespace vitreous::core
