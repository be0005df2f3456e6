#include "models/power_law.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/units.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

/// Of ln y by {ln A, n}.
math::Matrix power_design(const Observations& logs, double reference) {
  math::Matrix design(logs.x.size(), 2);
  for (std::size_t i = 0; i < logs.x.size(); ++i) {
    design(i, 0) = 1.0;
    design(i, 1) = std::log(logs.x[i] / reference);
  }
  return design;
}

math::Fit fit_power(const Observations& logs, double reference) {
  return math::fit_linear(power_design(logs, reference), logs.y, logs.errors);
}

/// Those whose x has a logarithm.
UsablePoints with_positive_x(UsablePoints usable) {
  std::erase_if(usable.input.points, [&](const Point& point) {
    if (point.x > 0.0) return false;
    usable.left_out.push_back(
        fmt::format("{}   {} is not positive", label(point), usable.input.x_name));
    usable.missing.push_back(label(point));
    return true;
  });
  return usable;
}

std::string no_power(const FitInput& input) {
  const auto& points = input.points;
  if (points.size() < 3)
    return fmt::format("{} usable point{}, 3 needed for a line with an error", points.size(),
                       points.size() == 1 ? "" : "s");
  if (std::all_of(points.begin(), points.end(), [&](auto& p) { return p.x == points.front().x; }))
    return fmt::format("all {} usable points are at one {}", points.size(), input.x_name);
  return {};
}

double reference_of(const FitInput& input, const core::Options& options) {
  if (options.has("reference")) {
    const double told = base::quantity_in(options.text("reference"), input.x_unit);
    if (!(told > 0.0))
      throw base::InputError(
          fmt::format("reference: \"{}\" is not positive", options.text("reference")));
    return told;
  }
  double sum = 0.0;
  for (const auto& point : input.points) sum += std::log(point.x);
  return std::exp(sum / static_cast<double>(input.points.size()));
}

}  // namespace

core::Declaration power_law_declaration() {
  auto options = logarithmic_fit_options();
  options.push_back(
      {"reference",
       core::OptionType::text,
       "1",
       "automatic",
       "the x0 at which the amplitude is told, with its unit; by default the geometric "
       "mean of the points' x",
       {}});
  return {"power_law",
          "A quantity that scales with a power of another",
          "y = A (x/x0)^n",
          options,
          {{"x", "any", "what was varied: a diameter, a time, a rate"},
           {"y", "any", "the fitted quantity, with the error that the covariance gives it"}},
          {{"exponent", "1", "n"}, {"amplitude", "any", "A, the value at x0; in the unit of y"}},
          "linear least squares in the logarithms"};
}

core::Result fit_power_law(const FitInput& input, const core::Options& options) {
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = with_positive_x(usable_points(input, state, Domain::positive));
  const auto& points = usable.input.points;
  if (const auto why = no_power(usable.input); !why.empty())
    return refuse_all({"exponent", "amplitude"}, why, usable);

  const double reference = reference_of(usable.input, options);
  const auto logs = logarithms(points, weights);
  const auto fit = fit_power(logs, reference);
  const auto errors = parameter_errors(
      fit, power_design(logs, reference), points, logs, [&](const std::vector<Point>& resampled) {
        return fit_power(logarithms(resampled, weights), reference).parameters;
      });
  const auto& covariance = errors.covariance;
  auto how = how_fitted(usable, logs.weighting, fit);
  how["error"] = errors.how;
  how["covariance"] = covariance_text(covariance, {"ln_amplitude", "exponent"});
  how["reference"] = fmt::format("{:.10g} {}", reference, input.x_unit);

  const double ln_A = fit.parameters[0], n = fit.parameters[1];
  const double A = std::exp(ln_A);
  core::Reported exponent, amplitude;
  exponent.name = "exponent";
  exponent.measured = core::Measured{n, std::sqrt(covariance(1, 1)), "1"};
  amplitude.name = "amplitude";
  amplitude.measured = core::Measured{A, A * std::sqrt(covariance(0, 0)), input.unit};
  core::Result result;
  result.quantities = {exponent, amplitude};
  for (auto& quantity : result.quantities) {
    quantity.reason = doubts_text(usable, fit);
    quantity.state = state;
    quantity.how = how;
  }
  result.tables = prediction_tables("power_law", usable, [&](double x) {
    const double l = std::log(x / reference);
    const double variance =
        covariance(0, 0) + 2.0 * l * covariance(0, 1) + l * l * covariance(1, 1);
    return std::pair{ln_A + n * l, std::sqrt(std::max(variance, 0.0))};
  });
  return result;
}

}  // namespace vitreous::models
