// Arrhenius' law: ln D = ln D0 - Q/(kB T).
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration arrhenius_declaration();

/// Least squares of ln y against 1/(kB T), by the points' errors or unweighted. Quantities Q (eV),
/// ln_D0 and D0 (m^2/s; tau0, eta0 for times and viscosities, which grow on cooling).
core::Result fit_arrhenius(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
