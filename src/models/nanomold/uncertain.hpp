// Parameters with their covariance, and what that makes of anything computed from them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "math/least_squares.hpp"
#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

struct UncertainParameters {
  Parameters best;
  std::vector<std::string> names;  ///< of those with an error, as in parameter_entries()
  math::Matrix covariance;         ///< in their units (prefactors: of the logarithm)
};

/// What is computed: any number of values. It may throw InputError where parameters do not allow
/// it.
using Computed = std::function<std::vector<double>(const Parameters&)>;

/// Standard errors to first order: sqrt(g' C g) with the gradient g by central differences. Zeros
/// where no parameter has an error.
std::vector<double> linear_errors(const UncertainParameters& parameters, const Computed& compute);

struct Sampled {
  std::vector<double> standard_error;  ///< standard deviation over the draws
  std::vector<double> low, high;       ///< the 68 % interval between quantiles
  std::size_t draws = 0, failed = 0;   ///< failed: parameters that allow no such value
};
/// The same where `compute` is not linear within the errors: over parameters drawn from the normal
/// distribution of that covariance, by a named stream, so that the same call gives the same
/// numbers.
Sampled sampled_errors(const UncertainParameters& parameters, const Computed& compute,
                       std::size_t draws = 1000);

}  // namespace vitreous::models::nanomold
