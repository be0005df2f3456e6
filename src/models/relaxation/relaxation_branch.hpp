// A branch of a relaxation map: the time of one process against temperature, with its covariance.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "math/least_squares.hpp"
#include "models/law.hpp"

namespace vitreous::models {

enum class BranchLaw { arrhenius, vft };

/// arrhenius: ln tau = ln tau0 + E/(kB T), parameters {ln tau0, E}; vft: ln tau = ln tau0 + B/(T -
/// T0), parameters {ln tau0, B, T0}. tau in s, E in eV, B and T0 in K.
struct RelaxationBranch {
  std::string name;  ///< alpha, beta, fast, liquid
  BranchLaw law = BranchLaw::arrhenius;
  std::vector<double> parameters;
  math::Matrix covariance;  ///< in the order of the parameters

  /// ln of tau/s at T (K). A VFT branch has none at or below T0: infinite there.
  double ln_tau(double T) const;
  /// The same of other parameters (draws from the covariance).
  double ln_tau(double T, const std::vector<double>& of) const;
  /// Its standard error, to first order.
  double ln_tau_error(double T) const;
  /// d ln tau / d parameter.
  std::vector<double> gradient(double T) const;
};

/// The temperature at which a branch has the given ln tau, K, with its error to first order; NaN
/// where it has none above 1 K.
std::pair<double, double> temperature_of(const RelaxationBranch& branch, double ln_tau);

/// A line of known slope through a point: ln tau0 = ln tau(T) - E/(kB T), with both errors.
/// `energy` in eV; `ln_tau` of s and its error.
RelaxationBranch branch_through(const std::string& name, const core::Measured& energy, double T,
                                double ln_tau, double ln_tau_error);

/// A branch fitted to times or viscosities by the law (models/law.hpp), whose refusals stand. The
/// covariance is that of the linearized law over the points it took, scaled to the errors the law
/// tells. Viscosities become times by `shear_modulus` (Pa; with its relative error).
struct FittedBranch {
  std::string refused;
  RelaxationBranch branch;
  core::Result fit;  ///< as the law tells it
};
FittedBranch fit_branch(const std::string& name, BranchLaw law, const FitInput& input,
                        double shear_modulus, double shear_modulus_relative_error);

}  // namespace vitreous::models
