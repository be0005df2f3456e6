// The laws of viscosity and interface diffusion through the mobilities of all temperatures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/nanomold/mobility_fit.hpp"
#include "models/nanomold/uncertain.hpp"

namespace vitreous::models::nanomold {

enum class KinkChoice {
  free,   ///< found with the rest
  given,  ///< that of the options
  none,   ///< the liquid's law at all temperatures
};

struct GlobalFitOptions {
  KinkChoice kink = KinkChoice::free;
  double kink_T = 0.0;  ///< K, where it is given
};

struct GlobalFit {
  UncertainParameters parameters;  ///< those assumed, with viscosity and interface diffusion fitted
  double chi_squared = 0.0, degrees = 0.0;
  double lack_of_fit = 1.0;  ///< probability of so large a chi^2; 1 where nothing is left to test
};

/// Generalized least squares of ln eta (Vogel-Fulcher-Tammann above the kink, Arrhenius below it,
/// continuous) and ln delta D_I (Arrhenius) with the covariance that each temperature's lengths
/// give them. T0 and a free kink are searched over their whole range, then all parameters are
/// polished together. Throws InputError, with the reason, where the temperatures do not determine
/// the laws: fewer than three with eta at or above the kink, none (a free kink: fewer than two)
/// below it, fewer than two with delta D_I, or a T0 whose 68 % interval has no end.
GlobalFit fit_globally(const std::vector<MobilityFit>& fits, const Parameters& assumed,
                       const GlobalFitOptions& options);

}  // namespace vitreous::models::nanomold
