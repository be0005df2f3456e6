#include "models/relaxation/folded_cycle.hpp"

#include <algorithm>
#include <cmath>

#include "math/statistics.hpp"

namespace vitreous::models {

std::vector<CyclePoint> folded_cycle(const std::vector<double>& time,
                                     const std::vector<double>& strain,
                                     const std::vector<double>& stress, double frequency,
                                     std::size_t bins) {
  std::vector<std::vector<double>> strains(bins), stresses(bins);
  for (std::size_t k = 0; k < time.size(); ++k) {
    const double cycles = frequency * time[k] + 1e-9;
    const auto bin =
        static_cast<std::size_t>((cycles - std::floor(cycles)) * static_cast<double>(bins));
    strains[std::min(bin, bins - 1)].push_back(strain[k]);
    stresses[std::min(bin, bins - 1)].push_back(stress[k]);
  }
  std::vector<CyclePoint> points;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    if (stresses[bin].size() < 2) continue;
    const auto mean = math::independent_mean(stresses[bin]);
    points.push_back({(static_cast<double>(bin) + 0.5) / static_cast<double>(bins),
                      math::mean(strains[bin]), mean.mean, mean.standard_error});
  }
  return points;
}

}  // namespace vitreous::models
