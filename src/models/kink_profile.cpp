#include "models/kink_profile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/constants.hpp"
#include "base/random.hpp"

namespace vitreous::models {
namespace {

/// Sums of a run of points: what a line through them needs.
struct Sums {
  double w = 0, u = 0, uu = 0, y = 0, uy = 0, yy = 0;

  void add(double weight, double x, double value) {
    w += weight, u += weight * x, uu += weight * x * x;
    y += weight * value, uy += weight * x * value, yy += weight * value * value;
  }
  friend Sums operator-(Sums a, const Sums& b) {
    a.w -= b.w, a.u -= b.u, a.uu -= b.uu, a.y -= b.y, a.uy -= b.uy, a.yy -= b.yy;
    return a;
  }
  /// About a line of this slope through (at, value).
  double chi_squared(double at, double value, double slope) const {
    // y - value - slope (x - at) = y - c - slope x.
    const double c = value - slope * at;
    return yy - 2.0 * c * y - 2.0 * slope * uy + c * c * w + 2.0 * c * slope * u +
           slope * slope * uu;
  }
  double slope() const { return (w * uy - u * y) / (w * uu - u * u); }
  double intercept() const { return (y - slope() * u) / w; }
};

/// A joint and what chi^2 it has, from sums: fast, for the search.
struct Joint {
  double u = 0.0, chi_squared = std::numeric_limits<double>::infinity();
};

/// The joint held at `at`: {value there, slope before, slope after} by normal equations.
double chi_squared_at(const Sums& before, const Sums& after, double at) {
  // Moments about `at`.
  const auto about = [at](const Sums& s) {
    return std::array{s.u - at * s.w, s.uu - 2.0 * at * s.u + at * at * s.w, s.uy - at * s.y};
  };
  const auto [b1, b2, by] = about(before);
  const auto [a1, a2, ay] = about(after);
  const double w = before.w + after.w - b1 * b1 / b2 - a1 * a1 / a2;
  const double value = (before.y + after.y - b1 * by / b2 - a1 * ay / a2) / w;
  const double slope_before = (by - value * b1) / b2, slope_after = (ay - value * a1) / a2;
  return before.chi_squared(at, value, slope_before) + after.chi_squared(at, value, slope_after);
}

/// `u` ascends. The joint lies between the second and the last but one of distinct values.
Joint best_joint(const std::vector<double>& u, const std::vector<double>& y,
                 const std::vector<double>& weights) {
  Sums all;
  for (std::size_t i = 0; i < u.size(); ++i) all.add(weights[i], u[i], y[i]);
  Sums before;
  Joint best;
  const auto consider = [&](double at, double chi_squared) {
    if (chi_squared < best.chi_squared) best = {at, chi_squared};
  };
  int distinct = 0;
  for (std::size_t i = 0; i + 1 < u.size(); ++i) {
    before.add(weights[i], u[i], y[i]);
    if (u[i + 1] == u[i]) continue;
    ++distinct;
    const Sums after = all - before;
    if (distinct < 2 || u[i + 1] == u.back()) {
      // The joint may still lie at the last but one.
      if (distinct >= 2) consider(u[i], chi_squared_at(before, after, u[i]));
      continue;
    }
    consider(u[i], chi_squared_at(before, after, u[i]));
    const double meet = (before.intercept() - after.intercept()) / (after.slope() - before.slope());
    if (meet > u[i] && meet < u[i + 1])
      consider(meet, before.chi_squared(0.0, before.intercept(), before.slope()) +
                         after.chi_squared(0.0, after.intercept(), after.slope()));
  }
  return best;
}

/// Centered, so that sums lose no digits: the joint's chi^2 does not change.
struct Centered {
  std::vector<double> u, y, weights;
  double middle = 0.0;
};

Centered centered(const Observations& logs) {
  Centered c;
  const auto n = static_cast<double>(logs.x.size());
  for (const double T : logs.x) c.middle += 1.0 / T / n;
  const double mean = std::accumulate(logs.y.begin(), logs.y.end(), 0.0) / n;
  for (std::size_t i = 0; i < logs.x.size(); ++i) {
    c.u.push_back(1.0 / logs.x[i] - c.middle);
    c.y.push_back(logs.y[i] - mean);
    c.weights.push_back(logs.errors.empty() ? 1.0 : 1.0 / (logs.errors[i] * logs.errors[i]));
  }
  return c;
}

Observations from_hot_to_cold(const Observations& logs) {
  std::vector<std::size_t> order(logs.x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return logs.x[a] > logs.x[b]; });
  Observations sorted;
  sorted.weighting = logs.weighting;
  for (const std::size_t i : order) {
    sorted.x.push_back(logs.x[i]);
    sorted.y.push_back(logs.y[i]);
    if (!logs.errors.empty()) sorted.errors.push_back(logs.errors[i]);
    sorted.degrees.push_back(logs.degrees[i]);
  }
  return sorted;
}

double weighted_variance_of_line(const Centered& c) {
  Sums all;
  for (std::size_t i = 0; i < c.u.size(); ++i) all.add(c.weights[i], c.u[i], c.y[i]);
  return all.chi_squared(0.0, all.intercept(), all.slope());
}

}  // namespace

