#include "analysis/surface_quantities.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "analysis/error_degrees.hpp"

namespace vitreous::analysis {
namespace {

/// A mean coordination number at a depth is that of the bins so far around it (A), where at least
/// so many atoms were seen; its slope is taken over twice that on both sides.
constexpr double window = 0.25, fewest_atoms_seen = 20.0;

double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void add_groups(const std::vector<double>& more, std::vector<double>& to) {
  for (std::size_t k = 0; k < to.size(); ++k) to[k] += more[k];
}

class Surface {
 public:
  Surface(const Setting& setting, const DepthSums& sums, const std::vector<int>& adatom_limits)
      : sums_(sums), adatom_limits_(adatom_limits), all_(species_rows(setting).back()) {}

  core::Reported dividing(bool lower) const {
    const std::string name = lower ? "gibbs_surface.lower" : "gibbs_surface.upper";
    auto filled = ratio_of_groups(sums_.in_half(lower), sums_.in_middle(all_, DepthSums::atoms));
    if (!filled) return core::Reported::refused(name, "the middle of the slab is empty");
    const DepthGrid& grid = sums_.grid();
    filled->standard_error *= grid.middle_thickness();
    filled->mean = 0.5 * grid.thickness() - grid.middle_thickness() * filled->mean;
    return reported_with({}, name, *filled, "angstrom");
  }

  core::Reported composition(const SpeciesRow& row) const {
    const std::string name = "surface_composition" + row.suffix;
    const auto share = ratio_of_groups(sums_.in_layer(row, 0, DepthSums::atoms),
                                       sums_.in_layer(all_, 0, DepthSums::atoms));
    if (!share) return core::Reported::refused(name, "the outermost layer is empty");
    return reported_with({}, name, *share, "1");
  }

  core::Reported adatoms(const SpeciesRow& row) const {
    const std::string name = "adatoms" + row.suffix;
    const auto limit = adatom_limit(row);
    if (!limit) return core::Reported::refused(name, "the middle of the slab is empty");
    const auto share = ratio_of_groups(sums_.in_outer_layer(row, *limit),
                                       sums_.in_layer(row, 0, DepthSums::atoms));
    if (!share) return core::Reported::refused(name, "there are none in the outermost layer");
    auto reported = reported_with({}, name, *share, "1");
    reported.how["adatom"] = limit_text(*limit);
    return reported;
  }

  core::Reported adatom_depth(const SpeciesRow& row) const {
    const std::string name = "adatom_depth" + row.suffix;
    const auto limit = adatom_limit(row);
    if (!limit) return core::Reported::refused(name, "the middle of the slab is empty");
    const auto depth = crossing(row, *limit);
    if (!depth)
      return core::Reported::refused(
          name, fmt::format("the mean coordination number is nowhere below {}", *limit));
    auto reported = reported_with({}, name, *depth, "angstrom");
    reported.how["adatom"] = limit_text(*limit);
    return reported;
  }

 private:
  static std::string limit_text(int limit) { return fmt::format("at most {} neighbors", limit); }

  std::optional<int> adatom_limit(const SpeciesRow& row) const {
    for (std::size_t kind = 0; kind < adatom_limits_.size(); ++kind)
      if (row.weights[kind] == 1.0 && adatom_limits_[kind] >= 0) return adatom_limits_[kind];
    const double atoms = total(sums_.in_middle(row, DepthSums::atoms));
    if (!(atoms > 0.0)) return std::nullopt;
    return static_cast<int>(
        std::lround(0.5 * total(sums_.in_middle(row, DepthSums::neighbors)) / atoms));
  }

  std::size_t bins_around() const {
    return static_cast<std::size_t>(std::lround(window / sums_.grid().bin()));
  }

  std::optional<math::Estimate> coordination_at(const SpeciesRow& row, std::size_t bin) const {
    const std::size_t around = bins_around();
    if (bin < around || bin + around >= sums_.grid().bins()) return std::nullopt;
    std::vector<double> atoms(sums_.profile().frames_of_groups().size()), neighbors(atoms.size());
    for (std::size_t k = bin - around; k <= bin + around; ++k) {
      add_groups(sums_.in_bin(row, k, DepthSums::atoms), atoms);
      add_groups(sums_.in_bin(row, k, DepthSums::neighbors), neighbors);
    }
    if (total(atoms) < fewest_atoms_seen) return std::nullopt;
    return ratio_of_groups(neighbors, atoms);
  }

  /// Where the mean coordination number, followed from the middle outward, first falls below.
  std::optional<math::Estimate> crossing(const SpeciesRow& row, double limit) const {
    const DepthGrid& grid = sums_.grid();
    std::optional<math::Estimate> inside;  // the last bin where atoms were seen
    double inside_depth = 0.0;
    for (std::size_t bin = grid.bins(); bin-- > 0;) {
      const auto here = coordination_at(row, bin);
      if (!here) continue;
      const double depth = grid.depth_of(bin);
      if (inside && here->mean < limit && inside->mean >= limit) {
        const double rise = (inside->mean - here->mean) / (inside_depth - depth);
        return math::Estimate{depth + (limit - here->mean) / rise,
                              here->standard_error / slope(row, bin).value_or(rise), here->degrees};
      }
      inside = here;
      inside_depth = depth;
    }
    return std::nullopt;
  }

  /// Of the mean coordination number against depth, where it is seen on both sides and rises.
  std::optional<double> slope(const SpeciesRow& row, std::size_t bin) const {
    const std::size_t step = 2 * std::max<std::size_t>(1, bins_around());
    if (bin < step) return std::nullopt;
    const auto outside = coordination_at(row, bin - step),
               inside = coordination_at(row, bin + step);
    if (!outside || !inside || inside->mean <= outside->mean) return std::nullopt;
    return (inside->mean - outside->mean) / (2.0 * static_cast<double>(step) * sums_.grid().bin());
  }

  const DepthSums& sums_;
  const std::vector<int>& adatom_limits_;
  SpeciesRow all_;
};

}  // namespace

std::vector<core::Reported> surface_quantities(const Setting& setting, const DepthSums& sums,
                                               const std::vector<int>& adatom_limits) {
  const Surface surface(setting, sums, adatom_limits);
  std::vector<core::Reported> all = {surface.dividing(true), surface.dividing(false)};
  for (const SpeciesRow& row : species_rows(setting)) {
    if (row.suffix.empty()) continue;
    all.push_back(surface.composition(row));
    all.push_back(surface.adatoms(row));
    all.push_back(surface.adatom_depth(row));
  }
  if (sums.profile().has_errors()) return all;
  const std::string reason = fmt::format("{:.0f} frames, {} needed for an error",
                                         sums.profile().frames(), FramePlan::fewest_frames);
  for (auto& quantity : all) quantity = core::Reported::refused(quantity.name, reason);
  return all;
}

}  // namespace vitreous::analysis
