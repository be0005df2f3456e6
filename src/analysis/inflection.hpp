// The mean square displacement where its logarithmic slope is least: the room that an atom's cage
// leaves it.
#pragma once

#include <string>
#include <vector>

#include "analysis/pair_curves.hpp"

namespace vitreous::analysis {

struct Inflection {
  double time = 0.0;    ///< ps
  math::Estimate msd;   ///< A^2
  std::string refusal;  ///< why there is none; "" where there is one
};

/// Lags of at most this are needed below the inflection, which lies near 1 ps, ps.
inline constexpr double longest_first_lag = 0.1;

/// d ln MSD/d ln t is that of the straight line through the lags within a factor of two of t, its
/// minimum that of the parabola through such slopes within a factor of two of the least one, up to
/// 10 ps. The error, by leaving out one of up to 20 blocks of origins at a time, tells how well the
/// place of a flat minimum is known, too. `weights` of the channels; lags are steps of `timestep`
/// ps.
Inflection msd_inflection(const PairCurves& curves, const std::vector<double>& weights,
                          double timestep);

}  // namespace vitreous::analysis
