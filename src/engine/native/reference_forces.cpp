#include "engine/native/reference_forces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/parallel.hpp"

namespace vitreous::engine {
namespace {

using math::Vec3;

/// Atoms closer than this (A^2) stand at the same place: images of one place differ by rounding,
/// and no collision brings atoms so near.
constexpr double same_place2 = 1e-12;

/// The knot and the place behind it, as LAMMPS counts them: beyond the last knot its own value
/// stays.
struct Place {
  std::size_t knot;
  double p;
};
inline Place find_place(double r, double inverse_spacing, std::size_t points) {
  const double x = r * inverse_spacing + 1.0;
  const std::size_t knot = std::min(static_cast<std::size_t>(x), points - 1);
  return {knot - 1, std::min(x - static_cast<double>(knot), 1.0)};
}

inline double cubic(const double* c, double p) { return ((c[0] * p + c[1]) * p + c[2]) * p + c[3]; }
inline double quadratic(const double* c, double p) { return (c[0] * p + c[1]) * p + c[2]; }

[[noreturn]] void refuse_same_place(const core::Atoms& atoms, std::size_t i, std::size_t j) {
  throw base::RunError(
      fmt::format("atoms {} and {} are at the same place", atoms.id[i], atoms.id[j]),
      "the force between them has no direction");
}

}  // namespace

ReferenceForces::ReferenceForces(potential::EamPotential potential, double skin, std::string why)
    : potential_(std::move(potential)), list_(potential_.cutoff(), skin), why_(std::move(why)) {
  make_tables();
}

void ReferenceForces::make_tables() {
  const std::size_t kinds = potential_.species_count();
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = 0; b < kinds; ++b) {
      const potential::UniformSpline* splines[3] = {&potential_.density_spline(b, a),
                                                    &potential_.density_spline(a, b),
                                                    &potential_.r_phi_spline(a, b)};
      PairTable table;
      table.points = splines[0]->points();
      table.inverse_spacing = 1.0 / splines[0]->spacing();
      const double density_end =
          std::max(potential_.density_end(a, b), potential_.density_end(b, a));
      table.density_end2 = density_end * density_end;
      table.end2 = std::pow(std::max(potential_.pair_end(a, b), density_end), 2);
      table.value.resize(12 * table.points);
      table.slope.resize(9 * table.points);
      for (std::size_t m = 0; m < table.points; ++m)
        for (std::size_t f = 0; f < 3; ++f) {
          const auto& [slope, value] = splines[f]->knots()[m];
          std::copy(slope.begin(), slope.end(), &table.slope[9 * m + 3 * f]);
          std::copy(value.begin(), value.end(), &table.value[12 * m + 4 * f]);
        }
      tables_.push_back(std::move(table));
    }
}

/// Pieces hold about equal numbers of neighbors.
base::Range ReferenceForces::atoms_of(std::size_t piece) const {
  const std::size_t n = folded_.size();
  const auto begin_of = [&](std::size_t k) {
    const std::size_t target = list_.entries().size() * k / pieces;
    std::size_t low = 0, high = n;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (list_.first(middle) < target)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  return {piece == 0 ? 0 : begin_of(piece), piece + 1 == pieces ? n : begin_of(piece + 1)};
}

void ReferenceForces::add_densities(const core::Atoms& atoms, std::size_t index) {
  Piece& mine = piece_[index];
  mine.density.assign(atoms.size(), 0.0);
  const std::size_t kinds = potential_.species_count();
  const base::Range range = atoms_of(index);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Vec3 r_i = folded_[i];
    const PairTable* row = &tables_[static_cast<std::size_t>(atoms.species[i]) * kinds];
    double density_i = 0.0;
    for (std::uint32_t k = list_.first(i); k < list_.first(i + 1); ++k) {
      const auto [j, shift] = list_.entries()[k];
      const double r2 = math::norm2(r_i - folded_[j] - shifts_[shift]);
      const PairTable& table = row[atoms.species[j]];
      if (r2 >= table.density_end2) continue;
      const auto [knot, p] = find_place(std::sqrt(r2), table.inverse_spacing, table.points);
      const double* c = &table.value[12 * knot];
      density_i += cubic(c, p);
      mine.density[j] += cubic(c + 4, p);
    }
    mine.density[i] += density_i;
  }
}

