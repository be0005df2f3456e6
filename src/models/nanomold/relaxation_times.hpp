// Relaxation times of bulk and interface, and the glass transitions at which they reach the time of
// the experiment. Liu et al. (2023), Fig. 6d.
#pragma once

#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

/// ln of tau_B = tau_g eta(T)/eta(Tg) in s, eta that of the supercooled liquid. Throws InputError
/// where the calorimetric Tg and tau_g are not given, and at or below T0.
double ln_bulk_time(const Parameters& parameters, double T);
/// ln of tau_I = tau_B D_B/D_I in s, with `bulk_diffusion`. (The paper prints D_I/D_2 for the
/// factor; only D_B/D_I makes the interface faster.)
double ln_interface_time(const Parameters& parameters, double T);

/// T (K) where tau_B = time (s): B/(T - T0) = B/(Tg - T0) + ln(time/tau_g).
double bulk_glass_transition(const Parameters& parameters, double time);
/// T (K) where tau_I = time (s), above T0. Throws InputError where there is none.
double interface_glass_transition(const Parameters& parameters, double time);

}  // namespace vitreous::models::nanomold
