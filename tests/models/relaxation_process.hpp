// Synthetic spectra for tests: the complex modulus of one relaxation process, Debye's, or broadened
// as Cole and Cole have it.
#pragma once

#include <cmath>
#include <complex>

namespace vitreous::models {

/// E*(w) = E_u - dE/(1 + (i w tau)^(1-a)). With a = 0 a standard linear solid: E' = E_u - dE/(1 +
/// (w tau)^2), E'' = dE w tau/(1 + (w tau)^2). E'' is highest at w tau = 1 for any a, tan delta at
/// w tau = sqrt((E_u - dE)/E_u) for a = 0. Sources: C. Zener, Elasticity and Anelasticity of Metals
/// (1948); K. S. Cole and R. H. Cole, J. Chem. Phys. 9, 341 (1941).
struct RelaxationProcess {
  double unrelaxed = 0.0;   ///< E_u, any unit of modulus
  double strength = 0.0;    ///< dE, the same unit; 0 <= dE <= E_u
  double broadening = 0.0;  ///< a; 0 <= a < 1
};
inline std::complex<double> complex_modulus_at(const RelaxationProcess& process, double omega_tau) {
  const auto power = std::pow(std::complex(0.0, omega_tau), 1.0 - process.broadening);
  return process.unrelaxed - process.strength / (1.0 + power);
}

}  // namespace vitreous::models
