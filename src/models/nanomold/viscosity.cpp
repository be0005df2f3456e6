#include "models/nanomold/viscosity.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::models::nanomold {

double ln_supercooled_viscosity(const Viscosity& v, double T) {
  if (!(T > v.T0))
    throw base::InputError(
        fmt::format("{:.2f} K ({:.2f} C) is not above T0 = {:.2f} K ({:.2f} C)", T, T - 273.15,
                    v.T0, v.T0 - 273.15),
        "there the viscosity of the supercooled liquid, eta0 exp(B/(T - T0)), diverges");
  return v.ln_eta0 + v.B / (T - v.T0);
}

double ln_viscosity(const Viscosity& v, double T) {
  if (!v.glass || T >= v.glass->kink) return ln_supercooled_viscosity(v, T);
  return ln_supercooled_viscosity(v, v.glass->kink) +
         v.glass->Q / base::boltzmann * (1.0 / T - 1.0 / v.glass->kink);
}

double fragility(const Viscosity& v, double Tg) {
  return v.B * Tg / ((Tg - v.T0) * (Tg - v.T0) * std::numbers::ln10);
}

}  // namespace vitreous::models::nanomold
