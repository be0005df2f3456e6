// Errors of a fit's parameters: from whole replicas where there are several, else from the points.
#pragma once

#include <functional>

#include "math/least_squares.hpp"
#include "models/usable_points.hpp"

namespace vitreous::models {

/// The number of replicas that every point has, if there are three or more; else 0. Two are too
/// few: their jackknife has one degree of freedom.
std::size_t shared_replicas(const std::vector<Point>& points);

/// The parameters that a fit finds in some points.
using Estimator = std::function<std::vector<double>(const std::vector<Point>&)>;

/// Covariance of the parameters by leaving out one whole replica after the other (Efron and Stein
/// 1981), so that what the points of a replica have in common - one quench, one glass - counts.
/// Widened by Student's factor for n - 1 degrees of freedom. Needs shared_replicas(points) > 0.
math::Matrix jackknife_covariance(const std::vector<Point>& points, const Estimator& estimate);

struct ParameterErrors {
  math::Matrix covariance;  ///< +- sqrt of its diagonal covers 68 %
  std::string how;          ///< where it comes from, in words
};

/// From whole replicas; else from the errors of the points, widened for their own uncertainty;
/// else from the scatter about the fit, widened by Student's factor. `design` is the derivative of
/// the model of ln y by the parameters, a row a point.
ParameterErrors parameter_errors(const math::Fit& fit, const math::Matrix& design,
                                 const std::vector<Point>& points, const Observations& logs,
                                 const Estimator& estimate);

/// The covariance of a fit whose weights come from errors that are themselves uncertain. Weights
/// that follow the noise of the errors make the fit noisier and let it claim less: each point's
/// share in the covariance is multiplied by 1 + 4 (1 - h)/degrees, h being its leverage (Kenward
/// and Roger, Biometrics 53, 983 (1997), for independent errors; Meier, Biometrics 9, 59 (1953),
/// for a mean), in place of the Student's factor (squared) that its error holds, where that is
/// less.
math::Matrix covariance_of_uncertain_weights(const math::Fit& fit, const math::Matrix& design,
                                             const Observations& logs);

}  // namespace vitreous::models
