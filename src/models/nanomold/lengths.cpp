#include "models/nanomold/lengths.hpp"

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"

namespace vitreous::models::nanomold {

double effective_pressure(const Parameters& parameters, double d, double p) {
  if (!parameters.capillarity) return p;
  const auto& c = *parameters.capillarity;
  return std::max(0.0, p + 4.0 * c.surface_tension * std::cos(c.contact_angle) / d);
}

double viscous_length(double d, double pressure_time, double eta, double hp_prefactor) {
  return d * std::sqrt(pressure_time / (hp_prefactor * eta));
}

double diffusive_length(double d, double pressure_time, double delta_D, double atomic_volume,
                        double T) {
  return std::sqrt(8.0 * delta_D * pressure_time * atomic_volume /
                   (d * base::boltzmann_J_per_K * T));
}

Lengths lengths(const Parameters& parameters, double d, const Conditions& c) {
  Lengths all;
  const double eta = std::exp(ln_viscosity(parameters.viscosity, c.T));
  const double delta_D = std::exp(ln_delta_D(parameters.interface, c.T));
  all.viscous =
      viscous_length(d, effective_pressure(parameters, d, c.p) * c.t, eta, parameters.hp_prefactor);
  all.diffusive = diffusive_length(d, c.p * c.t, delta_D, parameters.atomic_volume, c.T);
  const double grown = parameters.rule == Rule::fastest ? std::max(all.viscous, all.diffusive)
                                                        : std::hypot(all.viscous, all.diffusive);
  all.total = parameters.print > 0.0 ? std::hypot(grown, parameters.print * d) : grown;
  all.mechanism =
      all.viscous >= all.diffusive ? Mechanism::viscous_flow : Mechanism::interface_diffusion;
  return all;
}

double viscosity_of_length(double L, double d, double pressure_time, double hp_prefactor) {
  return pressure_time / hp_prefactor * (d / L) * (d / L);
}

double delta_D_of_length(double L, double d, double pressure_time, double atomic_volume, double T) {
  return L * L * d * base::boltzmann_J_per_K * T / (8.0 * atomic_volume * pressure_time);
}

}  // namespace vitreous::models::nanomold
