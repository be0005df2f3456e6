#include "models/nanomold/global_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::models::nanomold {
namespace {

constexpr double least_gap = 1e-3, lowest_T0 = 30.0;  // of T - T0, in the lowest temperature
constexpr double infinite = std::numeric_limits<double>::infinity();

/// All mobilities as one vector with its covariance.
struct Mobilities {
  std::vector<double> T, y;
  std::vector<bool> is_eta;
  math::Matrix covariance;
};

Mobilities gathered(const std::vector<MobilityFit>& fits) {
  Mobilities all;
  std::vector<std::pair<std::size_t, std::size_t>> origin;  // which fit, which of its two
  for (std::size_t f = 0; f < fits.size(); ++f)
    for (const std::size_t which : {0u, 1u}) {
      const auto& ln = which == 0 ? fits[f].ln_eta : fits[f].ln_delta_D;
      if (!ln) continue;
      all.T.push_back(fits[f].T);
      all.y.push_back(*ln);
      all.is_eta.push_back(which == 0);
      origin.emplace_back(f, which);
    }
  all.covariance = math::Matrix(origin.size(), origin.size());
  for (std::size_t i = 0; i < origin.size(); ++i)
    for (std::size_t j = 0; j < origin.size(); ++j)
      if (origin[i].first == origin[j].first)
        all.covariance(i, j) = fits[origin[i].first].covariance(origin[i].second, origin[j].second);
  return all;
}

/// T0 and kink; the rest is linear once they are known.
struct Corner {
  double T0 = 0.0;
  std::optional<double> kink;
};

/// The linear parameters, in their order: ln eta0, B, ln delta D0, Q_I and, with a kink, Q_glass.
struct Linear {
  double ln_eta0 = 0.0, B = 0.0, ln_delta_D0 = 0.0, Q = 0.0, Q_glass = 0.0;
};

math::Matrix linear_design(const Mobilities& m, const Corner& corner) {
  math::Matrix x(m.T.size(), corner.kink ? 5 : 4);
  for (std::size_t i = 0; i < m.T.size(); ++i) {
    if (!m.is_eta[i]) {
      x(i, 2) = 1.0;
      x(i, 3) = -1.0 / (base::boltzmann * m.T[i]);
      continue;
    }
    const bool glass = corner.kink && m.T[i] < *corner.kink;
    x(i, 0) = 1.0;
    x(i, 1) = 1.0 / ((glass ? *corner.kink : m.T[i]) - corner.T0);
    if (glass) x(i, 4) = (1.0 / m.T[i] - 1.0 / *corner.kink) / base::boltzmann;
  }
  return x;
}

math::Fit fit_at(const Mobilities& m, const Corner& corner) {
  return math::fit_generalized(linear_design(m, corner), m.y, m.covariance);
}

/// Least of f on [low, high]: the best of a grid, refined by Brent's method between its neighbors.
double least_at(const std::function<double(double)>& f, double low, double high, int grid) {
  const double step = (high - low) / grid;
  int least = 0;
  double value = infinite;
  for (int k = 0; k <= grid; ++k)
    if (const double here = f(low + k * step); here < value) least = k, value = here;
  const double center = low + least * step;
  return boost::math::tools::brent_find_minima(f, std::max(low, center - step),
                                               std::min(high, center + step), 30)
      .first;
}

/// The lowest temperature of the liquid's branch: T0 lies below it, and below the kink.
double lowest_liquid(const Mobilities& m, const std::optional<double>& kink) {
  double lowest = infinite;
  for (std::size_t i = 0; i < m.T.size(); ++i)
    if (m.is_eta[i] && (!kink || m.T[i] >= *kink)) lowest = std::min(lowest, m.T[i]);
  return kink ? std::min(lowest, *kink) : lowest;
}

Corner best_T0(const Mobilities& m, const std::optional<double>& kink) {
  const double lowest = lowest_liquid(m, kink);
  const auto T0_of = [&](double ln_gap) { return lowest - std::exp(ln_gap); };
  const auto chi_squared = [&](double ln_gap) {
    return fit_at(m, {T0_of(ln_gap), kink}).chi_squared;
  };
  // Above zero kelvin.
  const double ln_gap =
      least_at(chi_squared, std::log(least_gap * lowest), std::log(0.9999 * lowest), 40);
  return {T0_of(ln_gap), kink};
}

/// How many temperatures with eta lie below the kink, and how many do not.
std::pair<std::size_t, std::size_t> parted(const Mobilities& m, double kink) {
  std::size_t below = 0, above = 0;
  for (std::size_t i = 0; i < m.T.size(); ++i)
    if (m.is_eta[i]) ++(m.T[i] < kink ? below : above);
  return {below, above};
}

Corner best_corner(const Mobilities& m, const GlobalFitOptions& options) {
  if (options.kink == KinkChoice::none) return best_T0(m, {});
  if (options.kink == KinkChoice::given) return best_T0(m, options.kink_T);
  std::vector<double> T;
  for (std::size_t i = 0; i < m.T.size(); ++i)
    if (m.is_eta[i]) T.push_back(m.T[i]);
  std::sort(T.begin(), T.end());
  // Two temperatures below it at least, three not below; chi^2 is smooth between two of them.
  Corner best;
  double value = infinite;
  for (std::size_t k = 2; k + 3 <= T.size(); ++k) {
    const auto chi_squared = [&](double kink) { return fit_at(m, best_T0(m, kink)).chi_squared; };
    const double inside = 1e-9 * (T[k] - T[k - 1]);
    const double kink = least_at(chi_squared, T[k - 1] + inside, T[k], 3);
    if (const double here = chi_squared(kink); here < value) value = here, best = best_T0(m, kink);
  }
  return best;
}

Linear linear_of(const math::Fit& fit) {
  const auto& p = fit.parameters;
  return {p[0], p[1], p[2], p[3], p.size() > 4 ? p[4] : 0.0};
}

/// The derivative of the mobilities by the linear parameters, T0 and, where it is free, the kink.
math::Matrix derivative(const Mobilities& m, const Corner& corner, const Linear& at,
                        bool kink_is_free) {
  const auto linear = linear_design(m, corner);
  math::Matrix x(linear.rows, linear.columns + 1 + (kink_is_free ? 1 : 0));
  for (std::size_t i = 0; i < linear.rows; ++i) {
    for (std::size_t j = 0; j < linear.columns; ++j) x(i, j) = linear(i, j);
    if (!m.is_eta[i]) continue;
    const bool glass = corner.kink && m.T[i] < *corner.kink;
    const double gap = (glass ? *corner.kink : m.T[i]) - corner.T0;
    x(i, linear.columns) = at.B / (gap * gap);
    if (glass && kink_is_free)
      x(i, linear.columns + 1) =
          -at.B / (gap * gap) + at.Q_glass / (base::boltzmann * *corner.kink * *corner.kink);
  }
  return x;
}

/// Gauss and Newton on T0 and kink with the rest at their best, as long as chi^2 falls.
Corner polished(const Mobilities& m, Corner corner, bool kink_is_free) {
  auto fit = fit_at(m, corner);
  for (int iteration = 0; iteration < 30; ++iteration) {
    const auto x = derivative(m, corner, linear_of(fit), kink_is_free);
    const std::size_t at = linear_design(m, corner).columns;
    const auto step = math::fit_generalized(x, fit.residuals, m.covariance).parameters;
    Corner next = corner;
    next.T0 += step[at];
    if (kink_is_free) *next.kink += step[at + 1];
    const double top = lowest_liquid(m, next.kink);
    if (!(next.T0 > 0.0 && next.T0 < top)) break;
    if (kink_is_free && parted(m, *next.kink) != parted(m, *corner.kink)) break;
    const auto found = fit_at(m, next);
    if (!(found.chi_squared <= fit.chi_squared)) break;
    const bool arrived = std::abs(next.T0 - corner.T0) < 1e-13 * corner.T0;
    corner = next;
    fit = found;
    if (arrived) break;
  }
  return corner;
}

std::string temperatures(std::size_t n) {
  return fmt::format("{} temperature{}", n, n == 1 ? "" : "s");
}

void require_enough(const Mobilities& m, const GlobalFitOptions& options) {
  const auto diffusing =
      static_cast<std::size_t>(std::count(m.is_eta.begin(), m.is_eta.end(), false));
  const std::size_t flowing = m.T.size() - diffusing;
  if (diffusing < 2)
    throw base::InputError(
        fmt::format("{} with delta D_I, 2 needed for an Arrhenius law", temperatures(diffusing)),
        "thin wires, below d_c, tell it");
  if (options.kink == KinkChoice::free && flowing < 5)
    throw base::InputError(
        fmt::format("{} with eta, 5 needed to find the kink: three above it and two below",
                    temperatures(flowing)),
        {}, {"--kink \"287 C\": the kink as known", "--kink none: all of them are of the liquid"});
  const auto [below, above] = options.kink == KinkChoice::given
                                  ? parted(m, options.kink_T)
                                  : std::pair{std::size_t{1}, flowing};
  if (above < 3)
    throw base::InputError(
        fmt::format("{} with eta of the liquid, 3 needed for Vogel-Fulcher-Tammann's law",
                    temperatures(above)),
        "thick wires, above d_c, tell it");
  if (below < 1)
    throw base::InputError(
        fmt::format("no temperature below the kink, {:.2f} C, gives eta", options.kink_T - 273.15),
        {}, {"--kink none: all temperatures are of the liquid"});
}

/// T0 has no 68 % interval where chi^2 stays within 1 of its least up to an end of the range.
void require_T0(const Mobilities& m, const Corner& corner, double chi_squared) {
  const double lowest = lowest_liquid(m, corner.kink);
  const auto rise = [&](double T0) {
    return fit_at(m, {T0, corner.kink}).chi_squared - chi_squared;
  };
  const double far = -lowest_T0 * lowest, near = lowest - least_gap * lowest;
  for (const double end : {far, near})
    if (!(rise(end) > 1.0))
      throw base::InputError(
          fmt::format(
              "T0 is not determined: its 68 % interval has no {} end (least squares: {:.4g} K)",
              end == far ? "lower" : "upper", corner.T0),
          "the viscosities lie too close in temperature, are too uncertain, or follow no such law",
          corner.kink ? std::vector<std::string>{} : std::vector<std::string>{"--kink free"});
}

}  // namespace

