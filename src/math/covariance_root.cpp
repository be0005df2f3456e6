#include "math/covariance_root.hpp"

#include <cmath>

#include "base/error.hpp"

namespace vitreous::math {

Matrix covariance_root(const Matrix& covariance) {
  const std::size_t n = covariance.rows;
  Matrix root(n, n);
  std::vector<double> sd(n);
  for (std::size_t i = 0; i < n; ++i) sd[i] = std::sqrt(covariance(i, i));
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      const double scale = sd[i] * sd[j];
      double left = scale > 0.0 ? covariance(i, j) / scale : 0.0;
      for (std::size_t k = 0; k < j; ++k) left -= root(i, k) * root(j, k);
      if (i == j) {
        if (left < -1e-6 || std::isnan(left))
          throw base::InputError("a covariance that no parameters can have",
                                 "its correlations contradict each other");
        // What is left of a parameter that others determine is rounding.
        root(j, j) = left > 1e-12 ? std::sqrt(left) : 0.0;
      } else {
        root(i, j) = root(j, j) > 0.0 ? left / root(j, j) : 0.0;
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) root(i, j) *= sd[i];
  return root;
}

std::vector<double> draw_normal(const std::vector<double>& mean, const Matrix& root,
                                base::RandomStream& random) {
  std::vector<double> z(mean.size()), drawn = mean;
  for (double& x : z) x = random.normal();
  for (std::size_t i = 0; i < mean.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) drawn[i] += root(i, j) * z[j];
  return drawn;
}

}  // namespace vitreous::math
