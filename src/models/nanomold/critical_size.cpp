#include "models/nanomold/critical_size.hpp"

#include <cmath>

#include "base/constants.hpp"

namespace vitreous::models::nanomold {
namespace {

/// The root of d^2 (d + shift) = cube above max(0, -shift), where the left side rises and curves
/// upward: Newton's method from above falls to it.
double shifted_cube_root(double cube, double shift) {
  double d = std::cbrt(cube) + std::abs(shift);
  for (int k = 0; k < 200; ++k) {
    const double next = d - (d * d * (d + shift) - cube) / (d * (3.0 * d + 2.0 * shift));
    if (!(next < d)) break;
    d = next;
  }
  return d;
}

}  // namespace

double critical_diameter(const Parameters& parameters, double T, double p) {
  const double ln_eta_delta_D =
      ln_viscosity(parameters.viscosity, T) + ln_delta_D(parameters.interface, T);
  const double cube = 8.0 * parameters.hp_prefactor * parameters.atomic_volume *
                      std::exp(ln_eta_delta_D) / (base::boltzmann_J_per_K * T);
  if (!parameters.capillarity) return std::cbrt(cube);
  const auto& c = *parameters.capillarity;
  return shifted_cube_root(cube, 4.0 * c.surface_tension * std::cos(c.contact_angle) / p);
}

double shortest_diameter(double critical_diameter) { return critical_diameter / std::cbrt(2.0); }

}  // namespace vitreous::models::nanomold
