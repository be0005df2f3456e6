// Where the segments of a table should end: at the joints of the formulas that the functions were
// tabulated from, where high derivatives jump, and closer together where functions are harder to
// follow.
#pragma once

#include <functional>
#include <vector>

#include "potential/segment_table.hpp"

namespace vitreous::potential {

/// A function that the segments are to follow by polynomials of a degree.
struct Followed {
  std::function<double(double)> f;
  int degree = 0;
  double end = 0.0;     ///< A: beyond, nothing counts
  double factor = 1.0;  ///< what its errors count by
};

/// The map from r_low to at least r_high with the edges that leave the functions the least error:
/// the mean of (error r factor)^2 weight, summed over them. Some values of r_low are tried (A).
/// Stops where the root of that error is below `enough`.
SegmentMap place_edges(double least_r_low, double most_r_low, double r_high,
                       const std::vector<Followed>& functions,
                       const std::function<double(double)>& weight, double enough = 0.0);

}  // namespace vitreous::potential
