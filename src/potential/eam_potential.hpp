// An embedded-atom potential as functions: cubic splines on the tables' own grid, exactly as
// LAMMPS builds them (pair_eam.cpp, array2spline), which is what makes a potential the same
// potential everywhere.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/atoms.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::potential {

/// A function on a uniform grid starting at 0: value and slope by piecewise cubics whose knots'
/// slopes come from five-point differences.
class UniformSpline {
 public:
  UniformSpline() = default;
  UniformSpline(const std::vector<double>& values, double spacing);

  struct Value {
    double value = 0.0, slope = 0.0;
  };
  /// Beyond the last knot the last value is kept, as in LAMMPS.
  Value operator()(double x) const;
  /// The cubic from a knot to the next, by powers of the way between them, highest first; the
  /// slope's are per unit of x. One line of the cache.
  struct alignas(64) Knot {
    std::array<double, 3> slope;
    std::array<double, 4> value;
    bool operator==(const Knot&) const = default;
  };
  std::size_t points() const { return knots_.size(); }
  double spacing() const { return spacing_; }
  const std::vector<Knot>& knots() const { return knots_; }

 private:
  double spacing_ = 1.0, per_spacing_ = 1.0;
  std::vector<Knot> knots_;
};

inline UniformSpline::Value UniformSpline::operator()(double x) const {
  // Counted from 1, as LAMMPS does: the offset takes part in the rounding. Written so that NaN
  // comes out as NaN.
  const auto last = static_cast<std::int64_t>(points() - 1);
  double p = x * per_spacing_ + 1.0;
  const std::int64_t m =
      p < static_cast<double>(last) ? static_cast<std::int64_t>(std::max(1.0, p)) : last;
  p -= static_cast<double>(m);
  if (p > 1.0) p = 1.0;
  const auto& [s, c] = knots_[static_cast<std::size_t>(m - 1)];
  return {((c[0] * p + c[1]) * p + c[2]) * p + c[3], (s[0] * p + s[1]) * p + s[2]};
}

/// The potential restricted to the species of a system, in their order.
class EamPotential {
 public:
  /// Throws InputError where an element is missing from the tables.
  EamPotential(const EamTables& tables, const std::vector<std::string>& species);

  std::size_t species_count() const { return species_.size(); }
  const std::vector<core::Species>& species() const { return species_; }
  double cutoff() const { return cutoff_; }
  const std::string& name() const { return name_; }

  struct Pair {
    double energy = 0.0, slope = 0.0;  ///< phi (eV), dphi/dr (eV/A)
  };
  Pair pair(std::size_t a, std::size_t b, double r) const;
  /// Density that `source` puts at `site`, and its slope.
  UniformSpline::Value density(std::size_t source, std::size_t site, double r) const;
  /// F(rho) and F'(rho); linear beyond the table, as in LAMMPS.
  UniformSpline::Value embedding(std::size_t a, double rho) const;

  /// The splines themselves, for kernels: r phi, density by ordered pair, embedding.
  const UniformSpline& r_phi_spline(std::size_t a, std::size_t b) const {
    return r_phi_[a * species_count() + b];
  }
  const UniformSpline& density_spline(std::size_t source, std::size_t site) const {
    return density_[source * species_count() + site];
  }
  const UniformSpline& embedding_spline(std::size_t a) const { return embedding_[a]; }

  /// Where each function really ends: beyond this distance its table is zero (A).
  double pair_end(std::size_t a, std::size_t b) const;
  double density_end(std::size_t source, std::size_t site) const;

 private:
  std::string name_;
  std::vector<core::Species> species_;
  double cutoff_ = 0.0;
  std::vector<UniformSpline> r_phi_, density_, embedding_;
};

}  // namespace vitreous::potential
