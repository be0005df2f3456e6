// The parameters of Ni45Pd35P16B4 that Liu et al., Nat. Commun. 14, 5987 (2023), imply.
#pragma once

#include <cmath>

#include "models/nanomold/parameters.hpp"

namespace vitreous::test {

inline models::nanomold::Parameters nickel_glass() {
  models::nanomold::Parameters p;
  p.viscosity = {std::log(3.4494e-5), 5581.0, 412.92,
                 models::nanomold::GlassBranch{560.15, 0.8717}};
  p.interface = {std::log(1.4193e-3 * 2.875e-10), 1.58, 2.875e-10};
  p.atomic_volume = 1.24e-29;
  p.particle_radius = 1.3e-10;
  p.bulk = models::nanomold::BulkDiffusion{std::log(2.4593e7), 3.16};
  p.calorimetry = models::nanomold::Calorimetry{590.15, 76.0};
  p.experiment_time = 36000.0;
  return p;
}

inline double celsius(double C) { return C + 273.15; }

}  // namespace vitreous::test
