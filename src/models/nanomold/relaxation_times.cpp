#include "models/nanomold/relaxation_times.hpp"

#include <fmt/format.h>

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>

#include "base/error.hpp"
#include "models/nanomold/bulk_diffusion.hpp"

namespace vitreous::models::nanomold {
namespace {

const Calorimetry& calorimetry_of(const Parameters& parameters) {
  if (!parameters.calorimetry)
    throw base::InputError("the calorimetric Tg and the relaxation time tau_g there are not given",
                           "viscosities tell relaxation times only up to a factor");
  return *parameters.calorimetry;
}

}  // namespace

double ln_bulk_time(const Parameters& parameters, double T) {
  const auto& known = calorimetry_of(parameters);
  return std::log(known.tau_g) + ln_supercooled_viscosity(parameters.viscosity, T) -
         ln_supercooled_viscosity(parameters.viscosity, known.Tg);
}

double ln_interface_time(const Parameters& parameters, double T) {
  return ln_bulk_time(parameters, T) + ln_bulk_D(bulk_diffusion(parameters), T) -
         ln_interface_D(parameters.interface, T);
}

double bulk_glass_transition(const Parameters& parameters, double time) {
  const auto& known = calorimetry_of(parameters);
  const auto& v = parameters.viscosity;
  const double exponent = v.B / (known.Tg - v.T0) + std::log(time / known.tau_g);
  if (!(exponent > 0.0))
    throw base::InputError(
        fmt::format("the bulk relaxes slower than {:.3g} s at every temperature", time),
        "tau_B stays above tau_g exp(-B/(Tg - T0))");
  return v.T0 + v.B / exponent;
}

double interface_glass_transition(const Parameters& parameters, double time) {
  const double T0 = parameters.viscosity.T0;
  // tau_I falls on heating from infinity at T0; far above it Q_B > Q_I makes it rise again.
  const auto excess = [&](double T) { return ln_interface_time(parameters, T) - std::log(time); };
  double gap = 1e-3 * T0, before = gap;
  while (excess(T0 + before) <= 0.0) before *= 0.5;
  for (gap = before; gap < 10.0 * T0; gap *= 1.05) {
    if (excess(T0 + gap) > 0.0) {
      before = gap;
      continue;
    }
    std::uintmax_t iterations = 200;
    const auto ends = boost::math::tools::toms748_solve(
        excess, T0 + before, T0 + gap, boost::math::tools::eps_tolerance<double>(50), iterations);
    return 0.5 * (ends.first + ends.second);
  }
  throw base::InputError(
      fmt::format("the interface relaxes slower than {:.3g} s at every temperature", time));
}

}  // namespace vitreous::models::nanomold
