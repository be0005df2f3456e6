// Composition along a wire that grows by interface diffusion of two elements, one faster.
#pragma once

#include <vector>

namespace vitreous::models::nanomold {

/// Pe = p Omega/(kB T): the drift by the pressure over the whole wire, against diffusion.
double molding_peclet(double p, double atomic_volume, double T);

struct CompositionInput {
  double root = 0.0;    ///< x0, the faster element's share of the two in the feedstock, in (0, 1)
  double ratio = 1.0;   ///< r = D1/D2, the faster over the slower element's diffusivity, > 0
  double peclet = 0.0;  ///< Pe, > 0
};

/// The self-similar profile Y(z/L) of the faster element's share. Flux in the layer is
/// J_i = c D_i (x_i Omega G/(kB T) - dx_i/dz), G = -dP/dz; the sum over elements is the same along
/// the wire; layer and section are in equilibrium with each other; the tip deposits what flows to
/// it. With L^2 proportional to time,
///   Y' = kappa/(D1 D2) (D1 Y - D (zeta Y + h)),  h' = -Y,  Y(0) = x0,  h(1) = 0,
///   D = D1 Y + D2 (1 - Y),  int_0^1 (kappa + (D1 - D2) Y')/D dzeta = Pe,
/// and L dL/dt = (4 delta/d) kappa with kappa in units of D2. Equal D give kappa = D Pe, which is
/// Eq. 2 of Liu et al. (2023).
struct CompositionProfile {
  CompositionInput input;
  double kappa = 0.0;             ///< over D2
  double mean = 0.0;              ///< over the wire
  std::vector<double> zeta;       ///< z/L, from the root 0 to the tip 1, evenly
  std::vector<double> share;      ///< Y
  double at(double where) const;  ///< Y at z/L, between the points by cubic interpolation
  double tip() const { return share.back(); }
};

/// Shooting from the root by Runge and Kutta's fourth order over `steps` steps, Newton's method for
/// kappa and h(0), r led up from 1. Error of Y below 1e-9 for r <= 5. Throws InputError for a root,
/// ratio or Pe out of range, RunError where it does not converge.
CompositionProfile composition_profile(const CompositionInput& input, int steps = 400);

/// The ratio D1/D2 at which the tip has the share `tip`, between root and 1. Throws InputError
/// where no ratio up to 100 does.
double ratio_of_tip(double tip, double root, double peclet);

/// Y to first order in r - 1, in closed form: x0 + (r - 1) x0 (1 - x0) sqrt(pi Pe/2)
/// [erf sqrt(Pe/2) - erf((1 - zeta) sqrt(Pe/2))].
double first_order_share(const CompositionInput& input, double zeta);

/// The share all along the wire if layer and wire did not exchange atoms: y of
/// y/(1 - y) = r (x0 e^Pe - y)/((1 - x0) e^Pe - (1 - y)). Composition then jumps at the root.
double share_without_exchange(const CompositionInput& input);

}  // namespace vitreous::models::nanomold
