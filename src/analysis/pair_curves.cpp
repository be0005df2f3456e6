#include "analysis/pair_curves.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/origin_store.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

/// Blocks are at least as long as the lag; with fewer than `fewest` of them the overlap of windows
/// is accounted for instead, and more than `enough` would make blocks too short to be independent
/// of motions slower than the lag. Where these are known to be slower, as few as `least` are taken.
constexpr double fewest_blocks = 8.0, enough_blocks = 20.0, least_blocks = 4.0;

double weighted_mean(const std::vector<double>& values, const std::vector<double>& weights) {
  double sum = 0.0, weight = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += weights[i] * values[i], weight += weights[i];
  return sum / weight;
}

double weighted_variance(const std::vector<double>& values, const std::vector<double>& weights,
                         double center) {
  double sum = 0.0, weight = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += weights[i] * (values[i] - center) * (values[i] - center);
    weight += weights[i];
  }
  return sum / weight;
}

}  // namespace

PairCurves::PairCurves(const OriginPlan& plan, std::vector<std::int64_t> lags, std::size_t channels)
    : lags_(std::move(lags)),
      channels_(channels),
      groups_(plan.groups),
      last_(plan.timeline.last),
      counts_(groups_ * lags_.size()),
      sums_(groups_ * lags_.size() * channels) {
  origins_per_group_ =
      std::max<std::size_t>(1, plan.origins.size() / std::max<std::size_t>(1, groups_));
  for (std::size_t i = 0; i < plan.origins.size(); ++i)
    if (i == 0 || plan.group[i] != plan.group[i - 1]) group_begin_.push_back(plan.origins[i]);
  if (plan.origins.size() > 1) {
    origin_spacing_ = static_cast<double>(plan.origins.back() - plan.origins.front()) /
                      static_cast<double>(plan.origins.size() - 1);
    group_spacing_ =
        origin_spacing_ * static_cast<double>(plan.origins.size()) / static_cast<double>(groups_);
  }
}

void PairCurves::add(std::size_t lag, std::size_t group, const std::vector<double>& values) {
  const std::size_t k = at(lag, group);
  counts_[k] += 1.0;
  for (std::size_t c = 0; c < channels_; ++c) sums_[k * channels_ + c] += values[c];
}

double PairCurves::pairs(std::size_t lag) const {
  double sum = 0.0;
  for (std::size_t g = 0; g < groups_; ++g) sum += counts_[at(lag, g)];
  return sum;
}

std::int64_t PairCurves::longest_lag() const {
  std::size_t lag = lags_.size();
  while (lag > 0 && pairs(lag - 1) == 0.0) --lag;
  return lag > 0 ? lags_[lag - 1] : 0;
}

std::int64_t PairCurves::seen() const {
  std::int64_t seen = 0;
  for (std::size_t g = 0; g < groups_; ++g) {
    const std::int64_t end = g + 1 < groups_ ? group_begin_[g + 1] : last_;
    for (std::size_t lag = 0; lag < lags_.size(); ++lag)
      if (pairs(lag, g) > 0.0)
        seen = std::max(seen, std::min(end + lags_[lag], last_) - group_begin_.front());
  }
  return seen;
}

double PairCurves::share_seen() const {
  return static_cast<double>(seen()) / static_cast<double>(last_ - group_begin_.front());
}

double PairCurves::mean(std::size_t channel, std::size_t lag) const {
  double sum = 0.0;
  for (std::size_t g = 0; g < groups_; ++g) sum += sums_[at(lag, g) * channels_ + channel];
  return sum / pairs(lag);
}

double PairCurves::group_mean(std::size_t channel, std::size_t lag, std::size_t group) const {
  const std::size_t k = at(lag, group);
  return sums_[k * channels_ + channel] / counts_[k];
}

std::vector<std::size_t> PairCurves::groups_with(std::size_t lag) const {
  std::vector<std::size_t> found;
  for (std::size_t g = 0; g < groups_; ++g)
    if (counts_[at(lag, g)] > 0.0) found.push_back(g);
  return found;
}

