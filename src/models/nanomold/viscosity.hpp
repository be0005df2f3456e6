// Viscosity of a glass-forming alloy: Vogel-Fulcher-Tammann above a kink, Arrhenius below it.
#pragma once

#include <optional>

namespace vitreous::models::nanomold {

/// The Arrhenius branch of the glass, which joins the supercooled liquid's continuously.
struct GlassBranch {
  double kink = 0.0;  ///< temperature below which the alloy is a glass, K
  double Q = 0.0;     ///< activation energy of flow below it, eV
};

/// eta = eta0 exp(B/(T - T0)) for T >= kink; below it eta(kink) exp(Q/kB (1/T - 1/kink)).
/// Liu et al., Nat. Commun. 14, 5987 (2023), Fig. 6a. Without a glass branch the first holds
/// everywhere.
struct Viscosity {
  double ln_eta0 = 0.0;  ///< of eta0 in Pa s
  double B = 0.0;        ///< K
  double T0 = 0.0;       ///< K
  std::optional<GlassBranch> glass;
};

/// ln eta (eta in Pa s) at T (K). Throws InputError where T <= T0 on the liquid's branch.
double ln_viscosity(const Viscosity& viscosity, double T);
/// The same with the supercooled liquid's branch carried on below the kink.
double ln_supercooled_viscosity(const Viscosity& viscosity, double T);
/// d log10 eta/d(Tg/T) of the liquid's branch at T = Tg: the fragility m.
double fragility(const Viscosity& viscosity, double Tg);

}  // namespace vitreous::models::nanomold
