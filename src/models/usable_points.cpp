#include "models/usable_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vitreous::models {
namespace {

/// Why the fit does not take a point; empty where it does.
std::string objection(const Point& point, const FitInput& input, const std::string& state,
                      Domain domain) {
  const std::string in_brackets = point.note.empty() ? "" : fmt::format(" ({})", point.note);
  const std::string after_colon = point.note.empty() ? "" : ": " + point.note;
  // Notes of measured points often say the state themselves.
  if (point.state == "upper_bound")
    return point.note.starts_with("upper bound") ? point.note : "upper bound only" + after_colon;
  if (point.state != "equilibrium" && point.state != "glass") return point.state + after_colon;
  if (state != "any" && point.state != state && point.note.starts_with("state is "))
    return fmt::format("{}; this fit takes {} points", point.note, state);
  if (state != "any" && point.state != state)
    return fmt::format("state is {}{}; this fit takes {} points", point.state, in_brackets, state);
  if (!std::isfinite(point.x) || !std::isfinite(point.y))
    return fmt::format("{} has no value here{}", input.quantity, after_colon);
  if (domain == Domain::positive && !(point.y > 0.0))
    return fmt::format("{} is not positive, so that it has no logarithm", input.quantity);
  return {};
}

}  // namespace

std::string label(const Point& point) {
  return point.label.empty() ? fmt::format("{:.6g} K", point.x) : point.label;
}

UsablePoints usable_points(const FitInput& input, const std::string& state, Domain domain) {
  UsablePoints usable;
  usable.input = input;
  usable.input.points.clear();
  std::size_t width = 0;
  for (const auto& point : input.points) width = std::max(width, label(point).size());
  for (const auto& point : input.points) {
    const std::string why = objection(point, input, state, domain);
    if (why.empty()) {
      usable.input.points.push_back(point);
    } else {
      usable.left_out.push_back(fmt::format("{:<{}}   {}", label(point), width, why));
      usable.missing.push_back(label(point));
    }
  }
  return usable;
}

Observations values_themselves(const std::vector<Point>& points, const std::string& weights) {
  Observations out;
  std::string without_error;
  for (const auto& point : points) {
    out.x.push_back(point.x);
    out.y.push_back(point.y);
    out.errors.push_back(point.y_se);
    out.degrees.push_back(point.degrees);
    if (!(point.y_se > 0.0) || !std::isfinite(point.y_se))
      without_error += (without_error.empty() ? "" : ", ") + label(point);
  }
  out.weighting = "weighted by the points' errors";
  if (weights == "none") out.weighting = "unweighted";
  if (weights == "errors" && !without_error.empty())
    out.weighting = fmt::format("unweighted: no error is known of {}", without_error);
  if (out.weighting.starts_with("unweighted")) out.errors.clear();
  return out;
}

Observations logarithms(const std::vector<Point>& points, const std::string& weights) {
  Observations logs = values_themselves(points, weights);
  for (std::size_t i = 0; i < logs.y.size(); ++i) {
    if (!logs.errors.empty()) logs.errors[i] /= logs.y[i];
    logs.y[i] = std::log(logs.y[i]);
  }
  return logs;
}

std::vector<core::OptionDeclaration> logarithmic_fit_options() {
  return {
      {"state",
       core::OptionType::text,
       "1",
       "equilibrium",
       "the state of the points that are fitted; states are never mixed",
       {"equilibrium", "glass"}},
      {"weights",
       core::OptionType::text,
       "1",
       "errors",
       "errors: points weigh by their standard errors; none: all alike in the logarithm",
       {"errors", "none"}},
  };
}

}  // namespace vitreous::models
