#include "models/relaxation/relaxation_spectrum.hpp"

namespace vitreous::models {

std::complex<double> complex_modulus_at(const RelaxationProcess& process, double omega_tau) {
  const auto power = std::pow(std::complex(0.0, omega_tau), 1.0 - process.broadening);
  return process.unrelaxed - process.strength / (1.0 + power);
}

}  // namespace vitreous::models
