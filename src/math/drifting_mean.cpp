#include "math/drifting_mean.hpp"

#include <cstddef>
#include <vector>

namespace vitreous::math {

Estimate mean_about_a_line(std::span<const double> values) {
  const std::size_t n = values.size();
  Estimate estimate;
  estimate.mean = mean(values);
  if (n < 4) {
    if (n >= 2) estimate.standard_error = independent_mean(values).standard_error;
    return estimate;
  }
  const double slope = correlated_slope(values).mean;
  std::vector<double> rest(values.begin(), values.end());
  for (std::size_t k = 0; k < n; ++k)
    rest[k] -= slope * (static_cast<double>(k) - 0.5 * static_cast<double>(n - 1));
  estimate.standard_error = correlated_mean(rest).standard_error;
  return estimate;
}

}  // namespace vitreous::math
