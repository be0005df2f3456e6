// How far samples stray from the law they should follow.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "math/statistics.hpp"

namespace vitreous::engine::testing {

/// Kolmogorov-Smirnov distance times sqrt(n), n being the number of independent samples among these
/// by their autocorrelation time. For independent samples of the law 1.95 is exceeded once in a
/// thousand times; counting correlated ones by n/tau is what the bound then rests on.
inline double kolmogorov_smirnov(std::vector<double> samples,
                                 const std::function<double(double)>& distribution) {
  const auto n = static_cast<double>(samples.size());
  const double independent = n / math::autocorrelation_time(samples);
  std::sort(samples.begin(), samples.end());
  double distance = 0.0;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const double p = distribution(samples[k]);
    distance = std::max({distance, p - double(k) / n, double(k + 1) / n - p});
  }
  return distance * std::sqrt(independent);
}

/// (sample mean - expected) in standard errors of a correlated series.
inline double pull_of_mean(const std::vector<double>& samples, double expected) {
  const math::Estimate estimate = math::correlated_mean(samples);
  return (estimate.mean - expected) / estimate.standard_error;
}

/// The same for the mean of (x - expected)^2 against a variance.
inline double pull_of_variance(std::vector<double> samples, double mean, double variance) {
  for (double& x : samples) x = (x - mean) * (x - mean);
  return pull_of_mean(samples, variance);
}

}  // namespace vitreous::engine::testing
