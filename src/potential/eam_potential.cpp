#include "potential/eam_potential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::potential {
namespace {

/// Slopes at the knots, in units of the spacing: five-point differences, fewer at the ends.
std::vector<double> knot_slopes(const std::vector<double>& f) {
  const std::size_t n = f.size();
  std::vector<double> slope(n);
  slope[0] = f[1] - f[0];
  slope[1] = 0.5 * (f[2] - f[0]);
  slope[n - 2] = 0.5 * (f[n - 1] - f[n - 3]);
  slope[n - 1] = f[n - 1] - f[n - 2];
  for (std::size_t m = 2; m + 2 < n; ++m)
    slope[m] = ((f[m - 2] - f[m + 2]) + 8.0 * (f[m + 1] - f[m - 1])) / 12.0;
  return slope;
}

/// The right end of the last interval where the spline is not zero throughout; the cutoff where
/// the last knot itself is not zero, for what it holds goes on.
double end_of(const UniformSpline& spline, double cutoff) {
  const auto& knots = spline.knots();
  const auto& last = knots.back().value;
  if (last[2] != 0.0 || last[3] != 0.0) return cutoff;
  const std::array<double, 4> zero{};
  for (std::size_t m = knots.size() - 1; m-- > 0;)
    if (knots[m].value != zero)
      return std::min(static_cast<double>(m + 1) * spline.spacing(), cutoff);
  return 0.0;
}

}  // namespace

UniformSpline::UniformSpline(const std::vector<double>& f, double spacing)
    : spacing_(spacing), per_spacing_(1.0 / spacing) {
  const std::size_t n = f.size();
  if (n < 5)
    throw base::InputError(fmt::format("a table of {} points is too short", n),
                           "its slopes come from five-point differences");
  if (!(spacing > 0.0) || !std::isfinite(spacing))
    throw base::InputError(fmt::format("the spacing {} of a table is not positive", spacing));
  const std::vector<double> slope = knot_slopes(f);
  knots_.reserve(n);
  for (std::size_t m = 0; m < n; ++m) {
    double square = 0.0, cube = 0.0;
    if (m + 1 < n) {
      square = 3.0 * (f[m + 1] - f[m]) - 2.0 * slope[m] - slope[m + 1];
      cube = slope[m] + slope[m + 1] - 2.0 * (f[m + 1] - f[m]);
    }
    knots_.push_back({{3.0 * cube / spacing, 2.0 * square / spacing, slope[m] / spacing},
                      {cube, square, slope[m], f[m]}});
  }
}

EamPotential::EamPotential(const EamTables& tables, const std::vector<std::string>& species)
    : name_(tables.name), cutoff_(tables.cutoff) {
  std::vector<std::size_t> index;
  for (const auto& symbol : species) {
    index.push_back(tables.element(symbol));
    species_.push_back({symbol, tables.elements[index.back()].mass});
    embedding_.emplace_back(tables.embedding[index.back()], tables.drho);
  }
  for (const std::size_t a : index)
    for (const std::size_t b : index) {
      const std::size_t pair = a * tables.elements.size() + b;
      r_phi_.emplace_back(tables.r_phi[pair], tables.dr);
      density_.emplace_back(tables.density[pair], tables.dr);
    }
}

EamPotential::Pair EamPotential::pair(std::size_t a, std::size_t b, double r) const {
  if (r >= cutoff_) return {};
  const auto [z, z_slope] = r_phi_spline(a, b)(r);
  const double phi = z / r;
  return {phi, (z_slope - phi) / r};
}

UniformSpline::Value EamPotential::density(std::size_t source, std::size_t site, double r) const {
  if (r >= cutoff_) return {};
  return density_spline(source, site)(r);
}

UniformSpline::Value EamPotential::embedding(std::size_t a, double rho) const {
  const UniformSpline& spline = embedding_spline(a);
  UniformSpline::Value f = spline(rho);
  const double rho_max = static_cast<double>(spline.points() - 1) * spline.spacing();
  if (rho > rho_max) f.value += f.slope * (rho - rho_max);
  return f;
}

double EamPotential::pair_end(std::size_t a, std::size_t b) const {
  return end_of(r_phi_spline(a, b), cutoff_);
}

double EamPotential::density_end(std::size_t source, std::size_t site) const {
  return end_of(density_spline(source, site), cutoff_);
}

}  // namespace vitreous::potential
