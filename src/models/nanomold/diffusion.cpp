#include "models/nanomold/diffusion.hpp"

#include <cmath>

#include "base/constants.hpp"

namespace vitreous::models::nanomold {

double ln_delta_D(const InterfaceDiffusion& interface, double T) {
  return interface.ln_delta_D0 - interface.Q / (base::boltzmann * T);
}

double ln_interface_D(const InterfaceDiffusion& interface, double T) {
  return ln_delta_D(interface, T) - std::log(interface.delta);
}

double ln_bulk_D(const BulkDiffusion& bulk, double T) {
  return bulk.ln_D0 - bulk.Q / (base::boltzmann * T);
}

}  // namespace vitreous::models::nanomold
