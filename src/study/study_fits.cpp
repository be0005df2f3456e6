#include "study/study_fits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/error_degrees.hpp"
#include "analysis/observer_label.hpp"
#include "base/error.hpp"
#include "math/statistics.hpp"
#include "models/stokes_einstein.hpp"
#include "study/comparisons.hpp"

namespace vitreous::study {
namespace {

std::vector<AxisValue> without_temperature(std::vector<AxisValue> axes) {
  std::erase_if(axes, [](const AxisValue& axis) { return axis.name == "temperature"; });
  return axes;
}

/// The value of each replica that has one.
std::vector<double> replica_values(const Group& group, const std::string& quantity) {
  std::vector<double> values;
  for (const auto* branch : group.replicas) {
    if (!branch->result) continue;
    for (const auto& q : branch->result->result.quantities)
      if (q.name == quantity && q.measured) values.push_back(q.measured->value);
  }
  return values;
}

/// A value, or the reason why there is none: a fit tells what it left out.
void add_group_point(models::FitInput& input, const Group& group, const std::string& quantity) {
  const AxisValue* temperature = find_axis(group.axes, "temperature");
  const auto reported = group_quantity(group, quantity);
  if (!temperature || !reported) return;
  models::Point point;
  point.x = temperature->value;
  point.label = fmt::format("{:g} K", point.x);
  point.note = reported->reason;
  if (reported->measured) {
    const auto measured = reported->measured->to(input.unit);
    point.y = measured.value;
    point.y_se = measured.standard_error;
    point.degrees = analysis::error_degrees(*reported);
    point.replicas = replica_values(group, quantity);
    if (!reported->state.empty()) point.state = reported->state;
  } else {
    point.state = reported->state == "upper_bound" ? "upper_bound" : "refused";
  }
  input.points.push_back(std::move(point));
}

const core::Column* find_column(const core::Table& table, const std::string& name) {
  for (const auto& column : table.columns)
    if (column.name == name) return &column;
  return nullptr;
}

/// One replica's ramp: temperatures, values and errors by interval.
struct RampCurve {
  std::vector<double> temperature, value, error;
  std::string unit;
};

std::vector<RampCurve> ramp_curves(const Group& group, const std::string& quantity) {
  std::vector<RampCurve> curves;
  for (const auto* branch : group.replicas) {
    if (!branch->result) continue;
    for (const auto& table : branch->result->result.tables) {
      const auto* x = find_column(table, "temperature");
      const auto* y = find_column(table, quantity);
      if (table.name != "ramp" || !x || !y || y == x) continue;
      curves.push_back({std::get<std::vector<double>>(x->values),
                        std::get<std::vector<double>>(y->values), y->standard_error, y->unit});
    }
  }
  return curves;
}

/// Intervals are the same in every replica; a replica on its way has the first of them.
void add_ramp_points(models::FitInput& input, const Group& group, const std::string& quantity) {
  const auto curves = ramp_curves(group, quantity);
  std::size_t rows = 0;
  for (const auto& curve : curves) rows = std::max(rows, curve.temperature.size());
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> x, y;
    double variance = 0.0;
    for (const auto& curve : curves) {
      if (row >= curve.temperature.size()) continue;
      x.push_back(curve.temperature[row]);
      y.push_back(curve.value[row]);
      variance += curve.error[row] * curve.error[row];
      input.unit = curve.unit;
    }
    const auto n = static_cast<double>(y.size());
    models::Point point;
    point.x = math::mean(x);
    point.y = math::mean(y);
    point.y_se = y.size() > 1 ? math::independent_mean(y).standard_error : std::sqrt(variance) / n;
    point.label = fmt::format("{:.0f} K", point.x);
    if (y.size() > 1) point.replicas = y;
    input.points.push_back(std::move(point));
  }
}

void keep_where(models::FitInput& input, const FitRequest& request) {
  const auto range = request.where.find("temperature");
  if (range == request.where.end()) return;
  const auto [low, high] = range->second;
  std::erase_if(input.points, [&](const models::Point& point) {
    return point.x < low - 1e-6 || point.x > high + 1e-6;
  });
}

std::string where_text(const FitRequest& request, const std::vector<AxisValue>& others) {
  std::string text = axes_text(others);
  for (const auto& [axis, range] : request.where)
    text += fmt::format("{}{} {:g} to {:g}{}", text.empty() ? "" : ", ", axis, range.first,
                        range.second, axis == "temperature" ? " K" : "");
  return text;
}

/// Whether a group lies in the ranges of a fit's axes; temperature is the points' own, see
/// keep_where.
bool lies_in(const FitRequest& request, const std::vector<AxisValue>& axes) {
  return std::all_of(request.where.begin(), request.where.end(), [&](const auto& range) {
    if (range.first == "temperature") return true;
    const AxisValue* axis = find_axis(axes, range.first);
    return axis && axis->value >= range.second.first && axis->value <= range.second.second;
  });
}

/// The combinations of axes beside temperature that the stages of a fit have, in order.
std::vector<std::vector<AxisValue>> combinations(const std::vector<GatheredBranch>& branches,
                                                 const FitRequest& request) {
  std::vector<std::vector<AxisValue>> all;
  for (const auto& branch : branches) {
    if (branch.branch->stage != split_of(request.of.front()).first) continue;
    auto others = without_temperature(branch.branch->axes);
    if (!lies_in(request, others)) continue;
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto& seen) {
      return seen.size() == others.size() && holds(seen, others);
    });
    if (!known) all.push_back(std::move(others));
  }
  return all;
}

