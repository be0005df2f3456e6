// chi^2 of a broken Arrhenius line along the temperature of its joint, the rest at its best. Given
// the joint the law is linear, so that no start values are needed and the profile is exact.
#pragma once

#include <vector>

#include "math/least_squares.hpp"
#include "models/usable_points.hpp"

namespace vitreous::models {

/// ln y = ln_y_k + sign Q/kB (1/T - 1/T_k), Q = Q_hot above T_k and Q_cold below it.
struct KinkParameters {
  double T_k = 0.0;
  double ln_y_k = 0.0, Q_hot = 0.0, Q_cold = 0.0;  ///< eV
  double chi_squared = 0.0;
};

class KinkProfile {
 public:
  /// At least four temperatures; the joint lies between the second hottest and the second coldest.
  KinkProfile(Observations logs, double sign);

  /// The best fit: exact, by the joint of the lines on either side of each gap between points, or
  /// at a point (D. J. Hudson, J. Am. Stat. Assoc. 61, 1097 (1966)).
  KinkParameters best() const;
  KinkParameters at(double T_k) const;

  /// Whether chi^2 with the joint at the second hottest and at the second coldest temperature is
  /// more than `rise` above the best.
  bool is_bounded(const KinkParameters& best, double rise) const;

  /// chi^2 of one line through all points.
  double chi_squared_of_one_line() const;
  const Observations& observations() const { return logs_; }
  double sign() const { return sign_; }
  /// The law at the temperatures of `observations`.
  std::vector<double> fitted(const KinkParameters& p) const;

 private:
  Observations logs_;  ///< from hot to cold
  double sign_;
  std::vector<double> joints_;  ///< temperatures where the joint may lie, from hot to cold
};

/// How often points scattered about one line, in `runs` simulations from a fixed stream, gain as
/// much by a joint: (1 + those that do)/(1 + runs). The gain is chi^2(line) - chi^2(kink), relative
/// to chi^2(kink)/degrees where errors are unknown; a table of F does not hold for it, for under
/// one line the joint is nowhere.
double probability_of_gain(const KinkProfile& profile, double gain, int runs);

/// The fits of `runs` simulations about `best` from a fixed stream, with the points' errors or,
/// without, their scatter. How far they stray is the error of a kink: near a point chi^2 has a cusp
/// along T_k, and where it rises by 1 tells too little (it covers 56 % instead of 68 %).
std::vector<KinkParameters> simulated_fits(const KinkProfile& profile, const KinkParameters& best,
                                           int runs);

}  // namespace vitreous::models
