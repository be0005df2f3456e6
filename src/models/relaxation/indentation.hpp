// Anelastic loading of a sphere on a glass: Hertz contact with one relaxation time.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"
#include "math/least_squares.hpp"

namespace vitreous::models {

/// Creep compliance J(t) = (1/E_r) [1 + D (1 - exp(-t/tau))]. SI units. (tau is the time of the
/// creep; the stress at constant strain relaxes with tau/(1 + D).)
struct AnelasticContact {
  double reduced_modulus = 0.0;  ///< E_r at once, Pa
  double strength = 0.0;         ///< D, without unit
  double time = 0.0;             ///< tau, s
};

/// Depth (m) under a load (N) that runs straight from sample to sample (times in s) and was zero
/// before the first: h^(3/2) = 3/(4 sqrt(R)) int J(t - s) dP(s) = 3/(4 sqrt(R) E_r) [P + D (P - u)]
/// with u' = P' - u/tau, solved exactly between samples. Holds while the contact grows: loading and
/// hold. With D = 0 it is Hertz's law. Source: E. H. Lee and J. R. M. Radok, J. Appl. Mech. 27, 438
/// (1960).
std::vector<double> contact_depth(const AnelasticContact& contact, double radius,
                                  const std::vector<double>& time, const std::vector<double>& load);

/// A measured curve, in the order of time. SI units.
struct IndentationCurve {
  std::vector<double> time;      ///< s
  std::vector<double> load;      ///< N
  std::vector<double> depth;     ///< m
  std::vector<double> depth_se;  ///< m; empty where unknown
};

struct IndentationOptions {
  double radius = 0.0;          ///< of the sphere, m
  bool contact_offset = false;  ///< fit the depth at which contact was made, too
};

struct IndentationFit {
  std::string refused;                     ///< why there is no time; E_r may then still be there
  core::Measured reduced_modulus;          ///< GPa
  core::Measured strength;                 ///< D
  core::Measured time;                     ///< s
  core::Measured offset;                   ///< depth at contact, nm; zero where it was not fitted
  double time_low = 0.0, time_high = 0.0;  ///< 68 % interval of tau, s, symmetric in ln tau
  math::Matrix covariance;                 ///< of ln E_r, D, ln tau (and the offset over the depth)
  double scatter = 0.0;                    ///< of the depth about the fit, m
  double correlation_time = 1.0;  ///< of the residuals, in samples; errors are widened by its root
  std::string doubts;
  std::size_t left_out = 0;  ///< samples of the unloading
  std::vector<double> time_fitted, load_fitted, depth_measured, depth_fitted;  ///< SI
};

/// Nonlinear least squares of the depth over loading and hold, from the best of many tau at each of
/// which E_r and D are found by linear least squares. What follows the last moment of full load is
/// unloading: it is left out, for the contact shrinks there. Refuses, in `refused`, a D below twice
/// its error and a tau that the record does not resolve. Throws InputError: fewer than ten samples
/// of loading, times that do not rise, a curve that starts under load, or is unloading alone.
IndentationFit fit_indentation(const IndentationCurve& curve, const IndentationOptions& options);

/// Quantities E_r (GPa), D, tau (ms), relaxed modulus E_r/(1 + D); table `indentation`: time, load,
/// depth, fit and residual.
core::Result to_result(const IndentationFit& fit);

}  // namespace vitreous::models
