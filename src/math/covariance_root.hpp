// Draws from a normal distribution of known covariance.
#pragma once

#include <vector>

#include "base/random.hpp"
#include "math/least_squares.hpp"

namespace vitreous::math {

/// The lower triangle L with L L' = C, by Cholesky's steps on the correlations; C may be singular
/// (a parameter without error, two that are the same), but not indefinite: throws InputError.
Matrix covariance_root(const Matrix& covariance);

/// mean + L z with z standard normal.
std::vector<double> draw_normal(const std::vector<double>& mean, const Matrix& root,
                                base::RandomStream& random);

}  // namespace vitreous::math
