#include "potential/reference_crystal.hpp"

#include <array>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>
#include <vector>

namespace vitreous::potential {
namespace {

constexpr int digits = std::numeric_limits<double>::digits / 2;
constexpr int scan_points = 200;

/// Nearest-neighbor distance over a, for an ideal c/a.
double contact(Structure structure) {
  switch (structure) {
    case Structure::fcc:
      return std::sqrt(0.5);
    case Structure::bcc:
    case Structure::b2:
      return std::sqrt(0.75);
    case Structure::hcp:
      return 1.0;
  }
  return 1.0;
}

core::UnitCell make_cell(Structure structure, double a, double c_over_a, std::size_t first,
                         std::size_t second) {
  core::UnitCell cell;
  switch (structure) {
    case Structure::fcc:
      cell = core::fcc_cell(a);
      break;
    case Structure::bcc:
      cell = core::bcc_cell(a);
      break;
    case Structure::hcp:
      cell = core::hcp_cell(a, c_over_a * a);
      break;
    case Structure::b2:
      cell = core::b2_cell(a);
      break;
  }
  for (auto& site : cell.sites)
    site.species = static_cast<std::int32_t>(site.species == 0 ? first : second);
  return cell;
}

/// Of the minima that f has inside [from, to] the lowest, or the one nearest to `guess` where that
/// is positive: a scan, then Brent. The scan comes in
/// from `to` and stops where f, once below f(to), is back above it: what lies further in is no
/// crystal but the end of the tables.
std::optional<std::pair<double, double>> minimize(const std::function<double(double)>& f,
                                                  double from, double to, double guess) {
  const double step = (to - from) / scan_points;
  const auto at = [&](int k) { return from + step * k; };
  int lowest = -1;
  const double bound = f(to);
  double least = 0.0, before = bound, here = f(at(scan_points - 1));
  bool bound_yet = false;
  for (int k = scan_points - 1; k > 0; --k) {
    const double next = f(at(k - 1));
    const double rank = guess > 0.0 ? std::abs(at(k) - guess) : here;
    if (here < before && here <= next && (lowest < 0 || rank < least)) lowest = k, least = rank;
    bound_yet = bound_yet || here < bound;
    if (bound_yet && next > bound) break;
    before = here, here = next;
  }
  if (lowest < 0) return std::nullopt;
  return boost::math::tools::brent_find_minima(f, at(lowest - 1), at(lowest + 1), digits);
}

}  // namespace

SiteSums site_sums(const EamPotential& potential, const core::UnitCell& unit, std::size_t site) {
  const core::Box box(unit.cell);
  const double cutoff = potential.cutoff();
  std::array<int, 3> reach{};
  for (std::size_t k = 0; k < 3; ++k)
    reach[k] = static_cast<int>(std::ceil(cutoff / box.heights()[k])) + 1;
  const auto& center = unit.sites[site];
  const auto a = static_cast<std::size_t>(center.species);
  SiteSums sums;
  for (const auto& other : unit.sites) {
    const auto b = static_cast<std::size_t>(other.species);
    const math::Vec3 between = unit.cell * (other.fraction - center.fraction);
    for (int x = -reach[0]; x <= reach[0]; ++x)
      for (int y = -reach[1]; y <= reach[1]; ++y)
        for (int z = -reach[2]; z <= reach[2]; ++z) {
          const bool itself = &center == &other && x == 0 && y == 0 && z == 0;
          const double r = math::norm(between + box.translation(x, y, z));
          if (itself || r >= cutoff) continue;
          sums.density += potential.density(b, a, r).value;
          sums.pair_energy += potential.pair(a, b, r).energy;
        }
  }
  return sums;
}

double crystal_energy(const EamPotential& potential, const core::UnitCell& unit) {
  double total = 0.0;
  for (std::size_t site = 0; site < unit.sites.size(); ++site) {
    const auto species = static_cast<std::size_t>(unit.sites[site].species);
    const SiteSums sums = site_sums(potential, unit, site);
    total += potential.embedding(species, sums.density).value + 0.5 * sums.pair_energy;
  }
  return total / static_cast<double>(unit.sites.size());
}

std::string to_text(Structure structure) {
  switch (structure) {
    case Structure::fcc:
      return "fcc";
    case Structure::bcc:
      return "bcc";
    case Structure::hcp:
      return "hcp";
    case Structure::b2:
      return "B2";
  }
  return {};
}

std::optional<Structure> structure_named(const std::string& name) {
  for (const Structure s : {Structure::fcc, Structure::bcc, Structure::hcp})
    if (to_text(s) == name) return s;
  return std::nullopt;
}

std::optional<RelaxedCrystal> relax_crystal(const EamPotential& potential, Structure structure,
                                            std::size_t first, std::size_t second, double a_guess) {
  const double from = a_guess > 0.0 ? 0.7 * a_guess : closest_contact / contact(structure);
  const double to = a_guess > 0.0 ? 1.4 * a_guess : farthest_contact / contact(structure);
  RelaxedCrystal out;
  out.structure = structure;
  if (structure == Structure::hcp) out.c_over_a = std::sqrt(8.0 / 3.0);
  const auto energy = [&](double a, double c_over_a) {
    return crystal_energy(potential, make_cell(structure, a, c_over_a, first, second));
  };
  const auto best = minimize([&](double a) { return energy(a, out.c_over_a); }, from, to, a_guess);
  if (!best) return std::nullopt;
  std::tie(out.a, out.energy) = *best;
  if (structure == Structure::hcp) {
    // c/a within a few per cent of ideal; for each, a near the ideal crystal's.
    const double ideal = out.c_over_a;
    const auto at = [&](double ratio) {
      return boost::math::tools::brent_find_minima([&](double a) { return energy(a, ratio); },
                                                   0.9 * best->first, 1.1 * best->first, digits);
    };
    out.c_over_a =
        boost::math::tools::brent_find_minima([&](double ratio) { return at(ratio).second; },
                                              0.9 * ideal, 1.15 * ideal, digits)
            .first;
    if (out.c_over_a < 0.901 * ideal || out.c_over_a > 1.149 * ideal) return std::nullopt;
    std::tie(out.a, out.energy) = at(out.c_over_a);
  }
  const auto cell = make_cell(structure, out.a, out.c_over_a, first, second);
  out.volume = math::determinant(cell.cell) / static_cast<double>(cell.sites.size());
  return out;
}

std::optional<double> element_volume(const EamPotential& potential, std::size_t element) {
  for (const Structure structure : {Structure::fcc, Structure::bcc})
    if (const auto crystal = relax_crystal(potential, structure, element, element))
      return crystal->volume;
  return std::nullopt;
}

}  // namespace vitreous::potential
