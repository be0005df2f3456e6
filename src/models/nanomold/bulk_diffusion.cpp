#include "models/nanomold/bulk_diffusion.hpp"

#include <fmt/format.h>

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <functional>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::models::nanomold {
namespace {

/// The root between two temperatures at which f has different signs.
double root_between(const std::function<double(double)>& f, double low, double high) {
  std::uintmax_t iterations = 200;
  const auto ends = boost::math::tools::toms748_solve(
      f, low, high, boost::math::tools::eps_tolerance<double>(50), iterations);
  return 0.5 * (ends.first + ends.second);
}

}  // namespace

double ln_stokes_einstein_D(const Parameters& parameters, double T) {
  if (!parameters.particle_radius)
    throw base::InputError("the radius R of the diffusing particle is not given",
                           "D_SER = kB T/(c pi R eta) needs it");
  return std::log(base::boltzmann_J_per_K * T /
                  (parameters.stokes_einstein_c * std::numbers::pi * *parameters.particle_radius)) -
         ln_supercooled_viscosity(parameters.viscosity, T);
}

double stokes_einstein_energy(const Viscosity& v, double T) {
  const double ratio = T / (T - v.T0);
  return base::boltzmann * (T + v.B * ratio * ratio);
}

double least_energy_temperature(const Viscosity& v) {
  // d/dT of T + B T^2/(T - T0)^2 vanishes: (T - T0)^3 = 2 B T T0.
  const auto slope = [&](double T) { return std::pow(T - v.T0, 3) - 2.0 * v.B * T * v.T0; };
  double high = 2.0 * v.T0 + v.B;
  while (slope(high) < 0.0) high *= 2.0;
  return root_between(slope, v.T0, high);
}

std::optional<double> tangent_temperature(const Viscosity& v, double Q) {
  const double least = least_energy_temperature(v);
  const auto excess = [&](double T) { return stokes_einstein_energy(v, T) - Q; };
  if (excess(least) >= 0.0) return {};
  double gap = 0.5 * (least - v.T0);
  while (excess(v.T0 + gap) <= 0.0) gap *= 0.5;
  return root_between(excess, v.T0 + gap, least);
}

BulkDiffusion bulk_diffusion(const Parameters& parameters) {
  if (parameters.bulk) return *parameters.bulk;
  BulkDiffusion bulk;
  bulk.Q = 2.0 * parameters.interface.Q;
  const auto T = tangent_temperature(parameters.viscosity, bulk.Q);
  if (!T)
    throw base::InputError(fmt::format("no line of Q_B = 2 Q_I = {:.4g} eV touches D_SER", bulk.Q),
                           "the activation energy of the viscosity is larger at every temperature",
                           {"D_B measured otherwise: D0 and Q in [bulk]"});
  bulk.ln_D0 = ln_stokes_einstein_D(parameters, *T) + bulk.Q / (base::boltzmann * *T);
  return bulk;
}

std::optional<Breakdown> stokes_einstein_breakdown(const Parameters& parameters) {
  const auto bulk = bulk_diffusion(parameters);
  const auto T = tangent_temperature(parameters.viscosity, bulk.Q);
  if (!T) return {};
  const auto gap = [&](double at) {
    return ln_bulk_D(bulk, at) - ln_stokes_einstein_D(parameters, at);
  };
  Breakdown found{*T, gap(*T), {}};
  if (!parameters.bulk) found.gap = 0.0;  // made to touch
  if (found.gap >= 0.0) return found;
  // ln D_B - ln D_SER curves upward against 1/T, so that there is one root on either side.
  const double T0 = parameters.viscosity.T0;
  double below = *T - T0;
  while (gap(T0 + below) <= 0.0) below *= 0.5;
  found.crossings.push_back(root_between(gap, T0 + below, *T));
  const double end = least_energy_temperature(parameters.viscosity);
  if (gap(end) > 0.0) found.crossings.push_back(root_between(gap, *T, end));
  return found;
}

}  // namespace vitreous::models::nanomold