GlobalFit fit_globally(const std::vector<MobilityFit>& fits, const Parameters& assumed,
                       const GlobalFitOptions& options) {
  const auto all = gathered(fits);
  require_enough(all, options);
  const bool kink_is_free = options.kink == KinkChoice::free;
  const auto corner = polished(all, best_corner(all, options), kink_is_free);
  const auto linear = fit_at(all, corner);
  require_T0(all, corner, linear.chi_squared);
  const auto p = linear_of(linear);
  const auto full = math::fit_generalized(derivative(all, corner, p, kink_is_free),
                                          linear.residuals, all.covariance);
  GlobalFit result;
  auto& best = result.parameters.best = assumed;
  best.viscosity = {p.ln_eta0, p.B, corner.T0, {}};
  best.interface.ln_delta_D0 = p.ln_delta_D0;
  best.interface.Q = p.Q;
  auto& names = result.parameters.names;
  names = {"viscosity.ln_eta0", "viscosity.B", "interface.ln_delta_D0", "interface.Q"};
  if (corner.kink) {
    best.viscosity.glass = GlassBranch{*corner.kink, p.Q_glass};
    names.push_back("viscosity.Q_glass");
  }
  names.push_back("viscosity.T0");
  if (kink_is_free) names.push_back("viscosity.kink");
  result.parameters.covariance = full.covariance;
  result.chi_squared = linear.chi_squared;
  result.degrees = double(all.T.size()) - double(names.size());
  math::Fit tested;
  tested.errors_known = true;
  tested.chi_squared = result.chi_squared;
  tested.degrees = result.degrees;
  result.lack_of_fit = tested.lack_of_fit();
  return result;
}

}  // namespace vitreous::models::nanomold
