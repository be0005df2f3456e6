// Diffusion in an infinite system, from that in a periodic cube.
//   D_infinite = D + 2.837297 kB T/(6 pi eta L)
// (Yeh, Hummer, J. Phys. Chem. B 108, 15873 (2004), eq. 12): the images of an atom hold it back
// through the flow that it stirs up.
#pragma once

#include "core/box.hpp"
#include "core/result.hpp"

namespace vitreous::analysis {

/// The correction, m^2/s, for the viscosity `eta` (Pa s) at `temperature` (K) in a cube of edge
/// `length` (A). Its relative error is that of eta.
core::Measured finite_size_shift(double temperature, const core::Measured& eta, double length);

/// How far a box is from a cube: the largest difference, relative to the edge of a cube of its
/// volume, between an entry of its cell and that cube's. The constant 2.837297 is that of a cube.
double difference_from_cube(const core::Box& box);
inline constexpr double largest_difference_from_cube = 0.02;

/// For each quantity D and D.<species> of the result a D_infinite, where "D_shift" is among them:
/// the sum of both. Refused where D has no value or is not of a liquid in equilibrium.
void add_infinite_system(core::Result& result);

}  // namespace vitreous::analysis
