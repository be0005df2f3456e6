// Wigner 3j symbols of three equal angular momenta, as rotational invariants of third order need.
#pragma once

namespace vitreous::math {

/// (l l l; m1 m2 m3) with m3 = -m1 - m2, by Racah's formula (Edmonds, Angular Momentum in Quantum
/// Mechanics, 1957, eq. 3.6.11); 0 where a |m| exceeds l. To rounding for l up to 12.
double wigner_3j(int l, int m1, int m2);

}  // namespace vitreous::math
