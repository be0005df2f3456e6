// The diameter at which viscous flow and interface diffusion make wires of the same length.
#pragma once

#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

/// d_c, m, where L_v = L_d: (8 C Omega delta eta D_I/(kB T))^(1/3), with C = 32 the paper's Eq. 3.
/// With capillarity it depends on the pressure p (Pa), which matters only then.
double critical_diameter(const Parameters& parameters, double T, double p);

/// Where L(d) is least under the additive rule without capillarity: d_c/2^(1/3) = 0.794 d_c. To
/// read it off data as d_c errs by 21 %.
double shortest_diameter(double critical_diameter);

}  // namespace vitreous::models::nanomold
