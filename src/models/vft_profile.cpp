#include "models/vft_profile.hpp"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>

namespace vitreous::models {
namespace {

constexpr double nearest_gap = 1e-4, farthest_gap = 1e3;  // of T - T0, in lowest and highest T
constexpr int grid = 80;
constexpr int bits = 48;

/// Least of f on [low, high]: the best of a grid, refined by Brent's method between its neighbors.
std::pair<double, double> minimum(const std::function<double(double)>& f, double low, double high) {
  const double step = (high - low) / grid;
  int least = 0;
  double value = f(low);
  for (int k = 1; k <= grid; ++k)
    if (const double here = f(low + k * step); here < value) least = k, value = here;
  const double center = low + least * step;
  return boost::math::tools::brent_find_minima(f, std::max(low, center - step),
                                               std::min(high, center + step), bits);
}

}  // namespace

VftProfile::VftProfile(Observations logs, double sign) : logs_(std::move(logs)), sign_(sign) {
  for (std::size_t i = 0; i < logs_.x.size(); ++i)
    weights_.push_back(logs_.errors.empty() ? 1.0 : 1.0 / (logs_.errors[i] * logs_.errors[i]));
  const auto [low, high] = std::minmax_element(logs_.x.begin(), logs_.x.end());
  lowest_ = *low;
  highest_ = *high;
}

VftParameters VftProfile::at_T0(double T0) const {
  double s = 0, su = 0, sy = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double w = weights_[i], u = sign_ / (logs_.x[i] - T0);
    s += w, su += w * u, sy += w * logs_.y[i];
  }
  const double mean_u = su / s, mean_y = sy / s;
  double suu = 0, suy = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double u = sign_ / (logs_.x[i] - T0) - mean_u;
    suu += weights_[i] * u * u;
    suy += weights_[i] * u * (logs_.y[i] - mean_y);
  }
  VftParameters p{0.0, suy / suu, T0, 0.0};
  p.ln_y0 = mean_y - p.B * mean_u;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double r = logs_.y[i] - p.ln_y0 - p.B * sign_ / (logs_.x[i] - T0);
    p.chi_squared += weights_[i] * r * r;
  }
  return p;
}

VftParameters VftProfile::best() const {
  const auto chi_squared = [&](double ln_gap) {
    return at_T0(lowest_ - std::exp(ln_gap)).chi_squared;
  };
  const auto found =
      minimum(chi_squared, std::log(nearest_gap * lowest_), std::log(farthest_gap * highest_));
  return at_T0(lowest_ - std::exp(found.first));
}

double VftProfile::limit_below() const {
  return math::fit_line(logs_.x, logs_.y, logs_.errors).chi_squared;
}

double VftProfile::limit_at_lowest() const {
  const auto scatter = [&](bool coldest) {
    double s = 0, sy = 0, chi_squared = 0;
    for (std::size_t i = 0; i < weights_.size(); ++i)
      if ((logs_.x[i] == lowest_) == coldest) s += weights_[i], sy += weights_[i] * logs_.y[i];
    for (std::size_t i = 0; i < weights_.size(); ++i)
      if ((logs_.x[i] == lowest_) == coldest)
        chi_squared += weights_[i] * std::pow(logs_.y[i] - sy / s, 2);
    return chi_squared;
  };
  return scatter(true) + scatter(false);
}

double VftProfile::held(VftParameter parameter, double value, double T0) const {
  // What is left is linear in one unknown: y - offset = unknown * slope.
  double top = 0, bottom = 0;
  const auto offset_and_slope = [&](std::size_t i) {
    const double u = sign_ / (logs_.x[i] - T0);
    if (parameter == VftParameter::ln_y0) return std::pair{value, u};
    return std::pair{(parameter == VftParameter::B ? value : value * T0) * u, 1.0};
  };
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const auto [offset, slope] = offset_and_slope(i);
    top += weights_[i] * slope * (logs_.y[i] - offset);
    bottom += weights_[i] * slope * slope;
  }
  double chi_squared = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const auto [offset, slope] = offset_and_slope(i);
    chi_squared += weights_[i] * std::pow(logs_.y[i] - offset - slope * top / bottom, 2);
  }
  return chi_squared;
}

double VftProfile::profile(VftParameter parameter, double value) const {
  if (parameter == VftParameter::T0) return at_T0(value).chi_squared;
  const double far = parameter == VftParameter::strength ? lowest_ : farthest_gap * highest_;
  return minimum([&](double ln_gap) { return held(parameter, value, lowest_ - std::exp(ln_gap)); },
                 std::log(nearest_gap * lowest_), std::log(far))
      .second;
}

std::optional<Interval> VftProfile::interval(VftParameter parameter, const VftParameters& best,
                                             double rise) const {
  // Walked in a coordinate in which both ends are far: the logarithm of what must stay positive.
  const bool logarithmic = parameter != VftParameter::ln_y0;
  const bool gap = parameter == VftParameter::T0;
  const double center = parameter == VftParameter::ln_y0 ? best.ln_y0
                        : parameter == VftParameter::B   ? best.B
                        : gap                            ? lowest_ - best.T0
                                                         : best.strength();
  if (logarithmic && !(center > 0.0)) return {};
  const auto value_at = [&](double c) {
    const double positive = logarithmic ? center * std::exp(c) : center + c;
    return gap ? lowest_ - positive : positive;
  };
  const auto excess = [&](double c) {
    return profile(parameter, value_at(c)) - best.chi_squared - rise;
  };
  const auto crossing = [&](double direction) -> std::optional<double> {
    double inside = 0.0;
    for (double step = 1e-7; step < 40.0; step *= 2.0) {
      const double outside = direction * step;
      const double there = excess(outside);
      if (!(there > 0.0)) {
        inside = outside;
        continue;
      }
      const double here = inside == 0.0 ? -rise : excess(inside);
      if (!(here < 0.0)) return inside;
      std::uintmax_t iterations = 100;
      const boost::math::tools::eps_tolerance<double> tolerance(40);
      const auto root = direction > 0.0
                            ? boost::math::tools::toms748_solve(excess, inside, outside, here,
                                                                there, tolerance, iterations)
                            : boost::math::tools::toms748_solve(excess, outside, inside, there,
                                                                here, tolerance, iterations);
      return 0.5 * (root.first + root.second);
    }
    return {};
  };
  const auto left = crossing(-1.0), right = crossing(1.0);
  if (!left || !right) return {};
  const double a = value_at(*left), b = value_at(*right);
  return Interval{std::min(a, b), std::max(a, b)};
}

}  // namespace vitreous::models
