// Viscosity and interface diffusion at one temperature from the lengths of wires.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "math/least_squares.hpp"
#include "models/nanomold/parameters.hpp"

namespace vitreous::models::nanomold {

/// A mold of one diameter: the mean length of its wires and how they were molded. SI units.
struct WireLength {
  double d = 0.0, L = 0.0;
  double L_se = 0.0;  ///< standard error of L; 0 where none is known
  double p = 0.0, t = 0.0;
};

/// What the lengths at one temperature tell.
struct MobilityFit {
  double T = 0.0;                    ///< K
  std::optional<double> ln_eta;      ///< of eta in Pa s
  std::optional<double> ln_delta_D;  ///< of delta D_I in m^3/s
  math::Matrix covariance;           ///< of {ln eta, ln delta D_I}; 0 where there is none
  std::string why_no_eta, why_no_delta_D;
  std::vector<double> fitted;  ///< L of each wire, m
  double chi_squared = 0.0, degrees = 0.0;
};

/// Weighted least squares in L. Under the rule `fastest` every wire belongs to flow or to
/// diffusion: all ways to part them by diameter are tried, and the kink between. Under `additive`
/// both are in every wire. A mechanism without which chi^2 rises by less than 9 (three standard
/// errors) is not seen, and its mobility refused. The rule, the prefactor, Omega, capillarity and
/// print are those of `assumed`. All L_se must be positive. One diameter cannot tell the mechanisms
/// apart: both are refused.
MobilityFit fit_mobilities(double T, const std::vector<WireLength>& wires,
                           const Parameters& assumed);

/// Wires of one temperature.
struct WiresAt {
  double T = 0.0;  ///< K
  std::vector<WireLength> wires;
};

struct MobilityFits {
  std::vector<MobilityFit> fits;
  /// Where no errors are known: the relative scatter of lengths about all fits, which is then taken
  /// for the error of each, with Student's factor. 0 where the errors are known.
  double scatter = 0.0;
};
/// At every temperature. Either all wires have errors, or none. Throws InputError otherwise, and
/// where there are no errors and nothing is left to tell the scatter by.
MobilityFits fit_all_mobilities(const std::vector<WiresAt>& temperatures,
                                const Parameters& assumed);

}  // namespace vitreous::models::nanomold
