#include "models/relaxation/branch_crossing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "math/covariance_root.hpp"

namespace vitreous::models {
namespace {

/// Roots of a function of temperature, rising in temperature.
std::vector<double> roots_of(const std::function<double(double)>& f, double from, double to) {
  constexpr int steps = 2000;
  std::vector<double> roots;
  double left = from, at_left = f(left);
  for (int k = 1; k <= steps; ++k) {
    // Even in 1/T, as the map is drawn.
    double right = 1.0 / (1.0 / from + (1.0 / to - 1.0 / from) * k / steps);
    const double at_right = f(right);
    if (at_left == 0.0 || (at_left < 0.0) != (at_right < 0.0)) {
      double a = left, b = right;
      for (int halving = 0; halving < 100 && b - a > 1e-13 * b; ++halving) {
        const double middle = 0.5 * (a + b);
        ((f(middle) < 0.0) == (at_left < 0.0) ? a : b) = middle;
      }
      roots.push_back(0.5 * (a + b));
    }
    left = right;
    at_left = at_right;
  }
  return roots;
}

double quantile_of(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
}

}  // namespace

std::vector<double> crossings(const RelaxationBranch& a, const RelaxationBranch& b, double from,
                              double to) {
  return roots_of([&](double T) { return a.ln_tau(T) - b.ln_tau(T); }, from, to);
}

BranchCrossing lowest_crossing(const RelaxationBranch& a, const RelaxationBranch& b, double from,
                               double to) {
  BranchCrossing out;
  out.all = crossings(a, b, from, to);
  if (out.all.empty()) {
    out.refused =
        fmt::format("{} and {} do not cross between {:.4g} and {:.4g} K", a.name, b.name, from, to);
    return out;
  }
  const double T = out.all.front();
  const double step = 1e-6 * T;
  const double slope =
      (a.ln_tau(T + step) - b.ln_tau(T + step) - a.ln_tau(T - step) + b.ln_tau(T - step)) /
      (2.0 * step);
  out.linear_error = std::hypot(a.ln_tau_error(T), b.ln_tau_error(T)) / std::abs(slope);

  constexpr int draws = 1000;
  base::RandomStream random(1, "crossing of branches");
  const auto root_a = math::covariance_root(a.covariance);
  const auto root_b = math::covariance_root(b.covariance);
  std::vector<double> temperatures, ln_taus;
  for (int k = 0; k < draws; ++k) {
    const auto of_a = math::draw_normal(a.parameters, root_a, random);
    const auto of_b = math::draw_normal(b.parameters, root_b, random);
    const auto found =
        roots_of([&](double at) { return a.ln_tau(at, of_a) - b.ln_tau(at, of_b); }, from, to);
    if (found.empty()) continue;
    temperatures.push_back(found.front());
    ln_taus.push_back(b.ln_tau(found.front(), of_b));
  }
  out.share_without = 1.0 - static_cast<double>(temperatures.size()) / draws;
  if (out.share_without > 0.16) {
    out.refused = fmt::format(
        "{} and {} cross at {:.4g} K, but in {:.0f} % of {} draws from their "
        "errors they do not cross at all",
        a.name, b.name, T, 100.0 * out.share_without, draws);
    return out;
  }
  std::sort(temperatures.begin(), temperatures.end());
  std::sort(ln_taus.begin(), ln_taus.end());
  out.low = quantile_of(temperatures, 0.1587);
  out.high = quantile_of(temperatures, 0.8413);
  out.temperature = {T, 0.5 * (out.high - out.low), "K"};
  const double spread = 0.5 * (quantile_of(ln_taus, 0.8413) - quantile_of(ln_taus, 0.1587));
  out.log10_tau = {b.ln_tau(T) / std::log(10.0), spread / std::log(10.0), "1"};
  return out;
}

}  // namespace vitreous::models
