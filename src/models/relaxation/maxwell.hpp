// Maxwell's relation between viscosity and relaxation time: eta = G tau.
#pragma once

#include "core/measured.hpp"

namespace vitreous::models {

/// eta in Pa s; relative errors add in quadrature. Throws InputError where `time` is no time or
/// `shear_modulus` no pressure, or either is not positive.
core::Measured maxwell_viscosity(const core::Measured& time, const core::Measured& shear_modulus);

/// tau in s.
core::Measured maxwell_time(const core::Measured& viscosity, const core::Measured& shear_modulus);

}  // namespace vitreous::models
