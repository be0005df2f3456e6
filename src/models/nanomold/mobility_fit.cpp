#include "models/nanomold/mobility_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.hpp"
#include "math/statistics.hpp"
#include "models/nanomold/lengths.hpp"

namespace vitreous::models::nanomold {
namespace {

/// chi^2 that a mechanism must be worth to be seen.
constexpr double least_worth = 9.0;

/// One wire as the fit sees it: L, without its print, is flow * u or diffusion * v, where u =
/// eta^-1/2 and v = (delta D_I)^1/2.
struct Seen {
  double flow = 0.0, diffusion = 0.0, L = 0.0, weight = 0.0;
};

/// u and v with the covariance of them; a mechanism that is left out is 0.
struct Speeds {
  double u = 0.0, v = 0.0;
  double uu = 0.0, uv = 0.0, vv = 0.0;
  double chi_squared = std::numeric_limits<double>::infinity();
};

double modeled(const Seen& w, double u, double v, Rule rule) {
  return rule == Rule::fastest ? std::max(w.flow * u, w.diffusion * v)
                               : std::hypot(w.flow * u, w.diffusion * v);
}

double misfit(const std::vector<Seen>& wires, double u, double v, Rule rule) {
  double sum = 0.0;
  for (const auto& w : wires) {
    const double off = w.L - modeled(w, u, v, rule);
    sum += w.weight * off * off;
  }
  return sum;
}

/// The slope of L over `by`, and its variance.
std::pair<double, double> slope_of(const std::vector<Seen>& wires, std::size_t begin,
                                   std::size_t end, double Seen::*by) {
  double top = 0.0, bottom = 0.0;
  for (std::size_t i = begin; i < end; ++i) {
    top += wires[i].weight * wires[i].*by * wires[i].L;
    bottom += wires[i].weight * wires[i].*by * wires[i].*by;
  }
  return {top / bottom, 1.0 / bottom};
}

Speeds flow_alone(const std::vector<Seen>& wires, Rule rule) {
  const auto [u, variance] = slope_of(wires, 0, wires.size(), &Seen::flow);
  return {u, 0.0, variance, 0.0, 0.0, misfit(wires, u, 0.0, rule)};
}

Speeds diffusion_alone(const std::vector<Seen>& wires, Rule rule) {
  const auto [v, variance] = slope_of(wires, 0, wires.size(), &Seen::diffusion);
  return {0.0, v, 0.0, 0.0, variance, misfit(wires, 0.0, v, rule)};
}

/// The wires, thin ones first, parted in all ways. chi^2 is least inside a part, or where one wire
/// lies on both branches: being the larger of the two, the model has a kink there.
Speeds fastest_of_both(const std::vector<Seen>& wires) {
  Speeds best;
  const std::size_t n = wires.size();
  for (std::size_t k = 1; k < n; ++k) {
    const auto [v, vv] = slope_of(wires, 0, k, &Seen::diffusion);
    const auto [u, uu] = slope_of(wires, k, n, &Seen::flow);
    const double chi_squared = misfit(wires, u, v, Rule::fastest);
    if (chi_squared < best.chi_squared) best = {u, v, uu, 0.0, vv, chi_squared};
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {
    // Both branches meet at wire i: one length l there fixes them.
    double top = 0.0, bottom = 0.0;
    for (const auto& w : wires) {
      const double per_l = std::max(w.flow / wires[i].flow, w.diffusion / wires[i].diffusion);
      top += w.weight * per_l * w.L;
      bottom += w.weight * per_l * per_l;
    }
    const double u = top / bottom / wires[i].flow, v = top / bottom / wires[i].diffusion;
    const double chi_squared = misfit(wires, u, v, Rule::fastest);
    // The wire on the kink may be on either branch; without it both errors are on the safe side.
    if (chi_squared < best.chi_squared)
      best = {u,
              v,
              slope_of(wires, i + 1, n, &Seen::flow).second,
              0.0,
              slope_of(wires, 0, i, &Seen::diffusion).second,
              chi_squared};
  }
  return best;
}

/// L^2 = (flow u)^2 + (diffusion v)^2, by Gauss and Newton in u^2 and v^2 from the weighted line of
/// L^2. Nothing where a square is not positive.
std::optional<Speeds> sum_of_both(const std::vector<Seen>& wires) {
  double U = 0.0, V = 0.0;
  double a = 0.0, b = 0.0, c = 0.0;
  for (int iteration = 0; iteration < 100; ++iteration) {
    a = b = c = 0.0;
    double r = 0.0, s = 0.0;
    for (const auto& w : wires) {
      const double flow = w.flow * w.flow, diffusion = w.diffusion * w.diffusion;
      const double L = iteration == 0 ? w.L : std::sqrt(flow * U + diffusion * V);
      const double by_U = flow / (2.0 * L), by_V = diffusion / (2.0 * L);
      const double off = iteration == 0 ? 0.5 * w.L : w.L - L;
      a += w.weight * by_U * by_U;
      b += w.weight * by_U * by_V;
      c += w.weight * by_V * by_V;
      r += w.weight * by_U * off;
      s += w.weight * by_V * off;
    }
    const double determinant = a * c - b * b;
    const double step_U = (c * r - b * s) / determinant, step_V = (a * s - b * r) / determinant;
    U += step_U;
    V += step_V;
    if (!(U > 0.0 && V > 0.0) || !std::isfinite(U + V)) return {};
    if (std::abs(step_U) < 1e-13 * U && std::abs(step_V) < 1e-13 * V) break;
  }
  const double determinant = a * c - b * b;
  const double u = std::sqrt(U), v = std::sqrt(V);
  // From the variances of U = u^2 and V = v^2.
  return Speeds{u,
                v,
                c / determinant / (4.0 * U),
                -b / determinant / (4.0 * u * v),
                a / determinant / (4.0 * V),
                misfit(wires, u, v, Rule::additive)};
}

std::vector<Seen> seen(double T, const std::vector<WireLength>& wires, const Parameters& assumed) {
  std::vector<Seen> all;
  for (const auto& wire : wires) {
    Seen w;
    w.flow = viscous_length(wire.d, effective_pressure(assumed, wire.d, wire.p) * wire.t, 1.0,
                            assumed.hp_prefactor);
    w.diffusion = diffusive_length(wire.d, wire.p * wire.t, 1.0, assumed.atomic_volume, T);
    const double print = assumed.print * wire.d;
    if (!(wire.L > print))
      throw base::InputError(
          fmt::format("a wire of {:.4g} nm is no longer than the print before molding, {:.4g} nm",
                      wire.L * 1e9, print * 1e9));
    w.L = std::sqrt(wire.L * wire.L - print * print);
    const double error = wire.L_se * wire.L / w.L;
    w.weight = 1.0 / (error * error);
    all.push_back(w);
  }
  std::sort(all.begin(), all.end(), [](const Seen& x, const Seen& y) {
    return x.flow / x.diffusion < y.flow / y.diffusion;
  });
  return all;
}

bool one_diameter(const std::vector<WireLength>& wires) {
  std::set<double> diameters;
  for (const auto& wire : wires) diameters.insert(wire.d);
  return diameters.size() < 2;
}

double fitted_length(const WireLength& wire, double T, const Speeds& s, const Parameters& assumed) {
  const Seen w = {viscous_length(wire.d, effective_pressure(assumed, wire.d, wire.p) * wire.t, 1.0,
                                 assumed.hp_prefactor),
                  diffusive_length(wire.d, wire.p * wire.t, 1.0, assumed.atomic_volume, T), 0.0,
                  0.0};
  return std::hypot(modeled(w, s.u, s.v, assumed.rule), assumed.print * wire.d);
}

/// Gives every length the error that their scatter about all fits tells, the same share of each
/// fitted length (of the measured ones, short wires would weigh too much). Returns that share.
double weigh_by_scatter(std::vector<WiresAt>& temperatures, const Parameters& assumed) {
  std::vector<std::vector<double>> scale;  // a length for each wire
  for (const auto& at : temperatures) {
    scale.emplace_back();
    for (const auto& wire : at.wires) scale.back().push_back(wire.L);
  }
  const auto with_error = [&](double share) {
    for (std::size_t k = 0; k < temperatures.size(); ++k)
      for (std::size_t i = 0; i < scale[k].size(); ++i)
        temperatures[k].wires[i].L_se = share * scale[k][i];
  };
  constexpr double small = 1e-6;  // so small that every mechanism is worth its chi^2
  double chi_squared = 0.0, degrees = 0.0;
  for (int pass = 0; pass < 4; ++pass) {
    with_error(small);
    chi_squared = degrees = 0.0;
    for (std::size_t k = 0; k < temperatures.size(); ++k) {
      const auto fit = fit_mobilities(temperatures[k].T, temperatures[k].wires, assumed);
      if (!fit.fitted.empty()) scale[k] = fit.fitted;
      if (!(fit.degrees > 0.0)) continue;
      chi_squared += small * small * fit.chi_squared;
      degrees += fit.degrees;
    }
  }
  if (!(degrees > 0.0))
    throw base::InputError("the lengths have no errors, and are too few to show their scatter", {},
                           {"a column length_se_nm, or length_sd_nm with the number of wires, n"});
  const double scatter = std::sqrt(chi_squared / degrees);
  with_error(std::max(scatter, 1e-12) * math::student_factor(degrees));
  return scatter;
}

}  // namespace

MobilityFit fit_mobilities(double T, const std::vector<WireLength>& wires,
                           const Parameters& assumed) {
  MobilityFit fit;
  fit.T = T;
  fit.covariance = math::Matrix(2, 2);
  if (one_diameter(wires)) {
    fit.why_no_eta = fit.why_no_delta_D =
        fmt::format("{} at one diameter: two are needed to tell flow from diffusion",
                    wires.size() == 1 ? "one length" : fmt::format("{} lengths", wires.size()));
    return fit;
  }
  const auto all = seen(T, wires, assumed);
  const auto flow = flow_alone(all, assumed.rule), diffusion = diffusion_alone(all, assumed.rule);
  const auto both =
      assumed.rule == Rule::fastest ? std::optional(fastest_of_both(all)) : sum_of_both(all);
  const bool sees_flow = both && diffusion.chi_squared - both->chi_squared >= least_worth;
  const bool sees_diffusion = both && flow.chi_squared - both->chi_squared >= least_worth;
  Speeds chosen = flow.chi_squared <= diffusion.chi_squared ? flow : diffusion;
  if (sees_flow && sees_diffusion) chosen = *both;
  if (chosen.u > 0.0) {
    fit.ln_eta = -2.0 * std::log(chosen.u);
    fit.covariance(0, 0) = 4.0 * chosen.uu / (chosen.u * chosen.u);
  } else {
    fit.why_no_eta = "no wire is thick enough to show viscous flow";
  }
  if (chosen.v > 0.0) {
    fit.ln_delta_D = 2.0 * std::log(chosen.v);
    fit.covariance(1, 1) = 4.0 * chosen.vv / (chosen.v * chosen.v);
  } else {
    fit.why_no_delta_D = "no wire is thin enough to show interface diffusion";
  }
  if (fit.ln_eta && fit.ln_delta_D)
    fit.covariance(0, 1) = fit.covariance(1, 0) = -4.0 * chosen.uv / (chosen.u * chosen.v);
  fit.chi_squared = chosen.chi_squared;
  fit.degrees =
      double(wires.size()) - double(fit.ln_eta.has_value()) - double(fit.ln_delta_D.has_value());
  for (const auto& wire : wires) fit.fitted.push_back(fitted_length(wire, T, chosen, assumed));
  return fit;
}

MobilityFits fit_all_mobilities(const std::vector<WiresAt>& temperatures,
                                const Parameters& assumed) {
  std::size_t known = 0, all = 0;
  for (const auto& at : temperatures)
    for (const auto& wire : at.wires) known += wire.L_se > 0.0, ++all;
  if (known != 0 && known != all)
    throw base::InputError(fmt::format("{} of {} lengths have errors", known, all),
                           "lengths without an error cannot be weighed against those with one",
                           {"give all of them an error, or none"});
  MobilityFits result;
  auto weighed = temperatures;
  if (known == 0) result.scatter = weigh_by_scatter(weighed, assumed);
  for (const auto& at : weighed) result.fits.push_back(fit_mobilities(at.T, at.wires, assumed));
  return result;
}

}  // namespace vitreous::models::nanomold
