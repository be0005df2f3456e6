#include "models/kink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/constants.hpp"
#include "math/statistics.hpp"
#include "models/kink_profile.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

constexpr int simulations = 999;

std::vector<std::string> kink_names(const Prefactor& prefactor) {
  return {"T_k", "Q_hot", "Q_cold", "ln_" + prefactor.name + "_hot",
          "ln_" + prefactor.name + "_cold"};
}

std::string too_few_for_two(const std::vector<Point>& points) {
  std::set<double> temperatures;
  for (const auto& point : points) temperatures.insert(point.x);
  if (points.size() < 5)
    return fmt::format("{} usable point{}, 5 needed for two branches with errors", points.size(),
                       points.size() == 1 ? "" : "s");
  if (temperatures.size() < 4)
    return fmt::format("the {} usable points are at {} temperatures, 4 needed", points.size(),
                       temperatures.size());
  return {};
}

/// ln D0 of a branch: ln_y_k - sign Q/(kB T_k).
double ln_y0(const KinkParameters& p, double Q, double sign) {
  return p.ln_y_k - sign * Q / (base::boltzmann * p.T_k);
}

/// T_k, Q_hot, Q_cold and the two ln D0.
std::vector<double> all_of(const KinkParameters& p, double sign) {
  return {p.T_k, p.Q_hot, p.Q_cold, ln_y0(p, p.Q_hot, sign), ln_y0(p, p.Q_cold, sign)};
}

/// The derivative of ln y(T) by {ln_y_k, Q_hot, Q_cold, T_k}.
std::array<double, 4> gradient(const KinkParameters& p, double T, double sign) {
  const double s = sign / base::boltzmann, du = s * (1.0 / T - 1.0 / p.T_k);
  const bool hot = T > p.T_k;
  return {1.0, hot ? du : 0.0, hot ? 0.0 : du, s * (hot ? p.Q_hot : p.Q_cold) / (p.T_k * p.T_k)};
}

double ln_y(const KinkParameters& p, double T, double sign) {
  const double Q = T > p.T_k ? p.Q_hot : p.Q_cold;
  return p.ln_y_k + sign * Q / base::boltzmann * (1.0 / T - 1.0 / p.T_k);
}

math::Matrix kink_design(const KinkParameters& p, const Observations& logs, double sign) {
  math::Matrix design(logs.x.size(), 4);
  for (std::size_t i = 0; i < logs.x.size(); ++i) {
    const auto row = gradient(p, logs.x[i], sign);
    for (std::size_t k = 0; k < 4; ++k) design(i, k) = row[k];
  }
  return design;
}

/// The fit linearized_kink at its optimum, with the four parameters' covariance.
math::Fit linearized_kink(const KinkParameters& p, const math::Matrix& design,
                          const Observations& logs, double sign) {
  std::vector<double> residuals;
  for (std::size_t i = 0; i < logs.x.size(); ++i)
    residuals.push_back(logs.y[i] - ln_y(p, logs.x[i], sign));
  return math::fit_linear(design, residuals, logs.errors);
}

double variance_along(const std::array<double, 4>& g, const math::Matrix& covariance) {
  double variance = 0.0;
  for (std::size_t j = 0; j < 4; ++j)
    for (std::size_t k = 0; k < 4; ++k) variance += g[j] * covariance(j, k) * g[k];
  return std::max(variance, 0.0);
}

/// By {ln_y_k, Q_hot, Q_cold, T_k}: the gradients of what `all_of` lists.
std::vector<std::array<double, 4>> gradients(const KinkParameters& p, double sign) {
  const double by_Q = -sign / (base::boltzmann * p.T_k);
  return {{0.0, 0.0, 0.0, 1.0},
          {0.0, 1.0, 0.0, 0.0},
          {0.0, 0.0, 1.0, 0.0},
          {1.0, by_Q, 0.0, -by_Q * p.Q_hot / p.T_k},
          {1.0, 0.0, by_Q, -by_Q * p.Q_cold / p.T_k}};
}

/// The central 68.27 % of simulated fits, for each of `all_of`.
std::vector<std::pair<double, double>> spreads(const std::vector<KinkParameters>& fits,
                                               double sign) {
  std::vector<std::vector<double>> values(5);
  for (const auto& fit : fits) {
    const auto all = all_of(fit, sign);
    for (std::size_t k = 0; k < values.size(); ++k) values[k].push_back(all[k]);
  }
  std::vector<std::pair<double, double>> out;
  for (auto& column : values) {
    std::sort(column.begin(), column.end());
    const auto last = static_cast<double>(column.size() - 1);
    out.emplace_back(column[static_cast<std::size_t>(0.15866 * last)],
                     column[static_cast<std::size_t>(0.84134 * last)]);
  }
  return out;
}

/// "" where branches are in two.
std::string shared_state(const std::vector<Point>& points) {
  const auto& first = points.front().state;
  return std::all_of(points.begin(), points.end(), [&](auto& p) { return p.state == first; })
             ? first
             : "";
}

}  // namespace

