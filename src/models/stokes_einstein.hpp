// Stokes-Einstein: whether D tau stays the same as the liquid cools.
#pragma once

#include "models/law.hpp"

namespace vitreous::models {

core::Declaration stokes_einstein_declaration();

/// `input` holds D tau (or D eta) against T: see `product`. Quantities: D_tau, the weighted mean of
/// ln(D tau) as a value, with the lack of fit of "D tau is constant" told; and growth, D tau at the
/// lowest temperature over that at the highest. Table `stokes_einstein_points`.
core::Result fit_stokes_einstein(const FitInput& input, const core::Options& options);

/// D tau from D and tau: points of the same label and temperature are multiplied, replica by
/// replica, their relative errors added in quadrature; the state is that of the one further from
/// equilibrium. A point without a partner is kept as one that enters no fit. D tau is in
/// angstrom^2, D eta in N. Throws InputError where `a` is no diffusion coefficient or `b` neither
/// time nor viscosity.
FitInput product(const FitInput& a, const FitInput& b);

}  // namespace vitreous::models
