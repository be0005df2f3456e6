#include "models/relaxation/maxwell.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::models {
namespace {

/// The value in `unit`; positive.
core::Measured positive_in(const core::Measured& measured, const char* unit, const char* what) {
  const auto converted = measured.to(unit);
  if (!(converted.value > 0.0))
    throw base::InputError(fmt::format("a {} of {} is none", what, core::to_text(measured)),
                           "it must be positive");
  return converted;
}

double relative_error(const core::Measured& a, const core::Measured& b) {
  return std::hypot(a.standard_error / a.value, b.standard_error / b.value);
}

}  // namespace

core::Measured maxwell_viscosity(const core::Measured& time, const core::Measured& shear_modulus) {
  const auto tau = positive_in(time, "s", "relaxation time");
  const auto G = positive_in(shear_modulus, "Pa", "shear modulus");
  const double eta = G.value * tau.value;
  return {eta, eta * relative_error(tau, G), "Pa s"};
}

core::Measured maxwell_time(const core::Measured& viscosity, const core::Measured& shear_modulus) {
  const auto eta = positive_in(viscosity, "Pa s", "viscosity");
  const auto G = positive_in(shear_modulus, "Pa", "shear modulus");
  const double tau = eta.value / G.value;
  return {tau, tau * relative_error(eta, G), "s"};
}

}  // namespace vitreous::models
