#include "engine/native/fast/fast_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/crystal.hpp"
#include "potential/reference_crystal.hpp"
#include "potential/segment_edges.hpp"
#include "potential/segment_table.hpp"

namespace vitreous::engine::fast {
namespace {

using potential::EamPotential;
using potential::SegmentMap;
using potential::SegmentTable;
using Function = std::function<double(double)>;

/// The three radial functions of a pair, as the kernel wants them.
struct Functions {
  Function phi_slope;             ///< (dphi/dr)/r
  Function rho[2], rho_slope[2];  ///< [0]: b -> a, [1]: a -> b
  double embedding_slope;         ///< what an error in drho/dr acts on the forces by

  /// Not cut at the cutoff: a step there would spoil the segment that it stands in.
  Functions(const EamPotential& p, std::size_t a, std::size_t b, double embedding)
      : embedding_slope(embedding) {
    phi_slope = [&z = p.r_phi_spline(a, b)](double r) {
      const auto [value, slope] = z(r);
      return (slope - value / r) / r / r;
    };
    const potential::UniformSpline* density[2] = {&p.density_spline(b, a), &p.density_spline(a, b)};
    for (int k = 0; k < 2; ++k) {
      rho[k] = [&f = *density[k]](double r) { return f(r).value; };
      rho_slope[k] = [&f = *density[k]](double r) { return f(r).slope / r; };
    }
  }
};

/// Where a kernel looks a segment up: at the low bits of u's exponent and mantissa. Exponent 127,
/// that of u = 1, counts as 3.
std::size_t place_of(std::size_t segment, int bits) {
  const std::size_t octave = std::size_t{1} << bits;
  return (segment + 3 * octave) % (SegmentMap::octaves * octave);
}

template <std::size_t powers>
void store(const SegmentTable& table, float (&out)[powers][32]) {
  for (std::size_t k = 0; k < powers; ++k)
    for (std::size_t segment = 0; segment < 32; ++segment)
      out[k][place_of(segment, table.bits)] = table.coefficient[k][segment];
}

bool is_symmetric(const EamPotential& p, std::size_t a, std::size_t b) {
  return p.density_spline(a, b).knots() == p.density_spline(b, a).knots();
}

/// Pairs are found at r in proportion to r^2, and rarely where their energy is high. Nearer than 2
/// A a potential may say anything.
Function likelihood(const EamPotential& p, std::size_t a, std::size_t b, double end) {
  double least = 0.0;
  for (double r = 2.0; r < end; r += 0.01) least = std::min(least, p.pair(a, b, r).energy);
  constexpr double spread =
      0.3;  // eV: the temperature of a hot liquid, and something for correlations
  return [&p, a, b, least](double r) {
    return r * r * std::min(1.0, std::exp((least + 1.0 - p.pair(a, b, r).energy) / spread));
  };
}

/// The slope of a species' embedding function in its own dense crystal (units of density are
/// arbitrary: it is 0.07 eV for some tables and 200 eV for others); at least what it may be at a
/// surface, where atoms have fewer neighbors.
double typical_embedding_slope(const EamPotential& p, std::size_t a) {
  const auto crystal = potential::relax_crystal(p, potential::Structure::fcc, a, a);
  constexpr double least = 2.0;
  if (!crystal) return least;
  core::UnitCell cell = core::fcc_cell(crystal->a);
  for (auto& site : cell.sites) site.species = static_cast<std::int32_t>(a);
  const double density = potential::site_sums(p, cell, 0).density;
  return std::max(least, std::abs(p.embedding(a, density).slope));
}

/// Of the force between two atoms (eV/A). About a hundred such errors add up at random in the
/// force on an atom, which is about 1 eV/A: 5e-5 of it at the very most, half of that as found.
constexpr double most_error = 6.5e-6;

/// What rows may err by (eV/A): so little costs a few percent of the time and leaves 2e-5 of the
/// forces even in cold crystals, which twice as much does not for three of Debian's models.
constexpr double most_row_error = 2.5e-7;

/// What is rough at the knots is also steep there, and a last place of r^2 then matters: as a part
/// of the whole function. An estimate from above: configurations err by half of it.
constexpr double most_rounding = 4e-5;

/// RMS error of a pair's force (eV/A).
double force_error(const FittedPair& fit) {
  return std::hypot(fit.phi_error, fit.embedding_slope * fit.rho_error);
}

/// Tables reach this much (relative) farther at both ends than they are asked for: u is rounded,
/// and at the very end it must not become 16, which would be looked up as 1.
constexpr double margin = 1e-5;

/// Where a pair's last function ends, with the margin.
double end_of(const EamPotential& p, std::size_t a, std::size_t b) {
  return std::max({p.pair_end(a, b), p.density_end(a, b), p.density_end(b, a)}) * (1.0 + margin);
}

/// Where the functions of a pair begin and end; no map and no coefficients yet.
FittedPair begin_pair(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f,
                      double low) {
  FittedPair fitted;
  fitted.embedding_slope = f.embedding_slope;
  fitted.phi_end = p.pair_end(a, b);
  fitted.rho_end = std::max(p.density_end(a, b), p.density_end(b, a));
  fitted.low = low * (1.0 + margin);
  PairTables& t = fitted.tables;
  t.low2 = static_cast<float>(fitted.low * fitted.low);
  t.phi_end2 = static_cast<float>(fitted.phi_end * fitted.phi_end);
  t.rho_end2 = static_cast<float>(fitted.rho_end * fitted.rho_end);
  t.symmetric = is_symmetric(p, a, b);
  return fitted;
}

FittedPair begin_pair(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f,
                      const SegmentMap& map) {
  FittedPair fitted = begin_pair(p, a, b, f, map.r_low);
  fitted.tables.scale = static_cast<float>(map.scale);
  fitted.tables.offset = static_cast<float>(map.offset);
  return fitted;
}

/// Of the functions that the forces are made of.
struct SlopeTables {
  SegmentTable phi, rho[2];
};

/// The error of a pair's force at one distance (eV/A).
double error_at(const Functions& f, const SlopeTables& tables, double r) {
  const auto error = [r](const SegmentTable& table, const Function& function) {
    return (static_cast<double>(table(static_cast<float>(r * r))) - function(r)) * r;
  };
  const double rho = std::max(std::abs(error(tables.rho[0], f.rho_slope[0])),
                              std::abs(error(tables.rho[1], f.rho_slope[1])));
  return std::hypot(error(tables.phi, f.phi_slope), f.embedding_slope * rho);
}

/// Pairs that meet closer than most may err by much at once, where functions are steep: they are
/// left to double precision up to where tables err by less than a part in 10^4 of the force on an
/// atom.
void leave_out_what_errs(const Functions& f, const SlopeTables& tables, const Function& weight,
                         FittedPair& fitted) {
  constexpr double step = 0.0005, most_at_once = 1e-4, few = 1e-2, farthest = 0.9;
  const double begin = fitted.low;
  for (double r = begin; r < begin + farthest && weight(r) < few * r * r; r += step)
    if (error_at(f, tables, r) > most_at_once) fitted.low = r + step;
  fitted.tables.low2 = static_cast<float>(fitted.low * fitted.low);
}

/// Fits one pair for registers.
FittedPair fit_registers(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f) {
  const double phi_end = p.pair_end(a, b) * (1.0 + margin),
               rho_end = std::max(p.density_end(a, b), p.density_end(b, a)) * (1.0 + margin);
  const Function weight = likelihood(p, a, b, end_of(p, a, b));
  std::vector<potential::Followed> followed{{f.phi_slope, phi_degree, phi_end, 1.0}};
  for (int k = 0; k < (is_symmetric(p, a, b) ? 1 : 2); ++k)
    followed.push_back({f.rho_slope[k], rho_degree, rho_end, f.embedding_slope});
  const SegmentMap map =
      potential::place_edges(1.7, 2.1, end_of(p, a, b), followed, weight, most_row_error);

  FittedPair fitted = begin_pair(p, a, b, f, map);
  RegisterTables& t = fitted.tables.registers;
  for (std::size_t cell = 0; cell < map.move.size(); ++cell)
    t.move[place_of(cell, SegmentMap::register_bits)] = map.move[cell];
  const auto fit = [&](const Function& function, int degree, double end) {
    return fit_segments(function, map, degree, SegmentMap::register_bits, end);
  };
  SlopeTables slopes;
  slopes.phi = fit(f.phi_slope, phi_degree, phi_end);
  store(slopes.phi, t.phi_slope);
  fitted.phi_error = fit_error(slopes.phi, f.phi_slope, fitted.phi_end, weight);
  for (int k = 0; k < 2; ++k) {
    store(fit(f.rho[k], rho_degree, rho_end), t.rho[k]);
    slopes.rho[k] = fit(f.rho_slope[k], rho_degree, rho_end);
    store(slopes.rho[k], t.rho_slope[k]);
    fitted.rho_error = std::max(fitted.rho_error,
                                fit_error(slopes.rho[k], f.rho_slope[k], fitted.rho_end, weight));
  }
  leave_out_what_errs(f, slopes, weight, fitted);
  return fitted;
}

/// Cubics of one function after another, in a kernel's order.
void append_rows(const SegmentTable& table, std::vector<float>& rows) {
  const std::size_t segments = table.coefficient.front().size(), begin = rows.size();
  rows.resize(begin + 4 * segments);
  for (std::size_t segment = 0; segment < segments; ++segment)
    for (std::size_t k = 0; k < 4; ++k)
      rows[begin + 4 * place_of(segment, table.bits) + k] = table.coefficient[k][segment];
}

/// Gives a pair its rows: those of phi'/r, and of rho and rho'/r both ways.
void keep_rows(std::vector<float> rows, FittedPair& fitted) {
  fitted.rows = std::make_shared<const std::vector<float>>(std::move(rows));
  const std::size_t length = fitted.rows->size() / 5;
  const float* begin = fitted.rows->data();
  RowTables& tables = fitted.tables.rows;
  tables.last_row = static_cast<std::uint32_t>(length - 4);
  tables.phi_slope = begin;
  for (std::size_t k = 0; k < 2; ++k) {
    tables.rho[k] = begin + (1 + 2 * k) * length;
    tables.rho_slope[k] = begin + (2 + 2 * k) * length;
  }
}

/// Fits one pair in rows that tell 2^bits segments of an octave apart.
FittedPair fit_rows(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f,
                    const SegmentMap& map, const Function& weight, int bits) {
  FittedPair fitted = begin_pair(p, a, b, f, map);
  std::vector<float> rows;
  const auto add = [&](const Function& function) {
    SegmentTable table = fit_segments(function, map, row_degree, bits);
    append_rows(table, rows);
    return table;
  };
  SlopeTables slopes;
  slopes.phi = add(f.phi_slope);
  fitted.phi_error = fit_error(slopes.phi, f.phi_slope, fitted.phi_end, weight);
  for (int k = 0; k < 2; ++k) {
    add(f.rho[k]);
    slopes.rho[k] = add(f.rho_slope[k]);
    fitted.rho_error = std::max(fitted.rho_error,
                                fit_error(slopes.rho[k], f.rho_slope[k], fitted.rho_end, weight));
  }
  leave_out_what_errs(f, slopes, weight, fitted);
  fitted.tables.rows.bits = bits;
  keep_rows(std::move(rows), fitted);
  return fitted;
}

/// Fits one pair in rows between the knots of its own tables.
FittedPair fit_rows_on_knots(const EamPotential& p, std::size_t a, std::size_t b,
                             const Functions& f, double low, const Function& weight) {
  const double end = end_of(p, a, b), spacing = p.r_phi_spline(a, b).spacing();
  FittedPair fitted = begin_pair(p, a, b, f, low);
  fitted.tables.scale = static_cast<float>(1.0 / spacing);
  std::vector<float> rows;
  const auto add = [&](const Function& function, double function_end) {
    const potential::KnotTable table = potential::fit_between_knots(function, spacing, low, end);
    for (const auto& row : table.row) rows.insert(rows.end(), row.begin(), row.end());
    return single_precision_error(table, function, fitted.low, function_end, weight);
  };
  fitted.rounding = add(f.phi_slope, fitted.phi_end);
  for (int k = 0; k < 2; ++k) {
    add(f.rho[k], fitted.rho_end);
    fitted.rounding = std::max(fitted.rounding, add(f.rho_slope[k], fitted.rho_end));
  }
  fitted.tables.rows.on_knots = true;
  keep_rows(std::move(rows), fitted);
  return fitted;
}

/// Nearer pairs are so rare that double precision may take them.
double first_likely(const Function& likelihood) {
  double r = 1.5;
  while (r < 2.1 && likelihood(r) < 1e-3 * r * r) r += 0.01;
  return r;
}

/// Fewest rows that do, since they share the nearest cache with the atoms: 256 to 4096. What 4096
/// do not follow is rough at the knots of its own tables.
FittedPair fit_rows(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f) {
  const double end = end_of(p, a, b);
  const Function weight = likelihood(p, a, b, end);
  const SegmentMap map = SegmentMap::between(first_likely(weight), end);
  for (int bits = 6;; ++bits) {
    FittedPair fitted = fit_rows(p, a, b, f, map, weight, bits);
    if (force_error(fitted) < most_row_error) return fitted;
    if (bits == 10) return fit_rows_on_knots(p, a, b, f, map.r_low, weight);
  }
}

}  // namespace

double FastTables::longest() const {
  double longest = 0.0;
  for (const FittedPair& fit : pairs) longest = std::max({longest, fit.phi_end, fit.rho_end});
  return longest;
}

FastTables fit_tables(const EamPotential& p, TableForm form) {
  const std::size_t kinds = p.species_count();
  FastTables tables;
  tables.form = form;
  tables.pairs.resize(kinds * kinds);
  std::vector<double> slope;
  for (std::size_t a = 0; a < kinds; ++a) slope.push_back(typical_embedding_slope(p, a));
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b) {
      const Functions f(p, a, b, std::max(slope[a], slope[b]));
      tables.pairs[a * kinds + b] =
          form == TableForm::registers ? fit_registers(p, a, b, f) : fit_rows(p, a, b, f);
    }
  return tables;
}

std::string objection_to_tables(const EamPotential& p, const FastTables& tables) {
  const std::size_t kinds = p.species_count();
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b) {
      const FittedPair& fit = tables.pairs[a * kinds + b];
      const std::string pair = fmt::format("{}-{}", p.species()[a].name, p.species()[b].name);
      if (const double error = force_error(fit); !(error <= most_error))
        return fmt::format("{} segments follow the functions of {} only to {:.2g} eV/A",
                           SegmentMap::segments, pair, error);
      if (!(fit.rounding <= most_rounding))
        return fmt::format("in single precision the functions of {} err by {:.2g} of their size",
                           pair, fit.rounding);
    }
  return "";
}

std::string pairs_on_knots(const EamPotential& p, const FastTables& tables) {
  const std::size_t kinds = p.species_count();
  std::string pairs;
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b)
      if (tables.pairs[a * kinds + b].tables.rows.on_knots)
        pairs += fmt::format("{}{}-{}", pairs.empty() ? "" : ", ", p.species()[a].name,
                             p.species()[b].name);
  return pairs;
}

}  // namespace vitreous::engine::fast
