// chi^2 of the Vogel-Fulcher-Tammann law along one parameter with the others at their best. Given
// T0 the law is a line, so that the profile is exact and no start values are needed.
#pragma once

#include <optional>

#include "math/least_squares.hpp"
#include "models/usable_points.hpp"

namespace vitreous::models {

/// ln y = ln_y0 + sign B/(T - T0).
struct VftParameters {
  double ln_y0 = 0.0, B = 0.0, T0 = 0.0;
  double chi_squared = 0.0;

  double strength() const { return B / T0; }
};

enum class VftParameter { ln_y0, B, T0, strength };

struct Interval {
  double low = 0.0, high = 0.0;
};

class VftProfile {
 public:
  /// At least four temperatures. Points without errors weigh alike, by 1.
  VftProfile(Observations logs, double sign);

  /// The best fit over all T0 below the lowest temperature.
  VftParameters best() const;

  /// What chi^2 tends to as T0 falls without bound (a line in T), and as it rises to the lowest
  /// temperature (a constant, with the coldest point free).
  double limit_below() const;
  double limit_at_lowest() const;
  double lowest_temperature() const { return lowest_; }

  /// Where the profile has risen by `rise` above best.chi_squared on either side of `best`; nothing
  /// where it does not rise so far.
  std::optional<Interval> interval(VftParameter parameter, const VftParameters& best,
                                   double rise) const;

 private:
  VftParameters at_T0(double T0) const;
  /// chi^2 at a value of one parameter, least over the others.
  double profile(VftParameter parameter, double value) const;
  /// chi^2 at T0 with `parameter` held, the remaining one at its best.
  double held(VftParameter parameter, double value, double T0) const;

  Observations logs_;
  std::vector<double> weights_;  ///< 1/error^2
  double sign_;
  double lowest_, highest_;
};

}  // namespace vitreous::models
