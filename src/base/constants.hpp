// Physical constants (CODATA 2018, exact in the 2019 SI where marked) in the program's own units:
// angstrom, picosecond, eV, kelvin, atomic mass unit.
#pragma once

namespace vitreous::base {

inline constexpr double elementary_charge_C = 1.602176634e-19;  // exact
inline constexpr double boltzmann_J_per_K = 1.380649e-23;       // exact
inline constexpr double atomic_mass_kg = 1.66053906660e-27;     // CODATA 2018
inline constexpr double avogadro_per_mol = 6.02214076e23;       // exact

/// Boltzmann's constant, eV/K.
inline constexpr double boltzmann = boltzmann_J_per_K / elementary_charge_C;

/// One amu A^2/ps^2 in eV: kinetic energy is 0.5 m v^2 times this; acceleration is F/m divided by
/// it.
inline constexpr double mv2_to_eV = atomic_mass_kg * 1e4 / elementary_charge_C;

/// One eV/A^3 in bar and in GPa.
inline constexpr double eV_per_A3_to_bar = elementary_charge_C * 1e30 / 1e5;
inline constexpr double eV_per_A3_to_GPa = elementary_charge_C * 1e30 / 1e9;

/// One A^2/ps in m^2/s.
inline constexpr double A2_per_ps_to_m2_per_s = 1e-8;

/// One amu/A^3 in g/cm^3.
inline constexpr double amu_per_A3_to_g_per_cm3 = atomic_mass_kg * 1e33 / 1e6;

}  // namespace vitreous::base
