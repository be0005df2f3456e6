#include "models/stretched_exponential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/special_functions/digamma.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/units.hpp"
#include "models/parameter_errors.hpp"
#include "models/thermal_law.hpp"

namespace vitreous::models {
namespace {

constexpr double least_gain = 9.0;     ///< of chi^2 over a constant
constexpr double largest_error = 0.5;  ///< of ln tau, ln beta, ln A

const std::vector<std::string> names = {"tau", "beta", "amplitude", "mean_tau"};

struct Decay {
  double A = 1.0, ln_tau = 0.0, ln_beta = 0.0;

  double exponent(double x) const {
    return x > 0.0 ? std::exp(std::exp(ln_beta) * (std::log(x) - ln_tau)) : 0.0;
  }
  double operator()(double x) const { return A * std::exp(-exponent(x)); }
  /// By A, ln tau, ln beta.
  std::array<double, 3> gradient(double x) const {
    const double z = exponent(x), e = std::exp(-z), beta = std::exp(ln_beta);
    const double ln_ratio = x > 0.0 ? std::log(x) - ln_tau : 0.0;
    return {e, A * e * z * beta, -A * e * z * beta * ln_ratio};
  }
};

/// What is held, and the order of what is free: A, ln tau, ln beta.
struct Freedom {
  std::optional<double> A, ln_beta;

