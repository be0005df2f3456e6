// Everything that the laws of nanomolding take of an alloy, in SI units (energies in eV).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/nanomold/diffusion.hpp"
#include "models/nanomold/viscosity.hpp"

namespace vitreous::models::nanomold {

/// How flow and diffusion make one length.
enum class Rule {
  fastest,   ///< L = max(L_v, L_d): the fastest release of energy wins (Liu et al. 2023)
  additive,  ///< both fluxes at once, L dL/dt = a + b: L = sqrt(L_v^2 + L_d^2)
};
std::string to_text(Rule rule);

/// What adds 4 gamma cos(theta)/d to the pressure (Liu et al. 2023, Eq. 1; they leave it out).
struct Capillarity {
  double surface_tension = 0.0;  ///< gamma, N/m
  double contact_angle = 0.0;    ///< theta, rad; beyond 90 degrees the mold repels
};

/// What scales a viscosity to a relaxation time of the bulk.
struct Calorimetry {
  double Tg = 0.0;     ///< glass transition measured by calorimetry, K
  double tau_g = 0.0;  ///< relaxation time there, s
};

/// The published form of Eq. 1 sets the speed to L/t; the integral of its flow law has 16.
constexpr double published_hp_prefactor = 32.0, integral_hp_prefactor = 16.0;

struct Parameters {
  Viscosity viscosity;
  InterfaceDiffusion interface;
  double atomic_volume = 0.0;  ///< Omega, m^3
  double hp_prefactor = published_hp_prefactor;
  Rule rule = Rule::fastest;
  std::optional<Capillarity> capillarity;
  /// Length over diameter of the print that was there before molding; it adds to L^2.
  double print = 0.0;
  double stokes_einstein_c = 6.0;         ///< D_SER = kB T/(c pi R eta)
  std::optional<double> particle_radius;  ///< R, m
  std::optional<BulkDiffusion> bulk;      ///< else Q_B = 2 Q_I and D_SER as tangent: bulk_diffusion
  std::optional<Calorimetry> calorimetry;
  std::optional<double> experiment_time;  ///< t_exp of the glass transitions, s
};

/// A parameter that can have an error: prefactors by their logarithm.
struct ParameterEntry {
  std::string name;            ///< "viscosity.ln_eta0"
  std::string unit;            ///< of the value: "K", "eV", "1"
  double* (*at)(Parameters&);  ///< null where these parameters do not have it
};
const std::vector<ParameterEntry>& parameter_entries();
/// The value called `name`; throws InputError where there is none.
double& parameter(Parameters& parameters, const std::string& name);

}  // namespace vitreous::models::nanomold
