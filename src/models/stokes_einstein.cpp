#include "models/stokes_einstein.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"
#include "base/units.hpp"
#include "math/statistics.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

math::Matrix ones(std::size_t points) {
  math::Matrix design(points, 1);
  std::fill(design.values.begin(), design.values.end(), 1.0);
  return design;
}

math::Fit fit_constant(const Observations& logs) {
  return math::fit_linear(ones(logs.x.size()), logs.y, logs.errors);
}

/// ln of the coldest point over the hottest.
double ln_growth(const std::vector<Point>& points) {
  const auto [cold, hot] =
      std::minmax_element(points.begin(), points.end(), [](auto& a, auto& b) { return a.x < b.x; });
  return std::log(cold->y / hot->y);
}

/// Its error where there are no replicas: from the errors of both points; 0 where unknown.
double ln_growth_error(const std::vector<Point>& points) {
  const auto [cold, hot] =
      std::minmax_element(points.begin(), points.end(), [](auto& a, auto& b) { return a.x < b.x; });
  if (!(cold->y_se > 0.0) || !(hot->y_se > 0.0)) return 0.0;
  return std::hypot(cold->y_se / cold->y, hot->y_se / hot->y);
}

core::Reported report_growth(const std::vector<Point>& points,
                             const std::map<std::string, std::string>& how) {
  double error = ln_growth_error(points);
  core::Reported growth;
  growth.how = how;
  if (shared_replicas(points) > 0) {
    const auto covariance = jackknife_covariance(
        points, [](const std::vector<Point>& p) { return std::vector{ln_growth(p)}; });
    error = std::sqrt(covariance(0, 0));
  } else {
    growth.how["error"] = "from the errors of the coldest and the hottest point";
  }
  if (!(error > 0.0)) {
    auto refused = core::Reported::refused("growth", "the points at its ends have no errors");
    refused.how = how;
    return refused;
  }
  growth.name = "growth";
  const double ratio = std::exp(ln_growth(points));
  growth.measured = core::Measured{ratio, ratio * error, "1"};
  return growth;
}

bool is_dimension(const std::string& unit, const std::string& of) {
  return base::parse_unit(unit).dimension == base::parse_unit(of).dimension;
}

const Point* partner_of(const Point& point, const std::vector<Point>& others) {
  for (const auto& other : others)
    if (other.x == point.x && label(other) == label(point)) return &other;
  return nullptr;
}

/// A point whose partner is missing: listed, never fitted.
Point alone(Point point, const std::string& missing) {
  point.state = "not both known";
  point.note = "no " + missing + " here";
  return point;
}

Point multiplied(const Point& a, const Point& b) {
  Point out = a;
  // The state is that of the one further from equilibrium.
  const auto rank = [](const Point& p) {
    return p.state == "equilibrium" ? 0 : p.state == "glass" ? 1 : 2;
  };
  if (rank(b) > rank(a)) out.state = b.state, out.note = b.note;
  out.y = a.y * b.y;
  const bool known = a.y_se > 0.0 && b.y_se > 0.0;
  out.y_se = known ? std::hypot(a.y_se * b.y, b.y_se * a.y) : 0.0;
  if (known)
    out.degrees =
        math::degrees_of_sum(std::array{std::pow(a.y_se * b.y, 2), std::pow(b.y_se * a.y, 2)},
                             std::array{a.degrees, b.degrees});
  out.replicas.clear();
  if (a.replicas.size() == b.replicas.size())
    for (std::size_t r = 0; r < a.replicas.size(); ++r)
      out.replicas.push_back(a.replicas[r] * b.replicas[r]);
  return out;
}

}  // namespace

core::Declaration stokes_einstein_declaration() {
  return {"stokes_einstein",
          "Whether D tau stays the same on cooling, as Stokes and Einstein have it",
          "D tau = constant; growth = (D tau)(coldest)/(D tau)(hottest)",
          logarithmic_fit_options(),
          {{"temperature", "K", "of the point"}, {"D*tau_alpha", "angstrom^2", "the product"}},
          {{"D_tau", "angstrom^2", "its mean over the points"},
           {"growth", "1", "its value at the lowest temperature over that at the highest"}},
          "M. D. Ediger, Annu. Rev. Phys. Chem. 51, 99 (2000)"};
}

core::Result fit_stokes_einstein(const FitInput& input, const core::Options& options) {
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = usable_points(input, state, Domain::positive);
  const auto& points = usable.input.points;
  if (points.size() < 3)
    return refuse_all({"D_tau", "growth"},
                      fmt::format("{} usable point{}, 3 needed to see a trend", points.size(),
                                  points.size() == 1 ? "" : "s"),
                      usable);
  const auto logs = logarithms(points, weights);
  const auto fit = fit_constant(logs);
  const auto errors = parameter_errors(
      fit, ones(points.size()), points, logs, [&](const std::vector<Point>& resampled) {
        return fit_constant(logarithms(resampled, weights)).parameters;
      });
  auto how = how_fitted(usable, logs.weighting, fit);
  how["error"] = errors.how;
  const double error = std::sqrt(errors.covariance(0, 0)), mean = std::exp(fit.parameters[0]);
  core::Reported constant;
  constant.name = "D_tau";
  constant.measured = core::Measured{mean, mean * error, input.unit};
  constant.reason = doubts_text(usable, fit);
  constant.how = how;
  core::Result result;
  result.quantities = {std::move(constant), report_growth(points, how)};
  for (auto& quantity : result.quantities) quantity.state = state;
  auto tables = prediction_tables("stokes_einstein", usable, [&](double) {
    return std::pair{fit.parameters[0], error};
  });
  result.tables = {std::move(tables.back())};
  return result;
}

FitInput product(const FitInput& a, const FitInput& b) {
  const std::string other = is_dimension(b.unit, "Pa s") ? "Pa s" : "ps";
  if (!is_dimension(a.unit, "m^2/s") || !is_dimension(b.unit, other))
    throw base::InputError(fmt::format("stokes_einstein: {} is in {}, {} in {}", a.quantity, a.unit,
                                       b.quantity, b.unit),
                           "the product is of a diffusion coefficient and a time or a viscosity");
  const auto D = in_unit(a, other == "ps" ? "angstrom^2/ps" : "m^2/s"), tau = in_unit(b, other);
  FitInput out{a.quantity + "*" + b.quantity, other == "ps" ? "angstrom^2" : "N", {}};
  for (const auto& point : D.points) {
    const Point* partner = partner_of(point, tau.points);
    out.points.push_back(partner ? multiplied(point, *partner) : alone(point, b.quantity));
  }
  for (const auto& point : tau.points)
    if (!partner_of(point, D.points)) out.points.push_back(alone(point, a.quantity));
  return out;
}

}  // namespace vitreous::models
