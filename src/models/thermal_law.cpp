#include "models/thermal_law.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/units.hpp"

namespace vitreous::models {

Prefactor prefactor_of(const FitInput& input) {
  const auto dimension = base::parse_unit(input.unit).dimension;
  const auto is = [&](const char* unit) { return dimension == base::parse_unit(unit).dimension; };
  if (is("m^2/s")) return {"D0", "m^2/s", -1.0};
  if (is("ps")) return {"tau0", "ps", 1.0};
  if (is("Pa s")) return {"eta0", "Pa s", 1.0};
  return {input.quantity.substr(0, input.quantity.find('.')) + "0", input.unit, -1.0};
}

FitInput in_unit(FitInput input, const std::string& unit) {
  for (auto& point : input.points) {
    const auto converted = core::Measured{point.y, point.y_se, input.unit}.to(unit);
    for (double& y : point.replicas) y = core::Measured{y, 0.0, input.unit}.to(unit).value;
    point.y = converted.value;
    point.y_se = converted.standard_error;
  }
  input.unit = unit;
  return input;
}

core::Result refuse_all(const std::vector<std::string>& names, const std::string& reason,
                        const UsablePoints& usable) {
  core::Result result;
  for (const auto& name : names) {
    auto refused = core::Reported::refused(name, reason);
    refused.how["n"] = std::to_string(usable.input.points.size());
    if (!usable.left_out.empty())
      refused.how["left_out"] = fmt::format("{}", fmt::join(usable.left_out, "\n"));
    result.quantities.push_back(std::move(refused));
  }
  return result;
}

std::map<std::string, std::string> how_fitted(const UsablePoints& usable,
                                              const std::string& weighting, const math::Fit& fit) {
  std::vector<std::string> labels;
  for (const auto& point : usable.input.points) labels.push_back(label(point));
  std::map<std::string, std::string> how = {
      {"n", std::to_string(labels.size())},
      {"points", fmt::format("{}", fmt::join(labels, ", "))},
      {"weights", weighting},
      {"degrees", fmt::format("{:.0f}", fit.degrees)},
  };
  if (!usable.left_out.empty())
    how["left_out"] = fmt::format("{}", fmt::join(usable.left_out, "\n"));
  if (fit.errors_known) {
    how["chi_squared"] = fmt::format("{:.4g}", fit.chi_squared);
    how["lack_of_fit"] = fmt::format("{:.3g}", fit.lack_of_fit());
  } else {
    how["scatter"] = fmt::format("{:.4g}", std::sqrt(fit.chi_squared / fit.degrees));
  }
  return how;
}

std::string doubts_text(const UsablePoints& usable, const math::Fit& fit) {
  std::vector<std::string> doubts;
  if (!usable.missing.empty())
    doubts.push_back(fmt::format("without {}", fmt::join(usable.missing, ", ")));
  if (fit.lack_of_fit() < 0.01)
    doubts.push_back(fmt::format(
        "lack of fit: chi^2 = {:.3g} with {:.0f} degrees of freedom (probability {:.1g})",
        fit.chi_squared, fit.degrees, fit.lack_of_fit()));
  return fmt::format("{}", fmt::join(doubts, "; "));
}

std::string covariance_text(const math::Matrix& covariance, const std::vector<std::string>& names) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<std::string> cells;
    for (std::size_t j = 0; j < names.size(); ++j)
      cells.push_back(fmt::format("{:.6g}", covariance(i, j)));
    rows.push_back(fmt::format("[{}]", fmt::join(cells, ", ")));
  }
  return fmt::format("[{}] of {}", fmt::join(rows, ", "), fmt::join(names, ", "));
}

namespace {

/// 101 x from the lowest to the highest.
std::vector<double> curve_grid(const FitInput& input) {
  double low = input.points.front().x, high = low;
  for (const auto& point : input.points) {
    low = std::min(low, point.x);
    high = std::max(high, point.x);
  }
  const bool logarithmic = input.x_unit != "K" && low > 0.0 && high > 10.0 * low;
  std::vector<double> grid;
  for (int k = 0; k <= 100; ++k)
    grid.push_back(logarithmic ? low * std::pow(high / low, k / 100.0)
                               : low + (high - low) * k / 100.0);
  return grid;
}

}  // namespace

std::vector<core::Table> prediction_tables(const std::string& law, const UsablePoints& usable,
                                           const Prediction& predict, Fitted kind) {
  const bool logarithm = kind == Fitted::logarithm;
  const auto value_at = [&](double x) {
    const auto [fit, error] = predict(x);
    return logarithm ? std::pair{std::exp(fit), std::exp(fit) * error} : std::pair{fit, error};
  };
  std::vector<double> x, y, y_se, fitted, fitted_se, residual;
  for (const auto& point : usable.input.points) {
    const auto [value, error] = value_at(point.x);
    x.push_back(point.x);
    y.push_back(point.y);
    y_se.push_back(point.y_se > 0.0 ? point.y_se : std::nan(""));
    fitted.push_back(value);
    fitted_se.push_back(error);
    residual.push_back(logarithm ? std::log(point.y) - predict(point.x).first : point.y - value);
  }
  const auto& input = usable.input;
  const std::string residual_name = logarithm ? "residual_ln" : "residual";
  core::Table at_points{law + "_points",
                        {{input.x_name, input.x_unit, x, {}},
                         {input.quantity, input.unit, y, y_se},
                         {input.quantity + "_fit", input.unit, fitted, fitted_se},
                         {residual_name, logarithm ? "1" : input.unit, residual, {}}},
                        {{residual_name, logarithm ? "ln of the point minus ln of the fit"
                                                   : "the point minus the fit"}}};
  const auto at_grid = [&](const char* of, const std::vector<double>& grid) {
    std::vector<double> at, at_se;
    for (const double place : grid) {
      const auto [value, error] = value_at(place);
      at.push_back(value);
      at_se.push_back(error);
    }
    return core::Table{
        law + of,
        {{input.x_name, input.x_unit, grid, {}}, {input.quantity, input.unit, at, at_se}},
        {}};
  };
  std::vector<core::Table> tables = {at_grid("_curve", curve_grid(input))};
  if (!input.predict_at.empty()) tables.push_back(at_grid("_prediction", input.predict_at));
  tables.push_back(std::move(at_points));
  return tables;
}

}  // namespace vitreous::models
