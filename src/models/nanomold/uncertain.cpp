#include "models/nanomold/uncertain.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/random.hpp"

namespace vitreous::models::nanomold {
namespace {

Parameters moved(Parameters parameters, const std::string& name, double by) {
  parameter(parameters, name) += by;
  return parameters;
}

/// A square root S of the covariance, C = S S', which may be singular.
Eigen::MatrixXd square_root(const math::Matrix& covariance) {
  const auto n = static_cast<Eigen::Index>(covariance.rows);
  Eigen::MatrixXd C(n, n);
  Eigen::VectorXd sd(n);
  for (Eigen::Index i = 0; i < n; ++i)
    sd(i) = std::sqrt(covariance(std::size_t(i), std::size_t(i)));
  // Of the correlations: the parameters' units differ by many orders of magnitude.
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) {
      const double scale = sd(i) * sd(j);
      C(i, j) = scale > 0.0 ? covariance(std::size_t(i), std::size_t(j)) / scale : double(i == j);
    }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(C);
  const Eigen::VectorXd roots = solver.eigenvalues().cwiseMax(0.0).cwiseSqrt();
  return sd.asDiagonal() * solver.eigenvectors() * roots.asDiagonal();
}

double share_below(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto k = static_cast<std::size_t>(at);
  if (k + 1 >= values.size()) return values.back();
  return values[k] + (at - static_cast<double>(k)) * (values[k + 1] - values[k]);
}

}  // namespace

std::vector<double> linear_errors(const UncertainParameters& uncertain, const Computed& compute) {
  const std::size_t outputs = compute(uncertain.best).size(), n = uncertain.names.size();
  std::vector<std::vector<double>> gradient;
  for (std::size_t k = 0; k < n; ++k) {
    const double error = std::sqrt(uncertain.covariance(k, k));
    gradient.emplace_back(outputs, 0.0);
    if (!(error > 0.0)) continue;
    const double step = 1e-3 * error;
    const auto up = compute(moved(uncertain.best, uncertain.names[k], step));
    const auto down = compute(moved(uncertain.best, uncertain.names[k], -step));
    for (std::size_t o = 0; o < outputs; ++o) gradient[k][o] = (up[o] - down[o]) / (2.0 * step);
  }
  std::vector<double> errors;
  for (std::size_t o = 0; o < outputs; ++o) {
    double variance = 0.0;
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < n; ++k)
        variance += gradient[j][o] * uncertain.covariance(j, k) * gradient[k][o];
    errors.push_back(std::sqrt(std::max(variance, 0.0)));
  }
  return errors;
}

Sampled sampled_errors(const UncertainParameters& uncertain, const Computed& compute,
                       std::size_t draws) {
  Sampled sampled;
  const std::size_t outputs = compute(uncertain.best).size(), n = uncertain.names.size();
  sampled.standard_error.assign(outputs, 0.0);
  if (n == 0) {
    sampled.low = sampled.high = compute(uncertain.best);
    return sampled;
  }
  const auto root = square_root(uncertain.covariance);
  base::RandomStream random(1, "errors of nanomolding");
  std::vector<std::vector<double>> values(outputs);
  for (sampled.draws = 0; sampled.draws < draws; ++sampled.draws) {
    Eigen::VectorXd z(static_cast<Eigen::Index>(n));
    for (auto& x : z) x = random.normal();
    const Eigen::VectorXd shift = root * z;
    Parameters drawn = uncertain.best;
    for (std::size_t k = 0; k < n; ++k)
      parameter(drawn, uncertain.names[k]) += shift(static_cast<Eigen::Index>(k));
    try {
      const auto computed = compute(drawn);
      for (std::size_t o = 0; o < outputs; ++o) values[o].push_back(computed[o]);
    } catch (const base::InputError&) {
      ++sampled.failed;
    }
  }
  for (std::size_t o = 0; o < outputs; ++o) {
    const auto& v = values[o];
    if (v.size() < 2) {
      sampled.standard_error[o] = NAN;
      sampled.low.push_back(NAN), sampled.high.push_back(NAN);
      continue;
    }
    double mean = 0.0, square = 0.0;
    for (const double x : v) mean += x / static_cast<double>(v.size());
    for (const double x : v) square += (x - mean) * (x - mean);
    sampled.standard_error[o] = std::sqrt(square / static_cast<double>(v.size() - 1));
    sampled.low.push_back(share_below(v, 0.5 * (1.0 - 0.6827)));
    sampled.high.push_back(share_below(v, 0.5 * (1.0 + 0.6827)));
  }
  return sampled;
}

}  // namespace vitreous::models::nanomold
