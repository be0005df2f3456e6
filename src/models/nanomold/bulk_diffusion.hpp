// Diffusion in the bulk and the breakdown of the Stokes-Einstein relation.
#pragma once

#include <optional>
#include <vector>

#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

/// ln of D_SER = kB T/(c pi R eta) in m^2/s, eta that of the supercooled liquid. Throws InputError
/// where R is not given.
double ln_stokes_einstein_D(const Parameters& parameters, double T);

/// The activation energy of D_SER, eV: kB (T + B T^2/(T - T0)^2). It falls from infinity at T0 to a
/// minimum at `least_energy_temperature`.
double stokes_einstein_energy(const Viscosity& viscosity, double T);
/// K: the root of (T - T0)^3 = 2 B T T0.
double least_energy_temperature(const Viscosity& viscosity);

/// T (K) at which a line of slope Q (eV) is a tangent of ln D_SER, between T0 and the least energy;
/// nothing where Q is below that energy. Liu et al. (2023), Fig. 6c, read as "follows the curve".
std::optional<double> tangent_temperature(const Viscosity& viscosity, double Q);

/// The given bulk diffusion; else the paper's reading: Q_B = 2 Q_I, and D_B0 so that D_B touches
/// D_SER at the tangent temperature. Throws InputError where R is missing or nothing touches.
BulkDiffusion bulk_diffusion(const Parameters& parameters);

struct Breakdown {
  double tangent = 0.0;           ///< T_SER, K
  double gap = 0.0;               ///< ln(D_B/D_SER) there: 0 where they touch
  std::vector<double> crossings;  ///< K, rising: none where D_B stays above D_SER, else two
};
/// Nothing where the activation energy of D_SER is nowhere Q_B.
std::optional<Breakdown> stokes_einstein_breakdown(const Parameters& parameters);

}  // namespace vitreous::models::nanomold
