#include "engine/native/mtk_barostat.hpp"

#include <cmath>

namespace vitreous::engine {
namespace {

/// sinh(x)/x.
double sinhc(double x) {
  if (std::abs(x) > 0.1) return std::sinh(x) / x;
  const double y = x * x;
  return 1.0 + y / 6.0 * (1.0 + y / 20.0 * (1.0 + y / 42.0 * (1.0 + y / 72.0)));
}

}  // namespace

double barostat_mass(double kT, double freedom, double damping) {
  return (freedom + 3.0) * kT * damping * damping;
}

double strain_acceleration(double twice_kinetic, double virial_trace, double volume,
                           const Targets& targets, double freedom, double damping) {
  const double push =
      (1.0 + 3.0 / freedom) * twice_kinetic + virial_trace - 3.0 * targets.pressure * volume;
  return push / barostat_mass(targets.kT, freedom, damping);
}

MoveFactors strained_kick(double strain_rate, double freedom, double time) {
  const double x = 0.5 * (1.0 + 3.0 / freedom) * strain_rate * time;
  return {std::exp(-2.0 * x), time * std::exp(-x) * sinhc(x)};
}

MoveFactors strained_drift(double strain_rate, double time) {
  const double x = 0.5 * strain_rate * time;
  return {std::exp(2.0 * x), time * std::exp(x) * sinhc(x)};
}

}  // namespace vitreous::engine
