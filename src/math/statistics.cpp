#include "math/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

namespace vitreous::math {
namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(what);
}

/// Upper end of the central interval that a normal variate falls into between -1 and +1.
const double one_sigma = 0.5 * (1.0 + std::erf(std::sqrt(0.5)));

}  // namespace

double mean(std::span<const double> values) {
  require(!values.empty(), "mean of no values");
  double sum = 0.0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double sample_variance(std::span<const double> values) {
  require(values.size() > 1, "variance needs two values");
  const double center = mean(values);
  double sum = 0.0;
  for (const double v : values) sum += (v - center) * (v - center);
  return sum / static_cast<double>(values.size() - 1);
}

double student_factor(double degrees) {
  require(degrees > 0.0, "Student's t needs positive degrees of freedom");
  if (degrees > 1e6) return 1.0;
  return boost::math::quantile(boost::math::students_t(degrees), one_sigma);
}

double student_tails(double t, double degrees) {
  require(degrees > 0.0, "Student's t needs positive degrees of freedom");
  return 2.0 * boost::math::cdf(boost::math::students_t(degrees), -std::abs(t));
}

double degrees_of_sum(std::span<const double> variances, std::span<const double> degrees) {
  require(variances.size() == degrees.size(), "a variance each for the degrees of freedom");
  double sum = 0.0, spread = 0.0;
  for (std::size_t k = 0; k < variances.size(); ++k) {
    sum += variances[k];
    spread += variances[k] * variances[k] / degrees[k];
  }
  return spread > 0.0 ? sum * sum / spread : std::numeric_limits<double>::infinity();
}

Estimate independent_mean(std::span<const double> values) {
  const double n = static_cast<double>(values.size());
  const double error = std::sqrt(sample_variance(values) / n);
  return {mean(values), error * student_factor(n - 1.0), n - 1.0};
}

Estimate grouped_mean(std::span<const double> values, std::span<const std::int64_t> group) {
  const double center = mean(values);
  std::map<std::int64_t, double> sums;
  for (std::size_t i = 0; i < values.size(); ++i) sums[group[i]] += values[i] - center;
  require(sums.size() > 1, "the error of a mean needs two groups");
  double squares = 0.0;
  for (const auto& [name, sum] : sums) squares += sum * sum;
  const auto n = static_cast<double>(values.size()), groups = static_cast<double>(sums.size());
  const double degrees = groups - 1.0;
  return {center, std::sqrt(squares * groups / degrees) / n * student_factor(degrees), degrees};
}

double autocorrelation_time(std::span<const double> values) {
  require(values.size() > 1, "an autocorrelation time needs two values");
  const std::size_t n = values.size();
  const double center = mean(values);
  const auto covariance = [&](std::size_t k) {
    double sum = 0.0;
    for (std::size_t i = 0; i + k < n; ++i) sum += (values[i] - center) * (values[i + k] - center);
    return sum / static_cast<double>(n);
  };
  const double variance = covariance(0);
  if (!(variance > 0.0)) return 1.0;
  double tau = 1.0;
  std::size_t k = 1;
  for (; k < n / 2 && static_cast<double>(k) < 2.5 * std::max(tau, 1.0); ++k)
    tau += 2.0 * covariance(k) / variance;
  // The series' own mean takes about tau/n off every rho(k).
  tau *= 1.0 + static_cast<double>(2 * k - 1) / static_cast<double>(n);
  return std::max(1.0, tau);
}

Estimate correlated_mean(std::span<const double> values) {
  const double n = static_cast<double>(values.size());
  // Not fewer than two independent samples: below that the series says nothing of its own error.
  const double effective = std::max(2.0, n / autocorrelation_time(values));
  const double spread = sample_variance(values) * (n - 1.0) / n / (1.0 - 1.0 / effective);
  const double degrees = effective - 1.0;
  return {mean(values), std::sqrt(spread / effective) * student_factor(degrees), degrees};
}

Estimate correlated_ratio(std::span<const double> a, std::span<const double> b) {
  require(a.size() == b.size(), "a ratio of as many values as it is divided by");
  const double under = mean(b), ratio = mean(a) / under;
  std::vector<double> off;
  for (std::size_t i = 0; i < a.size(); ++i) off.push_back((a[i] - ratio * b[i]) / under);
  Estimate estimate = correlated_mean(off);
  estimate.mean = ratio;
  return estimate;
}

Estimate correlated_slope(std::span<const double> values) {
  require(values.size() > 3, "a slope with an error needs four values");
  const double n = static_cast<double>(values.size());
  const double middle = 0.5 * (n - 1.0), center = mean(values);
  double xx = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    xx += x * x;
    xy += x * (values[i] - center);
  }
  const double slope = xy / xx;
  std::vector<double> residual;
  double rest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    residual.push_back(values[i] - center - slope * (static_cast<double>(i) - middle));
    rest += residual.back() * residual.back();
  }
  const double effective = std::max(3.0, n / autocorrelation_time(residual));
  const double degrees = effective - 2.0;
  const double spread = rest / n / (1.0 - 2.0 / effective);
  return {slope, std::sqrt(spread / xx * n / effective) * student_factor(degrees), degrees};
}

}  // namespace vitreous::math
