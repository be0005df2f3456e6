// An embedded-atom potential as functions: cubic splines on the tables' own grid, exactly as
// LAMMPS builds them (pair_eam.cpp, array2spline), which is what makes a potential the same
// potential everywhere.
#pragma once

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

  std::size_t points() const { return coefficients_.size() / 7; }
  double spacing() const { return spacing_; }
  /// Seven coefficients a knot, LAMMPS' order: slope (3, highest power first), value (4, likewise).
  const std::vector<double>& coefficients() const { return coefficients_; }

 private:
  double spacing_ = 1.0;
  std::vector<double> coefficients_;
};

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