KinkProfile::KinkProfile(Observations logs, double sign)
    : logs_(from_hot_to_cold(logs)), sign_(sign) {
  for (const double T : logs_.x)
    if (joints_.empty() || joints_.back() != T) joints_.push_back(T);
  joints_.erase(joints_.begin());
  joints_.pop_back();
}

KinkParameters KinkProfile::at(double T_k) const {
  math::Matrix design(logs_.x.size(), 3);
  for (std::size_t i = 0; i < logs_.x.size(); ++i) {
    const double du = sign_ / base::boltzmann * (1.0 / logs_.x[i] - 1.0 / T_k);
    const bool hot = logs_.x[i] > T_k;
    design(i, 0) = 1.0;
    design(i, 1) = hot ? du : 0.0;
    design(i, 2) = hot ? 0.0 : du;
  }
  const auto fit = math::fit_linear(design, logs_.y, logs_.errors);
  return {T_k, fit.parameters[0], fit.parameters[1], fit.parameters[2], fit.chi_squared};
}

KinkParameters KinkProfile::best() const {
  const auto c = centered(logs_);
  return at(1.0 / (best_joint(c.u, c.y, c.weights).u + c.middle));
}

std::vector<double> KinkProfile::fitted(const KinkParameters& p) const {
  std::vector<double> ln_y;
  for (const double T : logs_.x)
    ln_y.push_back(p.ln_y_k + sign_ / base::boltzmann * (T > p.T_k ? p.Q_hot : p.Q_cold) *
                                  (1.0 / T - 1.0 / p.T_k));
  return ln_y;
}

double KinkProfile::chi_squared_of_one_line() const {
  std::vector<double> u;
  for (const double T : logs_.x) u.push_back(1.0 / T);
  return math::fit_line(u, logs_.y, logs_.errors).chi_squared;
}

bool KinkProfile::is_bounded(const KinkParameters& best, double rise) const {
  return at(joints_.front()).chi_squared > best.chi_squared + rise &&
         at(joints_.back()).chi_squared > best.chi_squared + rise;
}

double probability_of_gain(const KinkProfile& profile, double gain, int runs) {
  const auto& logs = profile.observations();
  auto c = centered(logs);
  const double degrees = static_cast<double>(logs.x.size()) - 4.0;
  base::RandomStream random(1, "kink: points about one line");
  int reached = 0;
  for (int run = 0; run < runs; ++run) {
    for (std::size_t i = 0; i < c.y.size(); ++i) c.y[i] = random.normal() / std::sqrt(c.weights[i]);
    const double kinked = best_joint(c.u, c.y, c.weights).chi_squared;
    double found = weighted_variance_of_line(c) - kinked;
    if (logs.errors.empty()) found /= kinked / degrees;
    reached += found >= gain;
  }
  return (1.0 + reached) / (1.0 + runs);
}

std::vector<KinkParameters> simulated_fits(const KinkProfile& profile, const KinkParameters& best,
                                           int runs) {
  Observations logs = profile.observations();
  const auto truth = profile.fitted(best);
  const double scatter = std::sqrt(best.chi_squared / (static_cast<double>(truth.size()) - 4.0));
  base::RandomStream random(1, "kink: points about two branches");
  std::vector<KinkParameters> fits;
  for (int run = 0; run < runs; ++run) {
    for (std::size_t i = 0; i < truth.size(); ++i)
      logs.y[i] = truth[i] + (logs.errors.empty() ? scatter : logs.errors[i]) * random.normal();
    fits.push_back(KinkProfile(logs, profile.sign()).best());
  }
  return fits;
}

}  // namespace vitreous::models
