// Two Arrhenius branches that meet: ln D bends at T_k, where another way of moving takes over.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration kink_declaration();

/// Least squares of ln y against 1/(kB T) by two lines that meet at a fitted T_k, by the points'
/// errors or unweighted. Quantities T_k (K), Q_hot and Q_cold (eV), ln_D0_hot and ln_D0_cold
/// (m^2/s; tau0, eta0 for times and viscosities). Errors are half of the central 68 % of 999
/// simulations about the fit (see simulated_fits), or of whole replicas where there are three or
/// more. Refused: less than five points or four temperatures; points that one line describes as
/// well (see probability_of_gain, against the option `significance`); a T_k that could as well be
/// the second hottest or coldest temperature (chi^2 there is less than 1 higher), beyond which a
/// branch would be a single point.
core::Result fit_kink(const FitInput& input, const core::Options& options);

}  // namespace vitreous::models
