// Activation energies from peak temperatures: round trips, errors in T_p, refusals.
#include "models/relaxation/peak_activation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/random.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

/// Five peaks over 1 to 16 Hz of a process of `energy` whose peak stands at 233 K at 1 Hz.
std::vector<PeakPoint> peaks_of(double energy, double error, base::RandomStream* random = nullptr) {
  const double ln_f0 = energy / (base::boltzmann * 233.0);
  std::vector<PeakPoint> points;
  for (const double f : {1.0, 2.0, 4.0, 8.0, 16.0}) {
    PeakPoint point{f, energy / (base::boltzmann * (ln_f0 - std::log(f))), error};
    if (random) point.temperature += error * random->normal();
    points.push_back(point);
  }
  return points;
}

TEST(PeakActivation, RecoversWhatThePeaksWereMadeOf) {
  for (const double error : {0.0, 0.5}) {
    const auto fit = fit_peak_activation(peaks_of(0.6, error));
    ASSERT_EQ(fit.refused, "");
    EXPECT_NEAR(fit.energy.value, 0.6, 1e-10);
    EXPECT_NEAR(fit.ln_f0.value, 0.6 / (base::boltzmann * 233.0), 1e-8);
    EXPECT_NEAR(fit.temperature(1.0).first, 233.0, 1e-8);
    EXPECT_NEAR(fit.ln_frequency(233.0).first, 0.0, 1e-8);
    EXPECT_EQ(fit.doubts, "");
  }
}

TEST(PeakActivation, OneKelvinIsFivePercent) {
  const auto fit = fit_peak_activation(peaks_of(0.6, 1.0));
  EXPECT_NEAR(fit.energy.standard_error / fit.energy.value, 0.053, 0.002);
  EXPECT_LT(fit.low, fit.energy.value);
  EXPECT_GT(fit.high - fit.energy.value, fit.energy.value - fit.low);  // skew to the high side
}

TEST(PeakActivation, ErrorsCoverTheTruth) {
  // 68.27 % of 3000: binomial error 0.85 %, four of them.
  base::RandomStream random(31, "test: coverage of peak activation");
  int energy = 0, interval = 0, prefactor = 0, inside = 0, outside = 0;
  const double ln_f0 = 0.6 / (base::boltzmann * 233.0);
  for (int trial = 0; trial < 3000; ++trial) {
    const auto fit = fit_peak_activation(peaks_of(0.6, 0.5, &random));
    ASSERT_EQ(fit.refused, "");
    energy += std::abs(fit.energy.value - 0.6) < fit.energy.standard_error;
    interval += fit.low < 0.6 && 0.6 < fit.high;
    prefactor += std::abs(fit.ln_f0.value - ln_f0) < fit.ln_f0.standard_error;
    const auto [at_peak, at_peak_se] = fit.temperature(4.0);
    inside += std::abs(at_peak - peaks_of(0.6, 0.0)[2].temperature) < at_peak_se;
    const auto [cold, cold_se] = fit.ln_frequency(150.0);
    outside += std::abs(cold - (ln_f0 - 0.6 / (base::boltzmann * 150.0))) < cold_se;
  }
  for (const int covered : {energy, interval, prefactor, inside, outside})
    EXPECT_NEAR(covered / 3000.0, 0.6827, 0.034);
}

TEST(PeakActivation, ScatterIsTheErrorWhereNoneIsKnown) {
  base::RandomStream random(32, "test: scatter of peak activation");
  int covered = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    auto points = peaks_of(0.6, 0.5, &random);
    for (auto& point : points) point.standard_error = 0.0;
    const auto fit = fit_peak_activation(points);
    if (!fit.refused.empty()) continue;
    covered += std::abs(fit.energy.value - 0.6) < fit.energy.standard_error;
  }
  EXPECT_NEAR(covered / 3000.0, 0.6827, 0.034);
}

TEST(PeakActivation, TellsAPeakThatDoesNotFit) {
  auto points = peaks_of(0.6, 0.1);
  points[2].temperature += 2.0;
  EXPECT_THAT(fit_peak_activation(points).doubts, HasSubstr("lack of fit"));
}

TEST(PeakActivation, RefusesWhatIsNoLine) {
  auto points = peaks_of(0.6, 0.5);
  EXPECT_THAT(fit_peak_activation({points[0]}).refused, HasSubstr("1 frequency, 3 needed"));
  EXPECT_THAT(fit_peak_activation({points[0], points[0], points[1]}).refused,
              HasSubstr("2 frequencies"));
  auto reversed = points;
  for (auto& point : reversed) point.frequency = 1.0 / point.frequency;
  EXPECT_THAT(fit_peak_activation(reversed).refused, HasSubstr("do not move"));
  EXPECT_THAT(fit_peak_activation(peaks_of(0.6, 30.0)).refused,
              HasSubstr("less than their errors"));
  points[1].frequency = -2.0;
  EXPECT_THROW(fit_peak_activation(points), base::InputError);
}

TEST(PeakActivation, ReportsQuantitiesAndTables) {
  const auto points = peaks_of(0.6, 0.5);
  const auto result = to_result(fit_peak_activation(points), points);
  ASSERT_EQ(result.quantities.size(), 3u);
  EXPECT_EQ(result.quantities[0].name, "E");
  EXPECT_NEAR(result.quantities[2].measured->value,
              -std::log(2.0 * M_PI) - result.quantities[1].measured->value, 1e-12);
  ASSERT_EQ(result.tables.size(), 2u);
  EXPECT_EQ(result.tables[0].rows(), 5u);
  const auto refused = to_result(fit_peak_activation({points[0]}), {points[0]});
  EXPECT_EQ(refused.quantities[0].status, core::Status::refused);
  EXPECT_EQ(refused.tables.size(), 1u);
}

}  // namespace
}  // namespace vitreous::models
