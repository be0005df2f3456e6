#include "models/nanomold/composition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::models::nanomold {
namespace {

constexpr double largest_ratio = 100.0;

/// What is shot for: kappa and h(0).
struct Aim {
  double kappa = 0.0, h = 0.0;
};

/// What has been integrated up to a zeta: Y, h and int g.
using State = std::array<double, 3>;

State slope(double zeta, const State& s, double r, double kappa) {
  const double Y = s[0], D = r * Y + 1.0 - Y;
  const double dY = kappa / r * (r * Y - D * (zeta * Y + s[1]));
  return {dY, -Y, (kappa + (r - 1.0) * dY) / D};
}

State advanced(const State& s, const State& by, double factor) {
  return {s[0] + factor * by[0], s[1] + factor * by[1], s[2] + factor * by[2]};
}

/// From root to tip; `profile` takes Y at every step where it is given.
State shoot(const CompositionInput& in, double r, const Aim& aim, int steps,
            std::vector<double>* profile = nullptr) {
  const double step = 1.0 / steps;
  State s = {in.root, aim.h, 0.0};
  if (profile) profile->push_back(s[0]);
  for (int k = 0; k < steps; ++k) {
    const double zeta = k * step;
    const State a = slope(zeta, s, r, aim.kappa);
    const State b = slope(zeta + 0.5 * step, advanced(s, a, 0.5 * step), r, aim.kappa);
    const State c = slope(zeta + 0.5 * step, advanced(s, b, 0.5 * step), r, aim.kappa);
    const State d = slope(zeta + step, advanced(s, c, step), r, aim.kappa);
    for (std::size_t i = 0; i < 3; ++i)
      s[i] += step / 6.0 * (a[i] + 2.0 * b[i] + 2.0 * c[i] + d[i]);
    if (profile) profile->push_back(s[0]);
  }
  return s;
}

/// How far a shot misses: h(1) = 0 and int g = Pe.
std::array<double, 2> miss(const CompositionInput& in, double r, const Aim& aim, int steps) {
  const State end = shoot(in, r, aim, steps);
  return {end[1], end[2] - in.peclet};
}

/// Newton's method from a near aim; nothing where it does not arrive.
std::optional<Aim> corrected(const CompositionInput& in, double r, Aim aim, int steps) {
  for (int iteration = 0; iteration < 30; ++iteration) {
    const auto f = miss(in, r, aim, steps);
    const double a = 1e-6 * std::max(aim.kappa, 1e-3), b = 1e-6;
    const auto right = miss(in, r, {aim.kappa + a, aim.h}, steps);
    const auto left = miss(in, r, {aim.kappa - a, aim.h}, steps);
    const auto above = miss(in, r, {aim.kappa, aim.h + b}, steps);
    const auto below = miss(in, r, {aim.kappa, aim.h - b}, steps);
    const double j00 = (right[0] - left[0]) / (2.0 * a), j01 = (above[0] - below[0]) / (2.0 * b);
    const double j10 = (right[1] - left[1]) / (2.0 * a), j11 = (above[1] - below[1]) / (2.0 * b);
    const double determinant = j00 * j11 - j01 * j10;
    const double kappa_step = (j11 * f[0] - j01 * f[1]) / determinant;
    const double h_step = (j00 * f[1] - j10 * f[0]) / determinant;
    if (!std::isfinite(kappa_step) || !std::isfinite(h_step)) return {};
    aim.kappa -= kappa_step;
    aim.h -= h_step;
    if (std::abs(kappa_step) < 1e-12 * aim.kappa && std::abs(h_step) < 1e-12) return aim;
  }
  return {};
}

void require_input(const CompositionInput& in) {
  if (!(in.root > 0.0 && in.root < 1.0))
    throw base::InputError(
        fmt::format("the share at the root is {:g}, and lies between 0 and 1", in.root));
  if (!(in.ratio >= 1.0 / largest_ratio && in.ratio <= largest_ratio))
    throw base::InputError(
        fmt::format("the ratio of diffusivities is {:g}, and lies between {:g} "
                    "and {:g}",
                    in.ratio, 1.0 / largest_ratio, largest_ratio));
  if (!(in.peclet > 0.0) || !(in.peclet < 50.0))
    throw base::InputError(
        fmt::format("Pe = p Omega/(kB T) is {:g}, and lies between 0 and 50", in.peclet));
}

}  // namespace

