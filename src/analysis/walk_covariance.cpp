#include "analysis/walk_covariance.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::analysis {
namespace {

/// Origins within a group beyond this many add nothing: they overlap.
constexpr std::size_t most_origins = 4;

bool starts_at_zero(const std::vector<std::size_t>& groups) {
  return !groups.empty() && groups.back() == groups.size() - 1;
}

}  // namespace

double CagedWalk::component(double t) const {
  const double time = std::abs(t);
  if (cage == 0.0) return 2.0 * D * time;
  const double ratio = time / cage_time;
  const double caged = ratio > 40.0 ? 1.0 : 1.0 - std::exp(-ratio);
  return cage * caged / dimensions + 2.0 * D * time;
}

double CagedWalk::covariance(double a, double b, double shift) const {
  const double c = 0.5 * (component(a - shift) + component(shift + b) - component(shift) -
                          component(shift + b - a));
  return 2.0 * dimensions * c * c / atoms;
}

GroupCovariance::GroupCovariance(const CagedWalk& walk, std::vector<double> lags,
                                 std::size_t groups, double spacing, std::size_t origins)
    : lags_(lags.size()), groups_(groups) {
  const auto q = static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(origins, 1, most_origins));
  const auto n = static_cast<std::ptrdiff_t>(groups);
  const double weight = 1.0 / static_cast<double>(q * q);
  table_.reserve(lags_ * (lags_ + 1) / 2 * (2 * groups_ - 1));
  for (std::size_t a = 0; a < lags_; ++a)
    for (std::size_t b = a; b < lags_; ++b)
      for (std::ptrdiff_t k = -(n - 1); k < n; ++k) {
        double sum = 0.0;
        for (std::ptrdiff_t j = -(q - 1); j < q; ++j) {
          const double shift =
              (static_cast<double>(k) + static_cast<double>(j) / static_cast<double>(q)) * spacing;
          sum += static_cast<double>(q - std::abs(j)) * walk.covariance(lags[a], lags[b], shift);
        }
        table_.push_back(sum * weight);
      }
}

double GroupCovariance::entry(std::size_t a, std::size_t b, std::ptrdiff_t k) const {
  if (a > b) {
    std::swap(a, b);
    k = -k;
  }
  const std::size_t row = a * lags_ - a * (a + 1) / 2 + b;
  return table_[row * (2 * groups_ - 1) +
                static_cast<std::size_t>(k + static_cast<std::ptrdiff_t>(groups_) - 1)];
}

double GroupCovariance::of_means(std::size_t a, const std::vector<std::size_t>& groups_a,
                                 std::size_t b, const std::vector<std::size_t>& groups_b) const {
  double sum = 0.0;
  if (starts_at_zero(groups_a) && starts_at_zero(groups_b)) {
    // Differences k = h - g of g in [0, na), h in [0, nb), each with its number of occurrences.
    const auto na = static_cast<std::ptrdiff_t>(groups_a.size());
    const auto nb = static_cast<std::ptrdiff_t>(groups_b.size());
    for (std::ptrdiff_t k = -(na - 1); k < nb; ++k) {
      const auto times = std::min(na, nb - k) - std::max<std::ptrdiff_t>(0, -k);
      sum += static_cast<double>(times) * entry(a, b, k);
    }
  } else {
    for (const std::size_t g : groups_a)
      for (const std::size_t h : groups_b)
        sum += entry(a, b, static_cast<std::ptrdiff_t>(h) - static_cast<std::ptrdiff_t>(g));
  }
  return sum / (static_cast<double>(groups_a.size()) * static_cast<double>(groups_b.size()));
}

std::vector<double> GroupCovariance::of_combination(const std::vector<double>& w) const {
  std::vector<double> covariance(groups_, 0.0);
  for (std::size_t k = 0; k < groups_; ++k)
    for (std::size_t a = 0; a < lags_; ++a)
      for (std::size_t b = 0; b < lags_; ++b)
        covariance[k] += w[a] * w[b] * entry(a, b, static_cast<std::ptrdiff_t>(k));
  return covariance;
}

}  // namespace vitreous::analysis
