#include "models/parameter_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

std::vector<Point> without_replica(std::vector<Point> points, std::size_t left_out) {
  for (auto& point : points) {
    double sum = 0.0;
    for (std::size_t r = 0; r < point.replicas.size(); ++r)
      if (r != left_out) sum += point.replicas[r];
    point.y = sum / static_cast<double>(point.replicas.size() - 1);
  }
  return points;
}

math::Matrix scaled(math::Matrix matrix, double factor) {
  for (double& value : matrix.values) value *= factor;
  return matrix;
}

}  // namespace

std::size_t shared_replicas(const std::vector<Point>& points) {
  if (points.empty() || points.front().replicas.size() < 3) return 0;
  const std::size_t n = points.front().replicas.size();
  for (const auto& point : points)
    if (point.replicas.size() != n) return 0;
  return n;
}

math::Matrix jackknife_covariance(const std::vector<Point>& points, const Estimator& estimate) {
  const std::size_t replicas = shared_replicas(points);
  const auto n = static_cast<double>(replicas);
  std::vector<std::vector<double>> estimates;
  for (std::size_t r = 0; r < replicas; ++r)
    estimates.push_back(estimate(without_replica(points, r)));
  const std::size_t size = estimates.front().size();
  std::vector<double> mean(size, 0.0);
  for (const auto& e : estimates)
    for (std::size_t k = 0; k < size; ++k) mean[k] += e[k] / n;
  math::Matrix covariance(size, size);
  for (const auto& e : estimates)
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k)
        covariance(j, k) += (e[j] - mean[j]) * (e[k] - mean[k]) * (n - 1.0) / n;
  const double student = math::student_factor(n - 1.0);
  return scaled(covariance, student * student);
}

math::Matrix covariance_of_uncertain_weights(const math::Fit& fit, const math::Matrix& design,
                                             const Observations& logs) {
  const std::size_t size = design.columns;
  math::Matrix covariance = fit.covariance;
  for (std::size_t i = 0; i < design.rows; ++i) {
    if (!std::isfinite(logs.degrees[i])) continue;
    // How the parameters follow the point, in units of its error.
    std::vector<double> pull(size, 0.0);
    double leverage = 0.0;
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k)
        pull[j] += fit.covariance(j, k) * design(i, k) / logs.errors[i];
    for (std::size_t j = 0; j < size; ++j) leverage += design(i, j) * pull[j] / logs.errors[i];
    const double student = math::student_factor(logs.degrees[i]);
    const double share = (1.0 + 4.0 * (1.0 - leverage) / logs.degrees[i]) / (student * student);
    if (share <= 1.0) continue;
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k) covariance(j, k) += (share - 1.0) * pull[j] * pull[k];
  }
  return covariance;
}

ParameterErrors parameter_errors(const math::Fit& fit, const math::Matrix& design,
                                 const std::vector<Point>& points, const Observations& logs,
                                 const Estimator& estimate) {
  if (const std::size_t replicas = shared_replicas(points); replicas > 0)
    return {jackknife_covariance(points, estimate),
            fmt::format("jackknife of {} whole replicas, with Student's factor", replicas)};
  if (fit.errors_known) {
    const bool uncertain = std::any_of(logs.degrees.begin(), logs.degrees.end(),
                                       [](double degrees) { return std::isfinite(degrees); });
    return {covariance_of_uncertain_weights(fit, design, logs),
            uncertain ? "from the errors of the points, widened for their own uncertainty"
                      : "from the errors of the points"};
  }
  const double student = math::student_factor(fit.degrees);
  return {scaled(fit.covariance, student * student),
          fmt::format("from the scatter about the fit, with Student's factor for {:.0f} degrees of "
                      "freedom",
                      fit.degrees)};
}

}  // namespace vitreous::models
