// Means with honest errors: groups, autocorrelation, Student's t at small counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vitreous::math {

/// A mean, its standard error (Student's factor included where degrees are few), and the degrees of
/// freedom behind that error.
struct Estimate {
  double mean = 0.0;
  double standard_error = 0.0;
  double degrees = 0.0;
};

double mean(std::span<const double> values);
/// Divided by n - 1. Needs two values.
double sample_variance(std::span<const double> values);

/// The half width, in standard errors, of the interval that holds 68.27 % of Student's t with
/// `degrees` (> 0) degrees of freedom: 1.84 at 1, 1.20 at 3, 1.08 at 7, 1 at infinity.
double student_factor(double degrees);

/// The chance that Student's t with `degrees` (> 0) lies as far from zero as `t`, on either side:
/// 0.317 at 1 for infinite degrees, 0.5 for one.
double student_tails(double t, double degrees);

/// Degrees of freedom of a sum of independent estimates of variances (Satterthwaite, Biometrics
/// Bull. 2, 110 (1946)); infinite where all are.
double degrees_of_sum(std::span<const double> variances, std::span<const double> degrees);

/// Mean of independent values; the error is s/sqrt(n) times Student's factor. Needs two values.
Estimate independent_mean(std::span<const double> values);

/// Mean of values that hang together within groups, which `group` numbers: the error is that of the
/// groups' sums, with one degree of freedom less than there are groups. Needs two groups. Liang and
/// Zeger, Biometrika 73, 13 (1986).
Estimate grouped_mean(std::span<const double> values, std::span<const std::int64_t> group);

/// Integrated autocorrelation time in samples, tau = 1 + 2 sum rho(k), summed up to the first
/// window W >= 2.5 tau(W) (five of Sokal's tau/2, 1997: wider windows add noise that widens the
/// spread of tau), times 1 + (2 W + 1)/n for the bias of the series' own mean (Wolff, Comput. Phys.
/// Commun. 156, 143 (2004), eq. 49). 1 for independent samples; never below 1. Needs two values.
double autocorrelation_time(std::span<const double> values);

/// Mean of a correlated series: s sqrt(tau/n), corrected for the variance that the series' own mean
/// takes away, with n/tau - 1 degrees of freedom. Needs two values.
Estimate correlated_mean(std::span<const double> values);

/// sum(a)/sum(b) of two series that belong together and may be correlated, such as counts and what
/// was counted; the error is that of the mean of a - (sum(a)/sum(b)) b. Needs two values each, and
/// a sum of b that is not zero.
Estimate correlated_ratio(std::span<const double> a, std::span<const double> b);

/// Slope of values against their index, with the error that the residuals' autocorrelation time
/// gives it. Needs four values.
Estimate correlated_slope(std::span<const double> values);

}  // namespace vitreous::math
