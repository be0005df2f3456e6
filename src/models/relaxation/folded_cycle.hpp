// Many cycles of an oscillation laid over each other.
#pragma once

#include <cstddef>
#include <vector>

namespace vitreous::models {

struct CyclePoint {
  double phase = 0.0;  ///< middle of the bin, in cycles: 0 to 1
  double strain = 0.0, stress = 0.0, stress_se = 0.0;
};

/// Means over `bins` equal parts of the cycle (phase f t), with the error of the scatter within the
/// part; parts with fewer than two samples are left out.
std::vector<CyclePoint> folded_cycle(const std::vector<double>& time,
                                     const std::vector<double>& strain,
                                     const std::vector<double>& stress, double frequency,
                                     std::size_t bins);

}  // namespace vitreous::models
