// Which mechanism molds a wire of a diameter at a temperature: the deformation mechanism map.
#pragma once

#include <vector>

#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

struct MechanismMap {
  std::vector<double> T;                  ///< K, rising evenly
  std::vector<double> d;                  ///< m, rising evenly in the logarithm
  std::vector<double> critical_diameter;  ///< m, one a temperature
  /// log10(L_d/L_v) by rows of one temperature: above zero interface diffusion is longer.
  std::vector<double> log10_ratio;
};

struct MapRange {
  double T_low = 0.0, T_high = 0.0;  ///< K
  double d_low = 0.0, d_high = 0.0;  ///< m
  int points = 500;                  ///< along each axis, 2 or more
};

/// Liu et al. (2023), Fig. 6b. `p` (Pa) matters with capillarity only.
MechanismMap mechanism_map(const Parameters& parameters, const MapRange& range, double p);

/// The temperature in [T_low, T_high] at which d_c is largest, K: the kink, where there is one.
double temperature_of_largest(const Parameters& parameters, double T_low, double T_high, double p);

}  // namespace vitreous::models::nanomold
