#include "models/relaxation/indentation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "math/statistics.hpp"

namespace vitreous::models {
namespace {

/// u(t): what is left of the load after each part of it has faded with tau.
std::vector<double> fading_load(const std::vector<double>& time, const std::vector<double>& load,
                                double tau) {
  std::vector<double> u(load.size());
  u[0] = load[0];
  for (std::size_t k = 1; k < load.size(); ++k) {
    const double step = (time[k] - time[k - 1]) / tau;
    // (1 - exp(-x))/x is what a straight rise keeps of itself.
    const double kept = step < 1e-12 ? 1.0 : -std::expm1(-step) / step;
    u[k] = u[k - 1] * std::exp(-step) + (load[k] - load[k - 1]) * kept;
  }
  return u;
}

[[noreturn]] void fail_curve(const std::string& problem, const std::string& why = {}) {
  throw base::InputError(problem, why);
}

/// The number of samples up to the last moment of full load.
std::size_t samples_of_loading(const IndentationCurve& curve) {
  const double highest = *std::max_element(curve.load.begin(), curve.load.end());
  std::size_t end = 0;
  for (std::size_t k = 0; k < curve.load.size(); ++k)
    if (curve.load[k] >= 0.98 * highest) end = k + 1;
  return end;
}

void require_curve(const IndentationCurve& curve, const IndentationOptions& options) {
  if (!(options.radius > 0.0))
    fail_curve(fmt::format("a radius of {:g} m is none", options.radius), "it must be positive");
  const std::size_t n = curve.time.size();
  if (curve.load.size() != n || curve.depth.size() != n || n == 0)
    fail_curve("times, loads and depths are not equally many");
  for (std::size_t k = 0; k < n; ++k) {
    if (!std::isfinite(curve.time[k] + curve.load[k] + curve.depth[k]))
      fail_curve(fmt::format("sample {} lacks a number", k + 1));
    if (k > 0 && !(curve.time[k] > curve.time[k - 1]))
      fail_curve(fmt::format("time {:g} s follows {:g} s", curve.time[k], curve.time[k - 1]),
                 "the samples of a curve rise in time: one curve a file");
  }
  const double highest = *std::max_element(curve.load.begin(), curve.load.end());
  if (!(highest > 0.0)) fail_curve("the load is nowhere positive");
  if (curve.load.front() > 0.05 * highest) {
    const bool falls = curve.load.front() >= 0.98 * highest && curve.load.back() < 0.98 * highest;
    fail_curve(
        falls ? "the curve is an unloading, and unloading is not taken"
              : fmt::format("the curve starts under a load of {:.3g} uN", 1e6 * curve.load.front()),
        falls ? "the law of Lee and Radok holds while the contact grows"
              : "what the glass remembers of the load before is not known");
  }
  if (const std::size_t loading = samples_of_loading(curve); loading < 10)
    fail_curve(fmt::format("{} samples of loading and hold, 10 needed", loading));
}

/// The fit's own state: the curve up to its unloading, the depth in units of the deepest.
struct IndentationProblem {
  std::vector<double> time, load, depth, errors;
  double radius, deepest;
  bool offset;

