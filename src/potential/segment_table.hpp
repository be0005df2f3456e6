// A radial function as short polynomials on segments of an affine map of r^2. On 32 segments it is
// small enough that vector registers hold it whole, so that a kernel looks coefficients up by a
// permute, not a gather; on more, from memory, it follows any function.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace vitreous::potential {

/// u = offset + scale r^2 lies in [1, 16) for r in [r_low, r_high): the float's exponent (4
/// octaves) and its top mantissa bits number equal cells of each octave, so finding one costs a
/// shift. Three `bits` make 32 cells.
///
/// Segments are these cells, but of 32 the edges may be moved: segment k then ends move[k] (in last
/// places of the cell's floats) before cell k does, and adding move[k] to the bits of u makes the
/// cell of the sum the segment.
struct SegmentMap {
  double r_low = 0.0, r_high = 0.0;  ///< A
  double offset = 0.0, scale = 0.0;

  static constexpr int register_bits = 3, octaves = 4;
  static constexpr int segments = octaves << register_bits;
  /// Last places of a float in one of the 32 cells: a move is less.
  static constexpr std::uint32_t places = 1u << (23 - register_bits);
  std::array<std::uint32_t, segments> move{};  ///< the last one stays 0

  static SegmentMap between(double r_low, double r_high);
  double u(double r) const { return offset + scale * r * r; }
  double r(double u) const;
  /// Cell k covers [begin(k), begin(k) + width(k)) in u.
  static double begin(int cell, int bits = register_bits);
  static double width(int cell, int bits = register_bits);
  /// Segment k covers [edge(k), edge(k + 1)) in u; edge(0) is 1, the last 16.
  double edge(int segment, int bits = register_bits) const;
  int segment_of(float u, int bits = register_bits) const;
};

/// sum_k coefficient[k][segment] t^k with t = u - begin(segment).
struct SegmentTable {
  SegmentMap map;
  int bits = SegmentMap::register_bits;
  std::vector<std::vector<float>> coefficient;  ///< [power][segment]

  int degree() const { return static_cast<int>(coefficient.size()) - 1; }
  /// In single precision, as a kernel evaluates it.
  float operator()(float r_squared) const;
};

/// Least-squares fit of each segment on Chebyshev points, in double precision. What lies beyond
/// `end` (A) is not followed: a function may stop there with a joint or a step.
SegmentTable fit_segments(const std::function<double(double)>& f, const SegmentMap& map, int degree,
                          int bits = SegmentMap::register_bits,
                          double end = std::numeric_limits<double>::infinity());

/// Cubics between the knots of a function's own table: its splines as they are, however rough. In
/// r, sum_k row[m][k] t^k with t = r/spacing - m. The last row holds zeros.
struct KnotTable {
  double spacing = 1.0;  ///< A
  std::vector<std::array<float, 4>> row;

  /// In single precision, as a kernel evaluates it.
  float operator()(float r_squared) const;
};

/// Fits every interval that touches [low, end); rows before are zero.
KnotTable fit_between_knots(const std::function<double(double)>& f, double spacing, double low,
                            double end);

/// Root mean square over [low, end) of (table - f) r with the weight given, as a fraction of that
/// of f r: what single precision loses, where r^2 is off by one in its last place.
double single_precision_error(const KnotTable& table, const std::function<double(double)>& f,
                              double low, double end, const std::function<double(double)>& weight);

/// What the best polynomial leaves of f between u0 and u1: the integral of (rest r)^2 weight dr.
double segment_misfit(const std::function<double(double)>& f, const SegmentMap& map, double u0,
                      double u1, int degree, const std::function<double(double)>& weight);

/// Root mean square over [map.r_low, end) of (table - f) r with the weight given: the error in a
/// pair force where `f` is (dphi/dr)/r. Evaluated in double: rounding is left out.
double fit_error(const SegmentTable& table, const std::function<double(double)>& f, double end,
                 const std::function<double(double)>& weight);

}  // namespace vitreous::potential