math::Estimate PairCurves::error(std::size_t lag, const std::vector<double>& values,
                                 double memory) const {
  std::vector<double> weights;
  for (const std::size_t g : groups_with(lag)) weights.push_back(pairs(lag, g));
  const double n = static_cast<double>(values.size());
  math::Estimate estimate;
  estimate.mean = weighted_mean(values, weights);
  const double own_width = std::max(1.0, static_cast<double>(lags_[lag]) / group_spacing_);
  const double width = std::max(own_width, memory / group_spacing_);
  if (std::floor(n / own_width) >= fewest_blocks) {
    const double blocks = std::clamp(std::floor(n / width), least_blocks, enough_blocks);
    std::vector<double> block_values, block_weights;
    const auto count = static_cast<std::size_t>(blocks);
    for (std::size_t b = 0; b < count; ++b) {
      const std::size_t begin = b * values.size() / count, end = (b + 1) * values.size() / count;
      const std::vector<double> v(values.begin() + static_cast<std::ptrdiff_t>(begin),
                                  values.begin() + static_cast<std::ptrdiff_t>(end));
      const std::vector<double> w(weights.begin() + static_cast<std::ptrdiff_t>(begin),
                                  weights.begin() + static_cast<std::ptrdiff_t>(end));
      block_values.push_back(weighted_mean(v, w));
      block_weights.push_back(std::accumulate(w.begin(), w.end(), 0.0));
    }
    estimate.degrees = blocks - 1.0;
    const double spread = weighted_variance(block_values, block_weights, estimate.mean);
    estimate.standard_error =
        std::sqrt(spread / (blocks - 1.0)) * math::student_factor(estimate.degrees);
    return estimate;
  }
  double overlap = 1.0;
  for (double k = 1.0; k < std::min(width, n); ++k)
    overlap += 2.0 * (1.0 - k / n) * (1.0 - k / width) * (1.0 - k / width);
  const double independent = n / overlap;
  if (!(independent > 1.05)) return estimate;
  estimate.degrees = std::max(1.0, independent - 1.0);
  const double spread = weighted_variance(values, weights, estimate.mean);
  estimate.standard_error =
      std::sqrt(spread / (independent - 1.0)) * math::student_factor(estimate.degrees);
  return estimate;
}

math::Estimate PairCurves::estimate(std::size_t lag, const std::vector<double>& weights,
                                    double memory) const {
  std::vector<double> values;
  for (const std::size_t g : groups_with(lag)) {
    double sum = 0.0;
    for (std::size_t c = 0; c < weights.size(); ++c) sum += weights[c] * group_mean(c, lag, g);
    values.push_back(sum);
  }
  return values.empty() ? math::Estimate{} : error(lag, values, memory);
}

const std::string& PairCurves::error_method() {
  static const std::string text =
      "standard errors (68 %, Student's t) from 8 to 20 contiguous blocks of origins, each at "
      "least as long as the lag, of displacements and F_s also as ten relaxation times (4 blocks "
      "at least); where the run holds fewer, from the spread over origins with the overlap of "
      "their windows, correlated as (1 - distance/lag)^2, taken into account";
  return text;
}

void PairCurves::continue_from(const PairCurves& shorter) {
  const double share = shorter.origin_spacing_ / origin_spacing_;
  for (std::size_t old_group = 0; old_group < shorter.groups_; ++old_group) {
    const auto behind =
        std::upper_bound(group_begin_.begin(), group_begin_.end(), shorter.group_begin_[old_group]);
    const auto group = static_cast<std::size_t>(behind - group_begin_.begin()) - 1;
    for (std::size_t old_lag = 0; old_lag < shorter.lags_.size(); ++old_lag) {
      const auto found = std::lower_bound(lags_.begin(), lags_.end(), shorter.lags_[old_lag]);
      if (found == lags_.end() || *found != shorter.lags_[old_lag]) continue;
      const std::size_t to = at(static_cast<std::size_t>(found - lags_.begin()), group);
      const std::size_t from = shorter.at(old_lag, old_group);
      counts_[to] += share * shorter.counts_[from];
      for (std::size_t c = 0; c < channels_; ++c)
        sums_[to * channels_ + c] += share * shorter.sums_[from * channels_ + c];
    }
  }
}

void PairCurves::transfer(core::Archive& archive) {
  const auto counts = counts_.size(), sums = sums_.size();
  archive.transfer("counts", counts_);
  archive.transfer("sums", sums_);
  if (counts_.size() != counts || sums_.size() != sums)
    throw base::RunError("the saved averages belong to other lags or origins");
}

}  // namespace vitreous::analysis
