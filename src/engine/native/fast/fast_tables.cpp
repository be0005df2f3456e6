#include "engine/native/fast/fast_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/crystal.hpp"
#include "potential/reference_crystal.hpp"
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
constexpr double most_error = 5e-6;

/// What is rough at the knots is also steep there, and a last place of r^2 then matters: as a part
/// of the whole function. An estimate from above: configurations err by half of it.
constexpr double most_rounding = 4e-5;

/// RMS error of a pair's force (eV/A).
double force_error(const FittedPair& fit) {
  return std::hypot(fit.phi_error, fit.embedding_slope * fit.rho_error);
}

double total_error(const Functions& f, const SegmentMap& map, double phi_end, double rho_end,
                   const Function& weight) {
  const double phi =
      fit_error(fit_segments(f.phi_slope, map, phi_degree), f.phi_slope, phi_end, weight);
  const double rho =
      fit_error(fit_segments(f.rho_slope[0], map, rho_degree), f.rho_slope[0], rho_end, weight);
  return std::hypot(phi, f.embedding_slope * rho);
}

/// Where a function is least like a polynomial: the joints of the formulas that it was tabulated
/// from, where high derivatives jump. At most `most`, those that weigh most.
std::vector<double> find_knots(const Function& f, double low, double end, const Function& weight,
                               std::size_t most) {
  constexpr double half_width = 0.06, step = 0.01;
  std::vector<double> radius, misfit;
  for (double r = low + half_width; r < end - half_width; r += step) {
    radius.push_back(r);
    misfit.push_back(potential::polynomial_misfit(f, r - half_width, r + half_width, phi_degree) *
                     r * std::sqrt(weight(r)));
  }
  std::vector<std::size_t> peaks;
  for (std::size_t k = 3; k + 3 < radius.size(); ++k)
    if (misfit[k] == *std::max_element(misfit.begin() + static_cast<std::ptrdiff_t>(k) - 3,
                                       misfit.begin() + static_cast<std::ptrdiff_t>(k) + 4))
      peaks.push_back(k);
  std::sort(peaks.begin(), peaks.end(),
            [&](std::size_t x, std::size_t y) { return misfit[x] > misfit[y]; });
  if (peaks.size() > most) peaks.resize(most);
  std::vector<double> knots;
  for (const std::size_t k : peaks) knots.push_back(radius[k]);
  std::sort(knots.begin(), knots.end());
  return knots;
}

/// Finer and finer grids around a map: knots are known to about 0.01 A only.
void refine(std::pair<double, SegmentMap>& best, double end,
            const std::function<double(const SegmentMap&)>& error) {
  for (double step = 0.004; step > 3e-4; step /= 3) {
    const SegmentMap center = best.second;
    for (int i = -4; i <= 4; ++i)
      for (int j = -4; j <= 4; ++j) {
        const SegmentMap map = SegmentMap::between(center.r_low + i * step,
                                                   std::max(end, center.r_high + 2 * j * step));
        if (const double e = error(map); e < best.first) best = {e, map};
      }
  }
}

/// Of the maps that put two knots on segment edges, and a few that put none, the one with the least
/// error.
SegmentMap best_map(double end, const std::vector<double>& knots,
                    const std::function<double(const SegmentMap&)>& error) {
  std::vector<SegmentMap> maps;
  for (double low = 1.7; low < 2.1; low += 0.05) maps.push_back(SegmentMap::between(low, end));
  for (const double inner : knots)
    for (const double outer : knots)
      for (int i = 1; i < SegmentMap::segments && inner < outer; ++i)
        for (int j = i + 1; j < SegmentMap::segments; ++j) {
          const SegmentMap map =
              SegmentMap::through(inner, SegmentMap::begin(i), outer, SegmentMap::begin(j));
          if (map.r_low > 1.6 && map.r_low < 2.1 && map.r_high >= end && map.r_high < 1.3 * end)
            maps.push_back(map);
        }
  std::vector<std::pair<double, SegmentMap>> ranked;
  for (const auto& map : maps) ranked.emplace_back(error(map), map);
  std::sort(ranked.begin(), ranked.end(),
            [](const auto& x, const auto& y) { return x.first < y.first; });
  if (ranked.size() > 4) ranked.resize(4);
  for (auto& candidate : ranked) refine(candidate, end, error);
  return std::min_element(ranked.begin(), ranked.end(),
                          [](const auto& x, const auto& y) { return x.first < y.first; })
      ->second;
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
  constexpr double step = 0.002, most_at_once = 1e-4, few = 1e-2, farthest = 0.5;
  const double begin = fitted.low;
  for (double r = begin; r < begin + farthest && weight(r) < few * r * r; r += step)
    if (error_at(f, tables, r) > most_at_once) fitted.low = r + step;
  fitted.tables.low2 = static_cast<float>(fitted.low * fitted.low);
}

/// Fits one pair for registers.
FittedPair fit_registers(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f) {
  const double end = end_of(p, a, b);
  const double rho_end = std::max(p.density_end(a, b), p.density_end(b, a));
  const Function weight = likelihood(p, a, b, end);
  const SegmentMap best =
      best_map(end, find_knots(f.phi_slope, 1.8, end, weight, 6), [&](const SegmentMap& map) {
        return total_error(f, map, p.pair_end(a, b), rho_end, weight);
      });
  FittedPair fitted = begin_pair(p, a, b, f, best);
  RegisterTables& t = fitted.tables.registers;
  SlopeTables slopes;
  slopes.phi = fit_segments(f.phi_slope, best, phi_degree);
  store(slopes.phi, t.phi_slope);
  fitted.phi_error = fit_error(slopes.phi, f.phi_slope, fitted.phi_end, weight);
  for (int k = 0; k < 2; ++k) {
    store(fit_segments(f.rho[k], best, rho_degree), t.rho[k]);
    slopes.rho[k] = fit_segments(f.rho_slope[k], best, rho_degree);
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

/// Fewest rows that do, since they share the nearest cache with the atoms: 256 to 4096. They are
/// held to a 20th of what registers are allowed, which costs a few percent of the time and leaves
/// 2e-5 of the forces even in cold crystals. What 4096 do not follow is rough at the knots of its
/// own tables.
FittedPair fit_rows(const EamPotential& p, std::size_t a, std::size_t b, const Functions& f) {
  const double end = end_of(p, a, b);
  const Function weight = likelihood(p, a, b, end);
  const SegmentMap map = SegmentMap::between(first_likely(weight), end);
  for (int bits = 6;; ++bits) {
    FittedPair fitted = fit_rows(p, a, b, f, map, weight, bits);
    if (force_error(fitted) < 0.05 * most_error) return fitted;
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