  std::vector<std::size_t> free() const {
    std::vector<std::size_t> which;
    if (!A) which.push_back(0);
    which.push_back(1);
    if (!ln_beta) which.push_back(2);
    return which;
  }
  Decay decay(std::span<const double> p) const {
    std::size_t k = 0;
    Decay out;
    out.A = A ? *A : p[k++];
    out.ln_tau = p[k++];
    out.ln_beta = ln_beta ? *ln_beta : p[k];
    return out;
  }
  std::vector<double> parameters(const Decay& d) const {
    const double all[] = {d.A, d.ln_tau, d.ln_beta};
    std::vector<double> p;
    for (const std::size_t k : free()) p.push_back(all[k]);
    return p;
  }
};

double weight(const Observations& seen, std::size_t i) {
  return seen.errors.empty() ? 1.0 : 1.0 / (seen.errors[i] * seen.errors[i]);
}

/// The best A of a shape, and the chi^2 with it.
double settle_amplitude(Decay& decay, const Freedom& freedom, const Observations& seen) {
  if (!freedom.A) {
    double top = 0.0, bottom = 0.0;
    for (std::size_t i = 0; i < seen.x.size(); ++i) {
      const double e = std::exp(-decay.exponent(seen.x[i]));
      top += weight(seen, i) * e * seen.y[i];
      bottom += weight(seen, i) * e * e;
    }
    decay.A = bottom > 0.0 ? top / bottom : 0.0;
  }
  double chi_squared = 0.0;
  for (std::size_t i = 0; i < seen.x.size(); ++i)
    chi_squared += weight(seen, i) * std::pow(seen.y[i] - decay(seen.x[i]), 2);
  return chi_squared;
}

/// The best of a grid of tau and beta, A being linear.
Decay start(const Freedom& freedom, const Observations& seen) {
  double low = std::numeric_limits<double>::infinity(), high = 0.0;
  for (const double x : seen.x) {
    if (x > 0.0) low = std::min(low, x);
    high = std::max(high, x);
  }
  Decay best;
  double least = std::numeric_limits<double>::infinity();
  constexpr int steps = 60;
  for (int k = 0; k <= steps; ++k)
    for (const double beta : {0.25, 0.4, 0.6, 0.8, 1.0, 1.5, 2.5}) {
      Decay decay;
      decay.ln_tau = std::log(0.1 * low) + std::log(100.0 * high / low) * k / steps;
      decay.ln_beta = freedom.ln_beta.value_or(std::log(beta));
      decay.A = freedom.A.value_or(1.0);
      const double chi_squared = settle_amplitude(decay, freedom, seen);
      if (chi_squared < least) least = chi_squared, best = decay;
    }
  return best;
}

math::Fit fit_decay(const Freedom& freedom, const Observations& seen) {
  const auto model = [&](std::span<const double> p) {
    const Decay decay = freedom.decay(p);
    std::vector<double> y;
    for (const double x : seen.x) y.push_back(decay(x));
    return y;
  };
  return math::fit_nonlinear(model, freedom.parameters(start(freedom, seen)), seen.y, seen.errors);
}

math::Matrix decay_design(const Freedom& freedom, const Decay& decay, const Observations& seen) {
  const auto free = freedom.free();
  math::Matrix design(seen.x.size(), free.size());
  for (std::size_t i = 0; i < seen.x.size(); ++i) {
    const auto gradient = decay.gradient(seen.x[i]);
    for (std::size_t k = 0; k < free.size(); ++k) design(i, k) = gradient[free[k]];
  }
  return design;
}

/// chi^2 of a constant: the mean, or the amplitude where that is held.
double chi_squared_of_constant(const Freedom& freedom, const Observations& seen) {
  Decay constant;
  constant.ln_tau = std::numeric_limits<double>::max();
  constant.A = freedom.A.value_or(1.0);
  return settle_amplitude(constant, freedom, seen);
}

/// Whether a constant does as well as the best decay of a grid; empty where it does not.
std::string no_decay(const Freedom& freedom, const Observations& seen) {
  Decay best = start(freedom, seen);
  const double chi_squared = settle_amplitude(best, freedom, seen);
  const auto degrees = static_cast<double>(seen.x.size() - freedom.free().size());
  const double scale = seen.errors.empty() ? chi_squared / degrees : 1.0;
  const double gain = chi_squared_of_constant(freedom, seen) - chi_squared;
  if (gain > least_gain * scale) return {};
  return fmt::format(
      "it does not decay beyond its noise: a constant has a chi^2 that is {:.3g} higher, {:g} "
      "needed",
      scale > 0.0 ? gain / scale : 0.0, least_gain);
}

std::string too_few_for_decay(const FitInput& input, std::size_t parameters) {
  std::set<double> distinct;
  for (const auto& point : input.points) {
    if (point.x < 0.0)
      throw base::InputError(fmt::format("stretched_exponential: {} is {:g} at {}", input.x_name,
                                         point.x, label(point)),
                             "the decay starts at 0");
    if (point.x > 0.0) distinct.insert(point.x);
  }
  if (input.points.size() > parameters && distinct.size() >= parameters) return {};
  return fmt::format("{} usable point{}, {} needed for {} parameters with an error",
                     input.points.size(), input.points.size() == 1 ? "" : "s", parameters + 1,
                     parameters);
}

Freedom freedom_of(const FitInput& input, const core::Options& options) {
  Freedom freedom;
  if (options.has("amplitude"))
    freedom.A = base::quantity_in(options.text("amplitude"), input.unit);
  if (options.has("beta")) {
    if (!(options.number("beta") > 0.0)) throw base::InputError("beta: is not positive");
    freedom.ln_beta = std::log(options.number("beta"));
  }
  return freedom;
}

/// The covariance of A, ln tau, ln beta, with zeros for what is held.
math::Matrix full_covariance(const Freedom& freedom, const math::Matrix& covariance) {
  const auto free = freedom.free();
  math::Matrix full(3, 3);
  for (std::size_t j = 0; j < free.size(); ++j)
    for (std::size_t k = 0; k < free.size(); ++k) full(free[j], free[k]) = covariance(j, k);
  return full;
}

std::string undetermined_decay(const Decay& decay, const math::Matrix& full, double reach) {
  const double errors[] = {std::sqrt(full(0, 0)) / std::abs(decay.A), std::sqrt(full(1, 1)),
                           std::sqrt(full(2, 2))};
  const char* const called[] = {"the amplitude", "tau", "beta"};
  for (const std::size_t k : {1u, 2u, 0u})
    if (!(errors[k] < largest_error))
      return fmt::format(
          "{} is not determined: its 68 % interval is a factor of {:.3g} on either side (the decay "
          "is seen down to {:.2g} of its amplitude)",
          called[k], std::exp(std::min(errors[k], 50.0)), reach);
  return {};
}

}  // namespace

core::Declaration stretched_exponential_declaration() {
  auto options = logarithmic_fit_options();
  options[1].sentence = "errors: points weigh by their standard errors; none: all alike";
  options.push_back({"amplitude",
                     core::OptionType::text,
                     "1",
                     "automatic",
                     "A, held at this value (with its unit); by default it is fitted",
                     {}});
  options.push_back({"beta",
                     core::OptionType::number,
                     "1",
                     "automatic",
                     "the exponent, held at this value (1: a plain exponential); by default it is "
                     "fitted",
                     {}});
  return {"stretched_exponential",
          "A decay that is slower than exponential: relaxation with many times",
          "y = A exp(-(x/tau)^beta); mean_tau = (tau/beta) Gamma(1/beta)",
          options,
          {{"x", "any", "usually a time"},
           {"y", "any", "the fitted quantity, with the error that the covariance gives it"}},
          {{"tau", "any", "where y has fallen to A/e; in the unit of x"},
           {"beta", "1", "the stretching exponent"},
           {"amplitude", "any", "A; in the unit of y"},
           {"mean_tau", "any", "the integral of y/A; in the unit of x"}},
          "R. Kohlrausch, Ann. Phys. 167, 179 (1854)"};
}

core::Result fit_stretched_exponential(const FitInput& input, const core::Options& options) {
  const std::string state = options.text("state"), weights = options.text("weights");
  const auto usable = usable_points(input, state, Domain::any);
  const auto& points = usable.input.points;
  const auto freedom = freedom_of(input, options);
  if (const auto why = too_few_for_decay(usable.input, freedom.free().size()); !why.empty())
    return refuse_all(names, why, usable);

  const auto seen = values_themselves(points, weights);
  if (const auto why = no_decay(freedom, seen); !why.empty()) return refuse_all(names, why, usable);
  math::Fit fit;
  try {
    fit = fit_decay(freedom, seen);
  } catch (const base::RunError& error) {
    return refuse_all(names, error.message().problem, usable);
  }
  const Decay decay = freedom.decay(fit.parameters);
  const auto design = decay_design(freedom, decay, seen);
  const auto errors =
      parameter_errors(fit, design, points, seen, [&](const std::vector<Point>& resampled) {
        return fit_decay(freedom, values_themselves(resampled, weights)).parameters;
      });
  const auto full = full_covariance(freedom, errors.covariance);
  double last = 0.0;
  for (const double x : seen.x) last = std::max(last, x);
  if (const auto why = undetermined_decay(decay, full, decay(last) / decay.A); !why.empty())
    return refuse_all(names, why, usable);

  auto how = how_fitted(usable, seen.weighting, fit);
  how["error"] = errors.how;
  how["covariance"] = covariance_text(full, {"amplitude", "ln_tau", "ln_beta"});
  const double tau = std::exp(decay.ln_tau), beta = std::exp(decay.ln_beta);
  const double mean = tau / beta * std::tgamma(1.0 / beta);
  // d ln mean = d ln tau - (1 + digamma(1/beta)/beta) d ln beta.
  const double by_beta = -1.0 - boost::math::digamma(1.0 / beta) / beta;
  const double mean_variance =
      full(1, 1) + 2.0 * by_beta * full(1, 2) + by_beta * by_beta * full(2, 2);
  core::Result result;
  const auto add = [&](const char* name, double value, double error, const std::string& unit) {
    core::Reported reported;
    reported.name = name;
    reported.measured = core::Measured{value, error, unit};
    reported.reason = doubts_text(usable, fit);
    reported.state = state;
    reported.how = how;
    result.quantities.push_back(std::move(reported));
  };
  add("tau", tau, tau * std::sqrt(full(1, 1)), input.x_unit);
  add("beta", beta, beta * std::sqrt(full(2, 2)), "1");
  add("amplitude", decay.A, std::sqrt(full(0, 0)), input.unit);
  add("mean_tau", mean, mean * std::sqrt(std::max(mean_variance, 0.0)), input.x_unit);
  result.tables = prediction_tables(
      "stretched_exponential", usable,
      [&](double x) {
        const auto g = decay.gradient(x);
        double variance = 0.0;
        for (std::size_t j = 0; j < 3; ++j)
          for (std::size_t k = 0; k < 3; ++k) variance += g[j] * full(j, k) * g[k];
        return std::pair{decay(x), std::sqrt(std::max(variance, 0.0))};
      },
      Fitted::value);
  return result;
}

}  // namespace vitreous::models
