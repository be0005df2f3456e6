// Do the error bars of indentation and of peaks cover? Synthetic curves with white noise: 68 %
// intervals must contain the truth in 68 +- 5 % of 2000 (binomial error 1.0 %).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/random.hpp"
#include "models/relaxation/indentation.hpp"

namespace vitreous::models {
namespace {

constexpr int trials = 2000;

struct CoverageCase {
  const char* name;
  double strength, time;  ///< D; tau in units of the loading time
  double hold;            ///< in units of the loading time
  double noise;           ///< of the depth, nm
  int samples;
  bool offset;
};

TEST(IndentationCoverage, IntervalsContainTheTruth) {
  constexpr double rise = 5e-3, radius = 5e-6;
  for (const auto& c : {CoverageCase{"as printed, hold", 0.2, 0.14, 1.0, 0.05, 200, false},
                        CoverageCase{"loading alone", 0.2, 0.14, 0.0, 0.02, 200, false},
                        CoverageCase{"slow", 0.3, 0.5, 1.0, 0.02, 300, false},
                        CoverageCase{"contact fitted", 0.2, 0.14, 1.0, 0.02, 300, true}}) {
    AnelasticContact truth{70e9, c.strength, c.time * rise};
    IndentationCurve curve;
    for (int k = 0; k < c.samples; ++k) {
      const double t = rise * (1.0 + c.hold) * k / (c.samples - 1.0);
      curve.time.push_back(t);
      curve.load.push_back(500e-6 * std::min(t / rise, 1.0));
    }
    const auto exact = contact_depth(truth, radius, curve.time, curve.load);
    base::RandomStream random(71, c.name);
    int time = 0, interval = 0, modulus = 0, strength = 0, refused = 0;
    for (int trial = 0; trial < trials; ++trial) {
      curve.depth = exact;
      for (double& h : curve.depth) h += 1e-9 * c.noise * random.normal();
      const auto fit = fit_indentation(curve, {radius, c.offset});
      if (!fit.refused.empty()) {
        ++refused;
        continue;
      }
      time += std::abs(fit.time.value - truth.time) < fit.time.standard_error;
      interval += fit.time_low < truth.time && truth.time < fit.time_high;
      modulus += std::abs(fit.reduced_modulus.value - 70.0) < fit.reduced_modulus.standard_error;
      strength += std::abs(fit.strength.value - c.strength) < fit.strength.standard_error;
    }
    const double fitted = trials - refused;
    std::printf("%-18s tau %.3f (interval %.3f)  E_r %.3f  D %.3f  refused %d\n", c.name,
                time / fitted, interval / fitted, modulus / fitted, strength / fitted, refused);
    EXPECT_LT(refused, trials / 20) << c.name;
    for (const int covered : {interval, modulus, strength})
      EXPECT_NEAR(covered / fitted, 0.6827, 0.05) << c.name;
  }
}

}  // namespace
}  // namespace vitreous::models
