#include "models/nanomold/mechanism_map.hpp"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>

#include "models/nanomold/critical_size.hpp"
#include "models/nanomold/lengths.hpp"

namespace vitreous::models::nanomold {

MechanismMap mechanism_map(const Parameters& parameters, const MapRange& range, double p) {
  MechanismMap map;
  const int last = range.points - 1;
  std::vector<double> pull;  // of capillarity on the flow: p_eff/p
  for (int k = 0; k <= last; ++k) {
    map.T.push_back(range.T_low + (range.T_high - range.T_low) * k / last);
    map.d.push_back(range.d_low * std::pow(range.d_high / range.d_low, double(k) / last));
    pull.push_back(effective_pressure(parameters, map.d.back(), p) / p);
  }
  map.log10_ratio.reserve(map.T.size() * map.d.size());
  for (const double T : map.T) {
    map.critical_diameter.push_back(critical_diameter(parameters, T, p));
    const double eta = std::exp(ln_viscosity(parameters.viscosity, T));
    const double delta_D = std::exp(ln_delta_D(parameters.interface, T));
    for (std::size_t k = 0; k < map.d.size(); ++k) {
      const double d = map.d[k];
      map.log10_ratio.push_back(
          std::log10(diffusive_length(d, 1.0, delta_D, parameters.atomic_volume, T) /
                     viscous_length(d, pull[k], eta, parameters.hp_prefactor)));
    }
  }
  return map;
}

double temperature_of_largest(const Parameters& parameters, double T_low, double T_high, double p) {
  const auto negative = [&](double T) { return -critical_diameter(parameters, T, p); };
  const int pieces = 100;
  int best = 0;
  for (int k = 1; k <= pieces; ++k) {
    const double step = (T_high - T_low) / pieces;
    if (negative(T_low + k * step) < negative(T_low + best * step)) best = k;
  }
  const double step = (T_high - T_low) / pieces, center = T_low + best * step;
  double T = boost::math::tools::brent_find_minima(negative, std::max(T_low, center - step),
                                                   std::min(T_high, center + step), 40)
                 .first;
  // Brent's method nears a kink only so far.
  if (parameters.viscosity.glass) {
    const double kink = parameters.viscosity.glass->kink;
    if (kink >= T_low && kink <= T_high && negative(kink) <= negative(T)) T = kink;
  }
  return T;
}

}  // namespace vitreous::models::nanomold
