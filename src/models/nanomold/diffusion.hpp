// Diffusion along the interface of a nanowire with its mold, and in the bulk.
#pragma once

namespace vitreous::models::nanomold {

/// delta D_I = delta D0 exp(-Q/(kB T)) over the whole range of temperatures. Lengths of wires fix
/// delta D_I alone; D_I needs the thickness delta of the layer in which atoms are fast.
/// Liu et al. (2023), Eq. 2 and Fig. 6a.
struct InterfaceDiffusion {
  double ln_delta_D0 = 0.0;  ///< of delta D0 in m^3/s
  double Q = 0.0;            ///< eV
  double delta = 0.0;        ///< thickness of the interface, m; an assumption, of one atomic layer
};

/// D_B = D0 exp(-Q/(kB T)).
struct BulkDiffusion {
  double ln_D0 = 0.0;  ///< of D0 in m^2/s
  double Q = 0.0;      ///< eV
};

/// ln of delta D_I in m^3/s.
double ln_delta_D(const InterfaceDiffusion& interface, double T);
/// ln of D_I in m^2/s, given delta.
double ln_interface_D(const InterfaceDiffusion& interface, double T);
/// ln of D_B in m^2/s.
double ln_bulk_D(const BulkDiffusion& bulk, double T);

}  // namespace vitreous::models::nanomold
