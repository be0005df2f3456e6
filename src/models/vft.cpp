#include "models/vft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

#include "base/constants.hpp"
#include "math/statistics.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"
#include "models/vft_profile.hpp"

namespace vitreous::models {
namespace {

std::vector<std::string> names_of(const Prefactor& prefactor) {
  return {"T0", "B", "kB_B", "strength", "ln_" + prefactor.name};
}

std::string too_few(const std::vector<Point>& points) {
  std::set<double> temperatures;
  for (const auto& point : points) temperatures.insert(point.x);
  if (points.size() < 4)
    return fmt::format("{} usable point{}, 4 needed for three parameters with an error",
                       points.size(), points.size() == 1 ? "" : "s");
  if (temperatures.size() < 4)
    return fmt::format("the {} usable points are at {} temperatures, 4 needed", points.size(),
                       temperatures.size());
  return {};
}

/// Why the points do not determine T0; empty where they do.
std::string undetermined(const VftProfile& profile, const VftParameters& best, double rise) {
  if (!(best.B > 0.0)) return "the best fit has no positive B: cooling does not slow it down";
  const std::string found = fmt::format("(least squares: {:.4g} K)", best.T0);
  if (profile.limit_below() - best.chi_squared <= rise)
    return "T0 is not determined: its 68 % interval is unbounded below " + found;
  if (profile.limit_at_lowest() - best.chi_squared <= rise)
    return fmt::format(
        "T0 is not determined: its 68 % interval reaches the lowest temperature, "
        "{:g} K {}",
        profile.lowest_temperature(), found);
  return {};
}

/// The derivative of ln y by {ln y0, B, T0} at the best fit.
math::Matrix jacobian(const VftParameters& best, const Observations& logs, double sign) {
  math::Matrix design(logs.x.size(), 3);
  for (std::size_t i = 0; i < logs.x.size(); ++i) {
    const double gap = logs.x[i] - best.T0;
    design(i, 0) = 1.0;
    design(i, 1) = sign / gap;
    design(i, 2) = sign * best.B / (gap * gap);
  }
  return design;
}

/// By how much the variance of a parameter is wider in `wide` than in `narrow`.
double widening(VftParameter parameter, const VftParameters& best, const math::Matrix& wide,
                const math::Matrix& narrow) {
  std::array<double, 3> gradient{};
  if (parameter == VftParameter::ln_y0) gradient[0] = 1.0;
  if (parameter == VftParameter::B) gradient[1] = 1.0;
  if (parameter == VftParameter::T0) gradient[2] = 1.0;
  if (parameter == VftParameter::strength)
    gradient = {0.0, 1.0 / best.T0, -best.B / (best.T0 * best.T0)};
  double top = 0.0, bottom = 0.0;
  for (std::size_t j = 0; j < 3; ++j)
    for (std::size_t k = 0; k < 3; ++k) {
      top += gradient[j] * gradient[k] * wide(j, k);
      bottom += gradient[j] * gradient[k] * narrow(j, k);
    }
  return top / bottom;
}

math::Fit linearized(const VftParameters& best, const Observations& logs, double sign) {
  const auto model = [&](std::span<const double> p) {
    std::vector<double> ln_y;
    for (const double T : logs.x) ln_y.push_back(p[0] + sign * p[1] / (T - p[2]));
    return ln_y;
  };
  return math::fit_nonlinear(model, std::vector{best.ln_y0, best.B, best.T0}, logs.y, logs.errors);
}

std::vector<double> estimate(const std::vector<Point>& points, double sign,
                             const std::string& weights) {
  const auto best = VftProfile(logarithms(points, weights), sign).best();
  return {best.ln_y0, best.B, best.T0, best.strength()};
}

/// One fit on its way to being reported.
struct VftFit {
  Prefactor prefactor;
  std::string state;
  VftParameters best;
  Interval T0_interval;
  /// Of chi^2 at the ends of a parameter's 68 % interval.
  std::function<double(VftParameter)> rise;
  math::Matrix covariance;
  std::size_t replicas;
  std::map<std::string, std::string> how;
  std::string lack_of_fit;
};

core::Reported report_parameter(const VftFit& fit, const VftProfile& profile,
                                const std::string& name, VftParameter parameter, double value,
                                double jackknifed, double factor, const std::string& unit) {
  const auto interval = profile.interval(parameter, fit.best, fit.rise(parameter));
  core::Reported reported;
  if (parameter == VftParameter::strength && !(fit.T0_interval.low > 0.0))
    reported =
        core::Reported::refused(name, "the interval of T0 reaches 0 K, where B/T0 has no bound");
  else if (!interval)
    reported = core::Reported::refused(name, fmt::format("the interval of {} is unbounded", name));
  reported.how = fit.how;
  if (reported.status == core::Status::refused) return reported;
  reported.name = name;
  const double half_width = 0.5 * (interval->high - interval->low);
  reported.measured =
      core::Measured{factor * value, factor * (fit.replicas > 0 ? jackknifed : half_width), unit};
  reported.reason = fit.lack_of_fit;
  reported.state = fit.state;
  reported.how["interval_68"] = fmt::format("{:.6g} to {:.6g}{}", factor * interval->low,
                                            factor * interval->high, unit == "1" ? "" : " " + unit);
  if (parameter == VftParameter::T0 && interval->low <= 0.0 && reported.reason.empty())
    reported.reason = "its interval reaches 0 K: Arrhenius' law describes these points as well";
  return reported;
}

core::Result report_all(const VftFit& fit, const VftProfile& profile) {
  const auto& best = fit.best;
  const auto sd = [&](std::size_t k) { return std::sqrt(fit.covariance(k, k)); };
  const double strength_sd = fit.replicas > 0 ? sd(3) : 0.0;
  core::Result result;
  using enum VftParameter;
  result.quantities = {
      report_parameter(fit, profile, "T0", T0, best.T0, sd(2), 1.0, "K"),
      report_parameter(fit, profile, "B", B, best.B, sd(1), 1.0, "K"),
      report_parameter(fit, profile, "kB_B", B, best.B, sd(1), base::boltzmann, "eV"),
      report_parameter(fit, profile, "strength", strength, best.strength(), strength_sd, 1.0, "1"),
      report_parameter(fit, profile, "ln_" + fit.prefactor.name, ln_y0, best.ln_y0, sd(0), 1.0,
                       "1"),
  };
  return result;
}

Prediction prediction(const VftFit& fit) {
  return [fit](double T) {
    const double sign = fit.prefactor.sign, gap = T - fit.best.T0;
    const double gradient[] = {1.0, sign / gap, sign * fit.best.B / (gap * gap)};
    double variance = 0.0;
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k)
        variance += gradient[j] * fit.covariance(j, k) * gradient[k];
    return std::pair{fit.best.ln_y0 + sign * fit.best.B / gap, std::sqrt(std::max(variance, 0.0))};
  };
}

}  // namespace

