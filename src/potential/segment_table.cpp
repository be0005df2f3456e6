#include "potential/segment_table.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace vitreous::potential {
namespace {

/// Least squares on Chebyshev points of a segment, which is close to the best uniform fit. All
/// segments share the points in t/width, hence the matrix from values to coefficients.
struct SegmentFitter {
  std::vector<double> points;
  Eigen::MatrixXd coefficients_from_values;

  explicit SegmentFitter(int degree) {
    const int count = 4 * (degree + 1);
    Eigen::MatrixXd powers(count, degree + 1);
    for (int i = 0; i < count; ++i) {
      points.push_back(0.5 - 0.5 * std::cos(std::numbers::pi * (i + 0.5) / count));
      for (int k = 0; k <= degree; ++k) powers(i, k) = std::pow(points.back(), k);
    }
    coefficients_from_values = powers.completeOrthogonalDecomposition().pseudoInverse();
  }

  /// One for each degree, made once.
  static const SegmentFitter& of_degree(int degree) {
    static const std::vector<SegmentFitter> fitters = [] {
      std::vector<SegmentFitter> made;
      for (int d = 0; d <= 6; ++d) made.emplace_back(d);
      return made;
    }();
    return fitters.at(static_cast<std::size_t>(degree));
  }

  /// Coefficients of powers of t/width.
  Eigen::VectorXd operator()(const std::function<double(double)>& f, const SegmentMap& map,
                             double begin, double width) const {
    return of([&](double point) { return f(map.r(begin + point * width)); });
  }
  /// The same of a function on [0, 1].
  template <class Function>
  Eigen::VectorXd of(const Function& f) const {
    Eigen::VectorXd values(static_cast<Eigen::Index>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i)
      values(static_cast<Eigen::Index>(i)) = f(points[i]);
    return coefficients_from_values * values;
  }
};

double evaluate_in_double(const SegmentTable& table, double r) {
  const double u = table.map.u(r);
  const int segment = SegmentMap::segment_of(static_cast<float>(u), table.bits);
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
  return {r_low, r_high, 1.0 - scale * r_low * r_low, scale};
}

SegmentMap SegmentMap::through(double r1, double u1, double r2, double u2) {
  const double scale = (u2 - u1) / (r2 * r2 - r1 * r1), offset = u1 - scale * r1 * r1;
  const double low2 = (1.0 - offset) / scale, high2 = (16.0 - offset) / scale;
  return {low2 > 0.0 ? std::sqrt(low2) : 0.0, std::sqrt(std::max(high2, 0.0)), offset, scale};
}

double SegmentMap::r(double u) const { return std::sqrt((u - offset) / scale); }

double SegmentMap::begin(int segment, int bits) {
  const int in_octave = 1 << bits;
  return std::ldexp(1.0 + static_cast<double>(segment % in_octave) / in_octave, segment >> bits);
}

double SegmentMap::width(int segment, int bits) {
  return std::ldexp(1.0, (segment >> bits) - bits);
}

int SegmentMap::segment_of(float u, int bits) {
  const std::uint32_t shifted = std::bit_cast<std::uint32_t>(u) >> (23 - bits);
  return static_cast<int>((shifted - (127u << bits)) & ((octaves << bits) - 1u));
}

float SegmentTable::operator()(float r_squared) const {
  const float u =
      std::fma(static_cast<float>(map.scale), r_squared, static_cast<float>(map.offset));
  const auto segment = static_cast<std::size_t>(SegmentMap::segment_of(u, bits));
  const float t = u - static_cast<float>(SegmentMap::begin(static_cast<int>(segment), bits));
  float value = coefficient.back()[segment];
  for (std::size_t k = coefficient.size() - 1; k-- > 0;)
    value = std::fma(value, t, coefficient[k][segment]);
  return value;
}

SegmentTable fit_segments(const std::function<double(double)>& f, const SegmentMap& map, int degree,
                          int bits) {
  const int segments = SegmentMap::octaves << bits;
  SegmentTable table{map, bits, {}};
  table.coefficient.assign(static_cast<std::size_t>(degree) + 1,
                           std::vector<float>(static_cast<std::size_t>(segments)));
  const SegmentFitter& fitter = SegmentFitter::of_degree(degree);
  for (int segment = 0; segment < segments; ++segment) {
    const double width = SegmentMap::width(segment, bits);
    const Eigen::VectorXd c = fitter(f, map, SegmentMap::begin(segment, bits), width);
    double scale = 1.0;
    for (int k = 0; k <= degree; ++k, scale /= width)
      table.coefficient[static_cast<std::size_t>(k)][static_cast<std::size_t>(segment)] =
          static_cast<float>(c(k) * scale);
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
  const SegmentFitter& fitter = SegmentFitter::of_degree(3);
  for (std::size_t knot = first; knot < last; ++knot) {
    const Eigen::VectorXd c =
        fitter.of([&](double point) { return f((static_cast<double>(knot) + point) * spacing); });
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

double polynomial_misfit(const std::function<double(double)>& f, double begin, double end,
                         int degree) {
  const SegmentFitter& fitter = SegmentFitter::of_degree(degree);
  const SegmentMap map = SegmentMap::through(begin, 1.0, end, 1.125);
  const Eigen::VectorXd c = fitter(f, map, 1.0, 0.125);
  double sum = 0.0;
  for (const double point : fitter.points) {
    double value = 0.0;
    for (Eigen::Index k = degree; k >= 0; --k) value = value * point + c(k);
    const double rest = value - f(map.r(1.0 + 0.125 * point));
    sum += rest * rest;
  }
  return std::sqrt(sum / static_cast<double>(fitter.points.size()));
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
