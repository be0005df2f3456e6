// Classical nucleation: the critical nucleus of a crystal in its undercooled liquid.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace vitreous::models {

/// Free energy of crystallization per volume, by four estimates of what the heat capacities do
/// below the melting point. With u = (T_m - T)/T_m and the heat of fusion per volume H_v:
enum class DrivingForce {
  linear,            ///< H_v u: heat capacities alike (D. Turnbull, J. Appl. Phys. 21, 1022 (1950))
  thompson_spaepen,  ///< H_v u 2T/(T_m + T) (C. V. Thompson, F. Spaepen, Acta Metall. 27, 1855
                     ///< (1979))
  hoffman,           ///< H_v u T/T_m (J. D. Hoffman, J. Chem. Phys. 29, 1192 (1958))
  full,  ///< H_v u - dCp_v (T_m - T - T ln(T_m/T)), dCp of the liquid over the crystal, constant
};
const std::vector<DrivingForce>& driving_forces();
std::string name_of(DrivingForce form);

/// What is known of a substance, or the standard errors of the same; in A, eV and K. A heat per
/// mole is one per atom: 12 kJ/mol = 0.1244 eV; so are volumes and heat capacities.
struct Undercooled {
  double T = 0.0, T_m = 0.0;      ///< K
  double volume = 0.0;            ///< of an atom in the crystal, A^3
  double heat_of_fusion = 0.0;    ///< of an atom, eV
  double interface_energy = 0.0;  ///< eV/A^2; where it is 0, alpha tells it
  double alpha = 0.0;             ///< sigma = alpha H/(N_A^(1/3) V_m^(2/3)) = alpha H_atom/v^(2/3)
  double delta_Cp = 0.0;          ///< of an atom, eV/K
};

/// eV/A^3 and eV/A^2. Throws InputError at and above the melting point.
double driving_force(DrivingForce form, const Undercooled& u);
double interface_energy(const Undercooled& u);

/// r* = 2 sigma/G_v, W* = 16 pi sigma^3/(3 G_v^2).
struct CriticalNucleus {
  double radius = 0.0, diameter = 0.0;  ///< A
  double atoms = 0.0;                   ///< in a sphere of that radius
  double barrier = 0.0;                 ///< eV
  double barrier_kT = 0.0;
};
/// Throws InputError where nothing drives crystallization. Where alpha tells sigma, H cancels in
/// r* (but for the full form): it may be any positive number there.
CriticalNucleus critical_nucleus(DrivingForce form, const Undercooled& u);

/// The standard error of what `f` makes of inputs with independent standard errors, to first order.
double first_order_error(const std::function<double(const Undercooled&)>& f, const Undercooled& u,
                         const Undercooled& errors);
CriticalNucleus critical_nucleus_errors(DrivingForce form, const Undercooled& u,
                                        const Undercooled& errors);

/// Gibbs and Thomson: where a crystal of this diameter (A) neither melts nor grows,
/// T_m (1 - 4 sigma/(H_v d)), K; the inverse of the linear form.
double melting_temperature(double diameter, const Undercooled& u);

/// sigma/H_v (A) that makes `radius` critical; alpha is that over v^(1/3).
double needed_ratio(DrivingForce form, double radius, const Undercooled& u);

/// In a sphere.
double atoms_in_sphere(double diameter, double volume);

}  // namespace vitreous::models