double molding_peclet(double p, double atomic_volume, double T) {
  return p * atomic_volume / (base::boltzmann_J_per_K * T);
}

double CompositionProfile::at(double where) const {
  const auto last = static_cast<double>(share.size() - 1);
  // Lagrange's cubic through the four nearest points.
  const double at = std::clamp(where, 0.0, 1.0) * last;
  const auto first = static_cast<std::size_t>(std::clamp(std::floor(at) - 1.0, 0.0, last - 3.0));
  double sum = 0.0;
  for (std::size_t i = 0; i < 4; ++i) {
    double weight = 1.0;
    for (std::size_t j = 0; j < 4; ++j)
      if (j != i) weight *= (at - double(first + j)) / (double(i) - double(j));
    sum += weight * share[first + i];
  }
  return sum;
}

CompositionProfile composition_profile(const CompositionInput& in, int steps) {
  require_input(in);
  // Known at r = 1, where nothing changes along the wire; from there in steps of ln r, each aimed
  // along the line of the two before.
  Aim before{in.peclet, in.root}, aim = before;
  double done = 0.0, stride = 0.1;
  double previous_stride = 0.0;
  const double goal = std::log(in.ratio), direction = goal < 0.0 ? -1.0 : 1.0;
  while (done != goal) {
    double next = done + direction * stride;
    if ((goal - next) * direction < 1e-9) next = goal;
    const double share = previous_stride > 0.0 ? std::abs(next - done) / previous_stride : 0.0;
    const Aim guess{aim.kappa + share * (aim.kappa - before.kappa),
                    aim.h + share * (aim.h - before.h)};
    const auto found = corrected(in, std::exp(next), guess, steps);
    if (!found) {
      stride *= 0.5;
      if (stride < 1e-4)
        throw base::RunError(fmt::format(
            "the composition profile does not converge beyond a ratio of {:.4g}", std::exp(done)));
      continue;
    }
    previous_stride = std::abs(next - done);
    before = aim;
    aim = *found;
    done = next;
  }
  CompositionProfile profile;
  profile.input = in;
  profile.kappa = aim.kappa;
  shoot(in, in.ratio, aim, steps, &profile.share);
  for (int k = 0; k <= steps; ++k) profile.zeta.push_back(double(k) / steps);
  profile.mean = aim.h;  // h(0) = int_0^1 Y
  return profile;
}

double ratio_of_tip(double tip, double root, double peclet) {
  if (!(tip > root && tip < 1.0))
    throw base::InputError(fmt::format(
        "the share at the tip is {:g}, and lies between that at the root, {:g}, and 1", tip, root));
  const auto excess = [&](double ln_ratio) {
    return composition_profile({root, std::exp(ln_ratio), peclet}).tip() - tip;
  };
  double low = 0.0, high = 0.5;
  while (excess(high) < 0.0) {
    low = high;
    high += 0.5;
    if (high > std::log(largest_ratio))
      throw base::InputError(
          fmt::format("no ratio of diffusivities up to {:g} brings the tip to {:g}", largest_ratio,
                      tip),
          fmt::format("Pe = {:.4g} is too small for that", peclet));
  }
  std::uintmax_t iterations = 100;
  const auto ends = boost::math::tools::toms748_solve(
      excess, low, high, boost::math::tools::eps_tolerance<double>(40), iterations);
  return std::exp(0.5 * (ends.first + ends.second));
}

double first_order_share(const CompositionInput& in, double zeta) {
  const double s = std::sqrt(0.5 * in.peclet);
  return in.root + (in.ratio - 1.0) * in.root * (1.0 - in.root) * std::sqrt(std::numbers::pi) * s *
                       (std::erf(s) - std::erf((1.0 - zeta) * s));
}

double share_without_exchange(const CompositionInput& in) {
  require_input(in);
  const double e = std::exp(in.peclet);
  // y ((1 - x0) e - 1 + y) = r (x0 e - y)(1 - y): a quadratic with one root in (0, 1).
  const double a = 1.0 - in.ratio;
  const double b = (1.0 - in.root) * e - 1.0 + in.ratio * (in.root * e + 1.0);
  const double c = -in.ratio * in.root * e;
  // The root that stays finite as a -> 0, written without cancellation.
  return -2.0 * c / (b + std::sqrt(b * b - 4.0 * a * c));
}

}  // namespace vitreous::models::nanomold