core::Declaration kink_declaration() {
  auto options = logarithmic_fit_options();
  options.front() = {"state",
                     core::OptionType::text,
                     "1",
                     "any",
                     "the state of the points that are fitted; any: liquid and glass together, as "
                     "a kink may be where one becomes the other",
                     {"any", "equilibrium", "glass"}};
  options.push_back({"significance",
                     core::OptionType::number,
                     "1",
                     "0.05",
                     "two branches are refused where points about one line gain as much by a joint "
                     "more often than this",
                     {}});
  return {"kink",
          "Two activated branches that meet at a temperature: a line in 1/T with a bend",
          "ln D = ln D_k - Q/kB (1/T - 1/T_k), Q = Q_hot above T_k, Q_cold below; times and "
          "viscosities with the other sign",
          options,
          {{"temperature", "K", "where the fit is evaluated"},
           {"D", "m^2/s", "the fitted quantity, with the error that the covariance gives it"}},
          {{"T_k", "K", "where the branches meet"},
           {"Q_hot", "eV", "activation energy above T_k"},
           {"Q_cold", "eV", "activation energy below T_k"},
           {"ln_D0_hot", "1", "logarithm of the prefactor above T_k, in m^2/s (ps, Pa s)"},
           {"ln_D0_cold", "1", "logarithm of the prefactor below T_k"}},
          "D. J. Hudson, J. Am. Stat. Assoc. 61, 1097 (1966)"};
}

core::Result fit_kink(const FitInput& input, const core::Options& options) {
  const auto prefactor = prefactor_of(input);
  const double sign = prefactor.sign;
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = usable_points(in_unit(input, prefactor.unit), state, Domain::positive);
  const auto& points = usable.input.points;
  const auto names = kink_names(prefactor);
  if (const auto why = too_few_for_two(points); !why.empty()) return refuse_all(names, why, usable);

  const auto logs = logarithms(points, weights);
  const KinkProfile profile(logs, sign);
  const auto best = profile.best();
  const double degrees = static_cast<double>(points.size()) - 4.0;
  const double scatter = logs.errors.empty() ? best.chi_squared / degrees : 1.0;
  const double gain = (profile.chi_squared_of_one_line() - best.chi_squared) / scatter;
  const double probability = probability_of_gain(profile, gain, simulations);
  const std::string test = fmt::format(
      "two branches lower chi^2 by {:.4g}{}; {:.3g} of {} simulations about one line gain as much",
      gain, logs.errors.empty() ? " in units of the scatter" : "", probability, simulations);
  if (!(probability <= options.number("significance")))
    return refuse_all(names, fmt::format("one line describes the points as well: {}", test),
                      usable);

  const double student = logs.errors.empty() ? math::student_factor(degrees) : 1.0;
  if (!profile.is_bounded(best, scatter * student * student))
    return refuse_all(names,
                      fmt::format("T_k is not determined: it could as well be the second hottest "
                                  "or coldest temperature (least squares: {:.4g} K)",
                                  best.T_k),
                      usable);
  const auto design = kink_design(best, logs, sign);
  const auto fit = linearized_kink(best, design, logs, sign);
  const std::size_t replicas = shared_replicas(points);
  math::Matrix jackknifed;
  if (replicas > 0)
    jackknifed = jackknife_covariance(points, [&](const std::vector<Point>& resampled) {
      return all_of(KinkProfile(logarithms(resampled, weights), sign).best(), sign);
    });
  const auto errors =
      parameter_errors(fit, design, points, logs, [&](const std::vector<Point>& resampled) {
        const auto p = KinkProfile(logarithms(resampled, weights), sign).best();
        return std::vector{p.ln_y_k, p.Q_hot, p.Q_cold, p.T_k};
      });
  auto how = how_fitted(usable, logs.weighting, fit);
  how["test"] = test;
  how["error"] = replicas > 0 ? errors.how
                              : fmt::format("half of the central 68 % of {} simulations, {}",
                                            simulations, errors.how);
  how["covariance"] = covariance_text(
      errors.covariance, {"ln_" + prefactor.name.substr(0, prefactor.name.size() - 1) + "_k",
                          "Q_hot", "Q_cold", "T_k"});

  // Points whose errors are themselves uncertain tell less than their simulation does.
  const auto widened =
      logs.errors.empty() ? fit.covariance : covariance_of_uncertain_weights(fit, design, logs);
  const auto ranges = spreads(simulated_fits(profile, best, simulations), sign);
  const auto slopes = gradients(best, sign);
  const auto values = all_of(best, sign);
  const std::vector<std::string> units = {"K", "eV", "eV", "1", "1"};
  core::Result result;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double wider =
        std::sqrt(variance_along(slopes[k], widened) / variance_along(slopes[k], fit.covariance));
    const auto [low, high] = ranges[k];
    core::Reported reported;
    reported.name = names[k];
    reported.measured = core::Measured{
        values[k],
        replicas > 0 ? std::sqrt(jackknifed(k, k)) : 0.5 * (high - low) * student * wider,
        units[k]};
    reported.reason = doubts_text(usable, fit);
    reported.state = shared_state(points);
    reported.how = how;
    result.quantities.push_back(std::move(reported));
  }
  result.tables = prediction_tables("kink", usable, [&](double T) {
    return std::pair{ln_y(best, T, sign),
                     std::sqrt(variance_along(gradient(best, T, sign), errors.covariance))};
  });
  return result;
}

}  // namespace vitreous::models