  AnelasticContact contact(std::span<const double> p) const {
    return {std::exp(p[0]), p[1], std::exp(p[2])};
  }
  std::vector<double> model(std::span<const double> p) const {
    auto h = contact_depth(contact(p), radius, time, load);
    for (double& value : h) value = value / deepest + (offset ? p[3] : 0.0);
    return h;
  }
};

IndentationProblem problem_of(const IndentationCurve& curve, const IndentationOptions& options) {
  IndentationProblem problem;
  const auto end = static_cast<std::ptrdiff_t>(samples_of_loading(curve));
  problem.time.assign(curve.time.begin(), curve.time.begin() + end);
  problem.load.assign(curve.load.begin(), curve.load.begin() + end);
  problem.radius = options.radius;
  problem.offset = options.contact_offset;
  problem.deepest = *std::max_element(curve.depth.begin(), curve.depth.begin() + end);
  if (!(problem.deepest > 0.0)) fail_curve("the depth is nowhere positive");
  for (std::ptrdiff_t k = 0; k < end; ++k)
    problem.depth.push_back(curve.depth[static_cast<std::size_t>(k)] / problem.deepest);
  const bool known =
      !curve.depth_se.empty() && std::all_of(curve.depth_se.begin(), curve.depth_se.begin() + end,
                                             [](double e) { return std::isfinite(e) && e > 0.0; });
  for (std::ptrdiff_t k = 0; known && k < end; ++k)
    problem.errors.push_back(curve.depth_se[static_cast<std::size_t>(k)] / problem.deepest);
  return problem;
}

/// The better of two starts is that of the lesser sum of squares.
struct IndentationStart {
  double squares = INFINITY;
  std::vector<double> parameters;
};

/// The best of 60 tau at one depth of contact (in units of the deepest): h^(3/2) is linear in 1/E_r
/// and D/E_r at each.
IndentationStart start_from(const IndentationProblem& problem, double offset) {
  const std::size_t n = problem.time.size();
  const double span = problem.time.back() - problem.time.front();
  const double shortest = 0.3 * span / static_cast<double>(n), longest = 10.0 * span;
  const double front = 0.75 / std::sqrt(problem.radius);
  std::vector<double> y, errors;
  for (const double h : problem.depth) {
    y.push_back(std::pow(std::max(h - offset, 0.0) * problem.deepest, 1.5));
    errors.push_back(std::sqrt(std::max(h - offset, 0.05)));
  }
  IndentationStart best;
  for (int k = 0; k < 60; ++k) {
    const double tau = shortest * std::pow(longest / shortest, k / 59.0);
    const auto u = fading_load(problem.time, problem.load, tau);
    math::Matrix design(n, 2);
    for (std::size_t i = 0; i < n; ++i) {
      design(i, 0) = front * problem.load[i];
      design(i, 1) = front * (problem.load[i] - u[i]);
    }
    const auto fit = math::fit_linear(design, y, errors);
    const double softness = fit.parameters[0];
    if (!(softness > 0.0) || !(fit.chi_squared < best.squares)) continue;
    best.squares = fit.chi_squared;
    best.parameters = {-std::log(softness), fit.parameters[1] / softness, std::log(tau)};
    if (problem.offset) best.parameters.push_back(offset);
  }
  return best;
}

std::vector<double> start_of(const IndentationProblem& problem) {
  auto best = start_from(problem, 0.0);
  for (int k = -6; problem.offset && k <= 6; ++k)
    if (auto other = start_from(problem, 0.05 * k); other.squares < best.squares)
      best = std::move(other);
  if (best.parameters.empty())
    fail_curve("the depth does not grow with the load", "no Hertz contact describes it");
  return best.parameters;
}

/// E_r alone, where no relaxation is seen.
core::Measured hertz_modulus(const IndentationProblem& problem) {
  const auto model = [&](std::span<const double> p) {
    std::vector<double> full = {p[0], 0.0, 0.0};
    if (problem.offset) full.push_back(p[1]);
    return problem.model(full);
  };
  std::vector<double> start = {start_of(problem)[0]};
  if (problem.offset) start.push_back(0.0);
  const auto fit = math::fit_nonlinear(model, start, problem.depth, problem.errors);
  const double modulus = std::exp(fit.parameters[0]);
  return {1e-9 * modulus, 1e-9 * modulus * fit.standard_error(0), "GPa"};
}

void keep_curves(IndentationFit& out, const IndentationProblem& problem,
                 const std::vector<double>& fitted) {
  out.time_fitted = problem.time;
  out.load_fitted = problem.load;
  for (std::size_t k = 0; k < fitted.size(); ++k) {
    out.depth_measured.push_back(problem.deepest * problem.depth[k]);
    out.depth_fitted.push_back(problem.deepest * fitted[k]);
  }
}

/// Residuals that hang together hold less than their number says.
void widen(IndentationFit& out, const math::Fit& fit) {
  out.correlation_time = math::autocorrelation_time(fit.residuals);
  out.covariance = fit.covariance;
  for (double& value : out.covariance.values) value *= out.correlation_time;
}

std::string objection_to_time(const IndentationFit& fit, const IndentationProblem& problem) {
  const double span = problem.time.back() - problem.time.front();
  const double spacing = span / static_cast<double>(problem.time.size() - 1);
  if (!(fit.strength.value > 2.0 * fit.strength.standard_error))
    return fmt::format("no relaxation is seen: D = {:.3g} +- {:.2g}", fit.strength.value,
                       fit.strength.standard_error);
  if (fit.time.value < spacing)
    return fmt::format("tau = {:.3g} s is below the {:.3g} s between samples", fit.time.value,
                       spacing);
  if (fit.time.value > 3.0 * span)
    return fmt::format("tau = {:.3g} s is beyond the {:.3g} s of loading and hold", fit.time.value,
                       span);
  if (!(fit.time.standard_error < fit.time.value))
    return fmt::format("tau = {:.3g} s is not determined: its error is {:.0f} %", fit.time.value,
                       100.0 * fit.time.standard_error / fit.time.value);
  return {};
}

core::Reported told(const std::string& name, const core::Measured& measured,
                    const IndentationFit& fit) {
  core::Reported reported;
  reported.name = name;
  reported.measured = measured;
  reported.reason = fit.doubts;
  reported.how = {{"law", "indentation"},
                  {"n", std::to_string(fit.time_fitted.size())},
                  {"scatter", fmt::format("{:.3g} nm about the fit", 1e9 * fit.scatter)},
                  {"error", fmt::format("covariance of the fit, widened for residuals that hang "
                                        "together over {:.2g} samples",
                                        fit.correlation_time)}};
  if (fit.left_out > 0)
    reported.how["left_out"] =
        fmt::format("{} samples of unloading: the contact shrinks there", fit.left_out);
  return reported;
}

}  // namespace

std::vector<double> contact_depth(const AnelasticContact& contact, double radius,
                                  const std::vector<double>& time,
                                  const std::vector<double>& load) {
  if (load.empty()) return {};
  std::vector<double> depth = load;
  if (contact.strength != 0.0) {
    const auto u = fading_load(time, load, contact.time);
    for (std::size_t k = 0; k < load.size(); ++k) depth[k] += contact.strength * (load[k] - u[k]);
  }
  const double front = 0.75 / (std::sqrt(radius) * contact.reduced_modulus);
  for (double& h : depth) h = std::pow(std::max(front * h, 0.0), 2.0 / 3.0);
  return depth;
}

IndentationFit fit_indentation(const IndentationCurve& curve, const IndentationOptions& options) {
  require_curve(curve, options);
  const auto problem = problem_of(curve, options);
  IndentationFit out;
  out.left_out = curve.time.size() - problem.time.size();
  math::Fit fit;
  try {
    fit = math::fit_nonlinear([&](std::span<const double> p) { return problem.model(p); },
                              start_of(problem), problem.depth, problem.errors);
  } catch (const base::RunError& error) {
    out.refused = "no relaxation is seen: " + error.message().problem;
    out.reduced_modulus = hertz_modulus(problem);
    keep_curves(out, problem, problem.model(start_of(problem)));
    return out;
  }
  widen(out, fit);
  const auto sd = [&](std::size_t k) { return std::sqrt(out.covariance(k, k)); };
  const auto contact = problem.contact(fit.parameters);
  out.reduced_modulus = {1e-9 * contact.reduced_modulus, 1e-9 * contact.reduced_modulus * sd(0),
                         "GPa"};
  out.strength = {contact.strength, sd(1), "1"};
  out.time = {contact.time, contact.time * sd(2), "s"};
  out.time_low = contact.time * std::exp(-sd(2));
  out.time_high = contact.time * std::exp(sd(2));
  out.offset = {0.0, 0.0, "nm"};
  if (problem.offset)
    out.offset = {1e9 * problem.deepest * fit.parameters[3], 1e9 * problem.deepest * sd(3), "nm"};
  keep_curves(out, problem, problem.model(fit.parameters));
  double squares = 0.0;
  for (const double r : fit.residuals) squares += r * r;
  out.scatter = problem.deepest * std::sqrt(squares / fit.degrees);
  if (fit.lack_of_fit() < 0.01)
    out.doubts = fmt::format("lack of fit: chi^2 = {:.3g} with {:.0f} degrees of freedom",
                             fit.chi_squared, fit.degrees);
  out.refused = objection_to_time(out, problem);
  if (!out.refused.empty()) out.reduced_modulus = hertz_modulus(problem);
  return out;
}

core::Result to_result(const IndentationFit& fit) {
  core::Result result;
  result.quantities.push_back(told("E_r", fit.reduced_modulus, fit));
  if (!fit.refused.empty()) {
    result.quantities.back().how["error"] = "Hertz contact without relaxation, white residuals";
    for (const char* name : {"D", "tau", "E_relaxed"})
      result.quantities.push_back(core::Reported::refused(name, fit.refused));
  } else {
    result.quantities.push_back(told("D", fit.strength, fit));
    result.quantities.push_back(told("tau", fit.time.to("ms"), fit));
    result.quantities.back().how["interval"] =
        fmt::format("{:.4g} to {:.4g} ms (68 %)", 1e3 * fit.time_low, 1e3 * fit.time_high);
    const double below = 1.0 + fit.strength.value;
    const double relaxed = fit.reduced_modulus.value / below;
    // Of ln(E_r/(1 + D)).
    const double variance = fit.covariance(0, 0) - 2.0 * fit.covariance(0, 1) / below +
                            fit.covariance(1, 1) / (below * below);
    result.quantities.push_back(
        told("E_relaxed", {relaxed, relaxed * std::sqrt(std::max(variance, 0.0)), "GPa"}, fit));
    if (fit.offset.standard_error > 0.0)
      result.quantities.push_back(told("contact_offset", fit.offset, fit));
  }
  core::Table table{"indentation",
                    {core::number_column("time", "ms"), core::number_column("load", "uN"),
                     core::number_column("depth", "nm"), core::number_column("depth_fit", "nm"),
                     core::number_column("residual", "nm")},
                    {{"residual", "depth less depth_fit"}}};
  for (std::size_t k = 0; k < fit.time_fitted.size(); ++k) {
    const double measured = 1e9 * fit.depth_measured[k], fitted = 1e9 * fit.depth_fitted[k];
    const double row[] = {1e3 * fit.time_fitted[k], 1e6 * fit.load_fitted[k], measured, fitted,
                          measured - fitted};
    for (std::size_t c = 0; c < 5; ++c) core::add_cell(table.columns[c], row[c]);
  }
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace vitreous::models
