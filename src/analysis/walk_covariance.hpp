// Covariances of the mean square displacements of a Gaussian walk with a cage, between lags and
// between origins: the model behind the errors of the diffusion coefficient.
//   Cov(r_a^2(0), r_b^2(s)) = 2 d C^2 / N  with, for one component of its MSD m(t),
//   C = [ m(|a-s|) + m(|s+b|) - m(|s|) - m(|s+b-a|) ] / 2
#pragma once

#include <vector>

namespace vitreous::analysis {

/// MSD(t) = cage (1 - exp(-t/cage_time)) + 2 d D t, lengths in A, times in ps.
struct CagedWalk {
  double D = 0.0, cage = 0.0, cage_time = 1.0;
  int dimensions = 3;
  double atoms = 1.0;

  /// MSD of one component at |t|.
  double component(double t) const;
  /// Covariance of the atoms' mean square displacement over lag a from time 0 with that over lag b
  /// from time `shift`.
  double covariance(double a, double b, double shift) const;
};

/// The covariances of a set of lags between groups of origins: entry (a, b, k) belongs to the mean
/// over a group of lag a and that over the group k places later of lag b.
class GroupCovariance {
 public:
  /// Groups are `spacing` ps apart and hold `origins` evenly spaced origins each.
  GroupCovariance(const CagedWalk& walk, std::vector<double> lags, std::size_t groups,
                  double spacing, std::size_t origins);

  /// Covariance of the mean of lag a over groups_a with that of lag b over groups_b (indices).
  double of_means(std::size_t a, const std::vector<std::size_t>& groups_a, std::size_t b,
                  const std::vector<std::size_t>& groups_b) const;
  /// For one value a group, sum_a w_a MSD_a: its covariance between groups 0, 1, ... places apart.
  std::vector<double> of_combination(const std::vector<double>& w) const;

 private:
  double entry(std::size_t a, std::size_t b, std::ptrdiff_t k) const;

  std::size_t lags_, groups_;
  std::vector<double> table_;  ///< [a][b >= a][k from -(groups-1) to groups-1]
};

}  // namespace vitreous::analysis