const core::Declaration& declaration_of(const std::string& law) {
  for (const auto& declaration : models::law_declarations())
    if (declaration.name == law) return declaration;
  throw base::InputError(fmt::format("no law is called \"{}\"", law));
}

models::FitInput input_of(const std::vector<GatheredBranch>& branches, const FitRequest& request,
                          const std::vector<AxisValue>& others) {
  models::FitInput input = fit_points(branches, request.of.front(), others);
  for (std::size_t k = 1; k < request.of.size(); ++k) {
    const models::FitInput more = fit_points(branches, request.of[k], others);
    if (more.quantity == input.quantity)
      input.points.insert(input.points.end(), more.points.begin(), more.points.end());
    else
      input = models::product(input, more);
  }
  keep_where(input, request);
  return input;
}

/// What a fit without a single point reports: its compared parameters, not run.
core::Result not_run(const FitRequest& request) {
  core::Result result;
  for (const auto& [name, reference] : request.compare) {
    core::Reported quantity;
    quantity.name = name;
    quantity.status = core::Status::not_run;
    quantity.reason = fmt::format("{} has no values yet", fmt::join(request.of, ", "));
    result.quantities.push_back(std::move(quantity));
  }
  return result;
}

void label(core::Result& fit, const Plan& plan, const FitRequest& request,
           const std::vector<AxisValue>& others) {
  const std::string where = where_text(request, others);
  const std::string stage = split_of(request.of.front()).first;
  for (auto& quantity : fit.quantities) {
    const auto reference = request.compare.find(quantity.name);
    if (reference != request.compare.end())
      attach_reference(quantity, reference->second, plan, stage, others);
    quantity.name = request.name + "." + quantity.name;
    quantity.how["law"] = request.law;
    quantity.how["of"] = fmt::format("{}", fmt::join(request.of, ", "));
    if (!where.empty()) quantity.how["where"] = where;
  }
  for (auto& table : fit.tables) table.name = request.name + "_" + table.name;
}

}  // namespace

models::FitInput fit_points(const std::vector<GatheredBranch>& branches, const std::string& of,
                            const std::vector<AxisValue>& others) {
  const auto [stage, quantity] = split_of(of);
  models::FitInput input;
  input.quantity = analysis::split_label(quantity).second;  // D is D, whichever observer's
  input.unit = declared_unit(quantity);
  for (const auto& group : group_replicas(branches)) {
    if (group.stage != stage || !holds(group.axes, others)) continue;
    const std::size_t before = input.points.size();
    add_ramp_points(input, group, quantity);
    if (input.points.size() == before) add_group_point(input, group, quantity);
  }
  return input;
}

Fitted study_fits(const Plan& plan, const std::vector<GatheredBranch>& branches) {
  Fitted all;
  for (const auto& request : plan.fits)
    for (const auto& others : combinations(branches, request)) {
      const models::FitInput input = input_of(branches, request, others);
      const auto options = core::parse_options(declaration_of(request.law), request.options);
      core::Result fit =
          input.points.empty() ? not_run(request) : models::fit_law(request.law, input, options);
      label(fit, plan, request, others);
      all.quantities.insert(all.quantities.end(), fit.quantities.begin(), fit.quantities.end());
      for (auto& table : fit.tables)
        stack(all.tables, split_of(request.of.front()).first, others, std::move(table));
    }
  return all;
}

}  // namespace vitreous::study
