#include "potential/segment_table.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace vitreous::potential {
namespace {

/// What a fit makes small: the greatest error (nearly: so do Chebyshev points of equal weight), or
/// its mean square (each point counts by the share of the segment that it stands for).
enum class Norm { greatest, mean_square };

/// Least squares on Chebyshev points of a segment. All segments share the points in t/width, hence
/// the matrix from values to coefficients.
struct SegmentFitter {
  std::vector<double> points;
  Eigen::VectorXd share;  ///< of the width; they sum to 1
  Eigen::MatrixXd powers, coefficients_from_values;

  SegmentFitter(int degree, Norm norm, int points_a_power) {
    const int count = points_a_power * (degree + 1);
    powers.resize(count, degree + 1);
    share.resize(count);
    for (int i = 0; i < count; ++i) {
      const double angle = std::numbers::pi * (i + 0.5) / count;
      points.push_back(0.5 - 0.5 * std::cos(angle));
      share(i) = std::sin(angle);
      for (int k = 0; k <= degree; ++k) powers(i, k) = std::pow(points.back(), k);
    }
    share /= share.sum();
    Eigen::VectorXd weight = Eigen::VectorXd::Ones(count);
    if (norm == Norm::mean_square) weight = share.cwiseSqrt();
    const Eigen::MatrixXd weighted = weight.asDiagonal() * powers;
    coefficients_from_values =
        weighted.completeOrthogonalDecomposition().pseudoInverse() * weight.asDiagonal();
  }

  /// One for each degree, made once.
  template <Norm norm, int points_a_power>
  static const SegmentFitter& of_degree(int degree) {
    static const std::vector<SegmentFitter> fitters = [] {
      std::vector<SegmentFitter> made;
      for (int d = 0; d <= 6; ++d) made.emplace_back(d, norm, points_a_power);
      return made;
    }();
    return fitters.at(static_cast<std::size_t>(degree));
  }

  template <class Function>
  Eigen::VectorXd values(const Function& f) const {
    Eigen::VectorXd values(static_cast<Eigen::Index>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i)
      values(static_cast<Eigen::Index>(i)) = f(points[i]);
    return values;
  }
  /// Coefficients of a function on [0, 1].
  template <class Function>
  Eigen::VectorXd operator()(const Function& f) const {
    return coefficients_from_values * values(f);
  }
};

/// For rows, whose segments are short.
const SegmentFitter& row_fitter(int degree) {
  return SegmentFitter::of_degree<Norm::greatest, 4>(degree);
}
/// For edges, which are tried by the ten thousands.
const SegmentFitter& edge_fitter(int degree) {
  return SegmentFitter::of_degree<Norm::mean_square, 4>(degree);
}
/// For registers: so many points that the rounded digits of a function's own table average out.
const SegmentFitter& register_fitter(int degree) {
  return SegmentFitter::of_degree<Norm::mean_square, 16>(degree);
}

/// The polynomial sum c_k ((t + before)/width)^k by powers of t.
Eigen::VectorXd around_origin(Eigen::VectorXd c, double before, double width) {
  const Eigen::Index degree = c.size() - 1;
  for (Eigen::Index k = 0; k < degree; ++k)
    for (Eigen::Index m = degree - 1; m >= k; --m) c(m) += before / width * c(m + 1);
  for (Eigen::Index k = 0; k <= degree; ++k) c(k) *= std::pow(width, -static_cast<double>(k));
  return c;
}

double evaluate_in_double(const SegmentTable& table, double r) {
  const double u = table.map.u(r);
  const int segment = table.map.segment_of(static_cast<float>(u), table.bits);
  const double t = u - SegmentMap::begin(segment, table.bits);
  double value = 0.0;
  for (int k = table.degree(); k >= 0; --k)
    value = value * t +
            table.coefficient[static_cast<std::size_t>(k)][static_cast<std::size_t>(segment)];
  return value;
}

}  // namespace

SegmentMap SegmentMap::between(double r_low, double r_high) {
  const double scale = 15.0 / (r_high * r_high - r_low * r_low);
  return {r_low, r_high, 1.0 - scale * r_low * r_low, scale, {}};
}

double SegmentMap::r(double u) const { return std::sqrt((u - offset) / scale); }

double SegmentMap::begin(int cell, int bits) {
  const int in_octave = 1 << bits;
  return std::ldexp(1.0 + static_cast<double>(cell % in_octave) / in_octave, cell >> bits);
}

double SegmentMap::width(int cell, int bits) { return std::ldexp(1.0, (cell >> bits) - bits); }

double SegmentMap::edge(int segment, int bits) const {
  if (bits != register_bits || segment == 0) return begin(segment, bits);
  const int cell = segment - 1;
  return begin(segment) -
         width(cell) * move[static_cast<std::size_t>(cell)] / static_cast<double>(places);
}

int SegmentMap::segment_of(float u, int bits) const {
  const auto cell_of = [bits](std::uint32_t shape) {
    return ((shape >> (23 - bits)) - (127u << bits)) & ((octaves << bits) - 1u);
  };
  const auto shape = std::bit_cast<std::uint32_t>(u);
  return static_cast<int>(bits == register_bits ? cell_of(shape + move[cell_of(shape)])
                                                : cell_of(shape));
}