void ReferenceForces::embed(const core::Atoms& atoms, Want want, ForceResult& result) {
  embedding_slope_.resize(atoms.size());
  double energy = 0.0;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    double density = 0.0;
    for (const Piece& piece : piece_) density += piece.density[i];
    const auto f = potential_.embedding(static_cast<std::size_t>(atoms.species[i]), density);
    embedding_slope_[i] = f.slope;
    energy += f.value;
    if (want.energy_per_atom) result.energy_per_atom[i] = f.value;
  }
  result.energy = energy;
}

void ReferenceForces::add_forces(const core::Atoms& atoms, Want want, std::size_t index) {
  Piece& mine = piece_[index];
  mine.force.resize(atoms.size());
  mine.force.fill(0.0);
  mine.energy = 0.0;
  mine.virial = {};
  if (want.energy_per_atom) mine.energy_per_atom.assign(atoms.size(), 0.0);
  const std::size_t kinds = potential_.species_count();
  const base::Range range = atoms_of(index);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Vec3 r_i = folded_[i];
    const double slope_i = embedding_slope_[i];
    const PairTable* row = &tables_[static_cast<std::size_t>(atoms.species[i]) * kinds];
    Vec3 force_i;
    for (std::uint32_t k = list_.first(i); k < list_.first(i + 1); ++k) {
      const auto [j, shift] = list_.entries()[k];
      const Vec3 d = r_i - folded_[j] - shifts_[shift];
      const double r2 = math::norm2(d);
      const PairTable& table = row[atoms.species[j]];
      if (r2 >= table.end2) continue;
      if (r2 < same_place2) refuse_same_place(atoms, i, j);
      const double r = std::sqrt(r2), inverse = 1.0 / r;
      const auto [knot, p] = find_place(r, table.inverse_spacing, table.points);
      const double* s = &table.slope[9 * knot];
      const double phi = cubic(&table.value[12 * knot + 8], p) * inverse;
      double slope = (quadratic(s + 6, p) - phi) * inverse;
      if (r2 < table.density_end2)
        slope += slope_i * quadratic(s, p) + embedding_slope_[j] * quadratic(s + 3, p);
      const Vec3 f = d * (-slope * inverse);
      force_i += f;
      mine.force.add(j, -f);
      mine.energy += phi;
      if (want.virial) mine.virial += math::outer(d, f);
      if (want.energy_per_atom) {
        mine.energy_per_atom[i] += 0.5 * phi;
        mine.energy_per_atom[j] += 0.5 * phi;
      }
    }
    mine.force.add(i, force_i);
  }
}

void ReferenceForces::sum_pieces(const core::Atoms& atoms, Want want, ForceResult& result) {
  result.force.resize(atoms.size());
  result.virial = {};
  for (const Piece& piece : piece_) {
    result.energy += piece.energy;
    result.virial += piece.virial;
  }
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    Vec3 f;
    for (const Piece& piece : piece_) {
      f += piece.force[i];
      if (want.energy_per_atom) result.energy_per_atom[i] += piece.energy_per_atom[i];
    }
    if (!std::isfinite(f.x + f.y + f.z))
      throw base::RunError(
          fmt::format("the force on atom {} is not a finite number", atoms.id[i]),
          "atoms have come too close, or the potential's tables hold no number there");
    result.force.set(i, f);
  }
}

void ReferenceForces::evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                               ForceResult& result) {
  list_.update(box, atoms);
  list_.fold(box, atoms, folded_);
  shifts_ = list_.shifts(box);
  if (want.energy_per_atom) result.energy_per_atom.resize(atoms.size());
  base::for_each_piece(pieces, [&](std::size_t k) { add_densities(atoms, k); });
  embed(atoms, want, result);
  base::for_each_piece(pieces, [&](std::size_t k) { add_forces(atoms, want, k); });
  sum_pieces(atoms, want, result);
}

void ReferenceForces::transfer(core::Archive& archive) { list_.transfer(archive); }

std::string ReferenceForces::description() const {
  return fmt::format("reference (double precision), skin {:g} A, {} pieces{}{}", list_.skin(),
                     pieces, why_.empty() ? "" : "; ", why_);
}

}  // namespace vitreous::engine