core::Declaration vft_declaration() {
  return {"vft",
          "The super-Arrhenius slowing down of a liquid",
          "ln D = ln D0 - B/(T - T0); times and viscosities with the other sign",
          logarithmic_fit_options(),
          {{"temperature", "K", "where the fit is evaluated"},
           {"D", "m^2/s", "the fitted quantity, with the error that the covariance gives it"}},
          {{"T0", "K", "temperature at which the law diverges"},
           {"B", "K", "numerator of the exponent"},
           {"kB_B", "eV", "B as an energy"},
           {"strength", "1", "B/T0: large for strong liquids, small for fragile ones"},
           {"ln_D0", "1", "logarithm of the prefactor in m^2/s (ps, Pa s)"}},
          "H. Vogel, Phys. Z. 22, 645 (1921); G. S. Fulcher, J. Am. Ceram. Soc. 8, 339 (1925); "
          "G. Tammann and W. Hesse, Z. anorg. allg. Chem. 156, 245 (1926)"};
}

core::Result fit_vft(const FitInput& input, const core::Options& options) {
  const auto prefactor = prefactor_of(input);
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = usable_points(in_unit(input, prefactor.unit), state, Domain::positive);
  const auto& points = usable.input.points;
  if (const auto why = too_few(points); !why.empty())
    return refuse_all(names_of(prefactor), why, usable);

  const auto logs = logarithms(points, weights);
  const VftProfile profile(logs, prefactor.sign);
  const auto best = profile.best();
  const double degrees = static_cast<double>(points.size()) - 3.0;
  const double student = math::student_factor(degrees);
  const double rise = logs.errors.empty() ? best.chi_squared / degrees * student * student : 1.0;
  if (const auto why = undetermined(profile, best, rise); !why.empty())
    return refuse_all(names_of(prefactor), why, usable);
  const auto fit = linearized(best, logs, prefactor.sign);
  const auto design = jacobian(best, logs, prefactor.sign);
  const auto widened =
      logs.errors.empty() ? fit.covariance : covariance_of_uncertain_weights(fit, design, logs);
  const auto rise_of = [rise, best, widened, narrow = fit.covariance](VftParameter parameter) {
    return rise * widening(parameter, best, widened, narrow);
  };
  const double T0_rise = rise_of(VftParameter::T0);
  if (const auto why = undetermined(profile, best, T0_rise); !why.empty())
    return refuse_all(names_of(prefactor), why, usable);
  const auto T0_interval = profile.interval(VftParameter::T0, best, T0_rise);
  if (!T0_interval)
    return refuse_all(names_of(prefactor), "T0 is not determined: its interval has no end", usable);
  const auto errors =
      parameter_errors(fit, design, points, logs, [&](const std::vector<Point>& resampled) {
        return estimate(resampled, prefactor.sign, weights);
      });
  VftFit found{prefactor,
               state,
               best,
               *T0_interval,
               rise_of,
               errors.covariance,
               shared_replicas(points),
               how_fitted(usable, logs.weighting, fit),
               doubts_text(usable, fit)};
  found.how["error"] = found.replicas > 0
                           ? errors.how
                           : "half the width of the profile-likelihood interval, " + errors.how;
  found.how["covariance"] = covariance_text(errors.covariance, {"ln_" + prefactor.name, "B", "T0"});
  found.how["correlation"] =
      fmt::format("B and T0 {:.4f}, ln_{} and B {:.4f}", fit.correlation(1, 2), prefactor.name,
                  fit.correlation(0, 1));
  auto result = report_all(found, profile);
  result.tables = prediction_tables("vft", usable, prediction(found));
  return result;
}

}  // namespace vitreous::models