float SegmentTable::operator()(float r_squared) const {
  const float u =
      std::fma(static_cast<float>(map.scale), r_squared, static_cast<float>(map.offset));
  const auto segment = static_cast<std::size_t>(map.segment_of(u, bits));
  const float t = u - static_cast<float>(SegmentMap::begin(static_cast<int>(segment), bits));
  float value = coefficient.back()[segment];
  for (std::size_t k = coefficient.size() - 1; k-- > 0;)
    value = std::fma(value, t, coefficient[k][segment]);
  return value;
}

SegmentTable fit_segments(const std::function<double(double)>& f, const SegmentMap& map, int degree,
                          int bits, double end) {
  const int segments = SegmentMap::octaves << bits;
  SegmentTable table{map, bits, {}};
  table.coefficient.assign(static_cast<std::size_t>(degree) + 1,
                           std::vector<float>(static_cast<std::size_t>(segments)));
  const SegmentFitter& fitter =
      bits == SegmentMap::register_bits ? register_fitter(degree) : row_fitter(degree);
  for (int segment = 0; segment < segments; ++segment) {
    const double begin = map.edge(segment, bits), least = SegmentMap::width(segment, bits) / 16;
    const double width = std::max(std::min(map.edge(segment + 1, bits), map.u(end)) - begin, least);
    const Eigen::VectorXd c =
        around_origin(fitter([&](double point) { return f(map.r(begin + point * width)); }),
                      SegmentMap::begin(segment, bits) - begin, width);
    for (int k = 0; k <= degree; ++k)
      table.coefficient[static_cast<std::size_t>(k)][static_cast<std::size_t>(segment)] =
          static_cast<float>(c(k));
  }
  return table;
}

float KnotTable::operator()(float r_squared) const {
  const float u = std::sqrt(r_squared) * static_cast<float>(1.0 / spacing);
  const auto last = static_cast<float>(row.size() - 1);
  const float in_table = u < last ? u : last;
  const auto knot = static_cast<std::size_t>(in_table);
  const float t = in_table - static_cast<float>(knot);
  const std::array<float, 4>& c = row[knot];
  return std::fma(std::fma(std::fma(c[3], t, c[2]), t, c[1]), t, c[0]);
}

KnotTable fit_between_knots(const std::function<double(double)>& f, double spacing, double low,
                            double end) {
  const auto first = static_cast<std::size_t>(low / spacing),
             last = static_cast<std::size_t>(end / spacing) + 1;
  KnotTable table{spacing, std::vector<std::array<float, 4>>(last + 1)};
  const SegmentFitter& fitter = row_fitter(3);
  for (std::size_t knot = first; knot < last; ++knot) {
    const Eigen::VectorXd c =
        fitter([&](double point) { return f((static_cast<double>(knot) + point) * spacing); });
    for (std::size_t k = 0; k < 4; ++k)
      table.row[knot][k] = static_cast<float>(c(static_cast<Eigen::Index>(k)));
  }
  return table;
}

double single_precision_error(const KnotTable& table, const std::function<double(double)>& f,
                              double low, double end, const std::function<double(double)>& weight) {
  const std::size_t samples = 8 * table.row.size();
  double errors = 0.0, values = 0.0;
  for (std::size_t k = 0; k < samples; ++k) {
    const double r =
        low + (end - low) * (static_cast<double>(k) + 0.5) / static_cast<double>(samples);
    const float next = std::nextafter(static_cast<float>(r * r), 2 * static_cast<float>(r * r));
    const double value = f(r), error = static_cast<double>(table(next)) - value;
    errors += error * error * r * r * weight(r);
    values += value * value * r * r * weight(r);
  }
  return values > 0.0 ? std::sqrt(errors / values) : 0.0;
}

double segment_misfit(const std::function<double(double)>& f, const SegmentMap& map, double u0,
                      double u1, int degree, const std::function<double(double)>& weight) {
  const SegmentFitter& fitter = edge_fitter(degree);
  const auto r_of = [&](double point) { return map.r(u0 + point * (u1 - u0)); };
  const Eigen::VectorXd values = fitter.values([&](double point) { return f(r_of(point)); });
  const Eigen::VectorXd rest = values - fitter.powers * (fitter.coefficients_from_values * values);
  double sum = 0.0;
  for (std::size_t i = 0; i < fitter.points.size(); ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    const double r = r_of(fitter.points[i]), du = (u1 - u0) * fitter.share(k);
    sum += rest(k) * rest(k) * r * r * weight(r) * du / (2.0 * map.scale * r);
  }
  return sum;
}

double fit_error(const SegmentTable& table, const std::function<double(double)>& f, double end,
                 const std::function<double(double)>& weight) {
  const int samples = std::max(800, 8 * (SegmentMap::octaves << table.bits));
  double sum = 0.0, norm = 0.0;
  for (int k = 0; k < samples; ++k) {
    const double r = table.map.r_low + (end - table.map.r_low) * (k + 0.5) / samples;
    const double difference = (evaluate_in_double(table, r) - f(r)) * r;
    sum += difference * difference * weight(r);
    norm += weight(r);
  }
  return std::sqrt(sum / norm);
}

}  // namespace vitreous::potential
