#include "models/arrhenius.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

/// Of ln y by {Q, ln y0}.
math::Matrix design_of(const Observations& logs, double sign) {
  math::Matrix design(logs.x.size(), 2);
  for (std::size_t i = 0; i < logs.x.size(); ++i) {
    design(i, 0) = sign / (base::boltzmann * logs.x[i]);
    design(i, 1) = 1.0;
  }
  return design;
}

/// Parameters {Q, ln y0}.
math::Fit fit_points(const Observations& logs, double sign) {
  return math::fit_linear(design_of(logs, sign), logs.y, logs.errors);
}

/// Why no line can be had from these points; empty where one can.
std::string objection_to(const std::vector<Point>& points) {
  if (points.size() < 3)
    return fmt::format("{} usable point{}, 3 needed for a line with an error", points.size(),
                       points.size() == 1 ? "" : "s");
  const bool one_temperature =
      std::all_of(points.begin(), points.end(), [&](auto& p) { return p.x == points.front().x; });
  if (one_temperature)
    return fmt::format("all {} usable points are at {:g} K", points.size(), points.front().x);
  return {};
}

core::Reported report(const std::string& name, core::Measured measured,
                      const std::string& lack_of_fit, const std::string& state,
                      const std::map<std::string, std::string>& how) {
  core::Reported reported;
  reported.name = name;
  reported.measured = std::move(measured);
  reported.reason = lack_of_fit;
  reported.state = state;
  reported.how = how;
  return reported;
}

}  // namespace

core::Declaration arrhenius_declaration() {
  return {"arrhenius",
          "An activated quantity: its logarithm is a line in 1/T",
          "ln D = ln D0 - Q/(kB T); times and viscosities with the other sign",
          logarithmic_fit_options(),
          {{"temperature", "K", "where the fit is evaluated"},
           {"D", "m^2/s", "the fitted quantity, with the error that the covariance gives it"}},
          {{"Q", "eV", "activation energy"},
           {"ln_D0", "1", "logarithm of the prefactor in m^2/s (ps, Pa s)"},
           {"D0", "m^2/s", "prefactor"}},
          "S. Arrhenius, Z. Phys. Chem. 4, 226 (1889)"};
}

core::Result fit_arrhenius(const FitInput& input, const core::Options& options) {
  const auto prefactor = prefactor_of(input);
  const std::string ln_name = "ln_" + prefactor.name;
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = usable_points(in_unit(input, prefactor.unit), state, Domain::positive);
  const auto& points = usable.input.points;
  if (const auto why = objection_to(points); !why.empty())
    return refuse_all({"Q", ln_name, prefactor.name}, why, usable);

  const auto logs = logarithms(points, weights);
  const auto fit = fit_points(logs, prefactor.sign);
  const auto errors = parameter_errors(
      fit, design_of(logs, prefactor.sign), points, logs, [&](const std::vector<Point>& resampled) {
        return fit_points(logarithms(resampled, weights), prefactor.sign).parameters;
      });
  const auto& covariance = errors.covariance;
  auto how = how_fitted(usable, logs.weighting, fit);
  how["error"] = errors.how;
  how["covariance"] = covariance_text(covariance, {"Q", ln_name});

  const double Q = fit.parameters[0], ln_y0 = fit.parameters[1];
  const double Q_error = std::sqrt(covariance(0, 0)), ln_error = std::sqrt(covariance(1, 1));
  const std::string doubts = doubts_text(usable, fit);
  core::Result result;
  result.quantities = {
      report("Q", {Q, Q_error, "eV"}, doubts, state, how),
      report(ln_name, {ln_y0, ln_error, "1"}, doubts, state, how),
      report(prefactor.name, {std::exp(ln_y0), std::exp(ln_y0) * ln_error, prefactor.unit}, doubts,
             state, how),
  };
  result.tables = prediction_tables("arrhenius", usable, [&](double T) {
    const double slope = prefactor.sign / (base::boltzmann * T);
    const double variance =
        slope * slope * covariance(0, 0) + 2.0 * slope * covariance(0, 1) + covariance(1, 1);
    return std::pair{slope * Q + ln_y0, std::sqrt(std::max(variance, 0.0))};
  });
  return result;
}

}  // namespace vitreous::models
