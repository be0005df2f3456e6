// How long a nanowire grows into its mold, by viscous flow and by diffusion along the interface.
#pragma once

#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

struct Conditions {
  double T = 0.0;  ///< K
  double p = 0.0;  ///< molding pressure, Pa
  double t = 0.0;  ///< molding time, s
};

/// p + 4 gamma cos(theta)/d, Pa; p itself without capillarity. Not below zero: no flow then.
double effective_pressure(const Parameters& parameters, double d, double p);

/// L_v = d sqrt(p t/(C eta)), m, with the prefactor C of the Hagen-Poiseuille law. Eq. 1.
double viscous_length(double d, double pressure_time, double eta, double hp_prefactor);
/// L_d = sqrt(8 delta D_I p Omega t/(d kB T)), m. Eq. 2.
double diffusive_length(double d, double pressure_time, double delta_D, double atomic_volume,
                        double T);

enum class Mechanism { viscous_flow, interface_diffusion };

struct Lengths {
  double viscous = 0.0;    ///< m
  double diffusive = 0.0;  ///< m
  double total = 0.0;      ///< by the rule of the parameters, the print included; m
  Mechanism mechanism = Mechanism::viscous_flow;  ///< whichever is longer
};
Lengths lengths(const Parameters& parameters, double d, const Conditions& conditions);

/// eta = (p t/C)(d/L)^2, Pa s: viscous_length solved for it.
double viscosity_of_length(double L, double d, double pressure_time, double hp_prefactor);
/// delta D_I = L^2 d kB T/(8 Omega p t), m^3/s: diffusive_length solved for it. (The paper's text
/// lost the p.)
double delta_D_of_length(double L, double d, double pressure_time, double atomic_volume, double T);

}  // namespace vitreous::models::nanomold
