#include <gmock/gmock.h>

#include <cmath>

#include "base/error.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

constexpr double A = 0.8, tau = 12.0, beta = 0.6;

double decay(double t) { return A * std::exp(-std::pow(t / tau, beta)); }

/// Points with one absolute error, at times in powers of two.
FitInput decaying(double absolute_error, double from, double to) {
  FitInput input{"F_s", "1", {}, "time", "ps"};
  for (double t = from; t <= to; t *= 1.6) {
    Point point;
    point.x = t;
    point.y = decay(t);
    point.y_se = absolute_error;
    input.points.push_back(point);
  }
  return input;
}

core::Result decay_of(const FitInput& input, const std::map<std::string, std::string>& given = {}) {
  return fit_law("stretched_exponential", input, options_of("stretched_exponential", given));
}

TEST(StretchedExponential, ExactPointsGiveBackTheLaw) {
  for (const double error : {0.0, 0.01}) {
    const auto result = decay_of(decaying(error, 0.1, 300.0));
    EXPECT_NEAR(value(result, "tau"), tau, 1e-10 * tau);
    EXPECT_NEAR(value(result, "beta"), beta, 1e-10);
    EXPECT_NEAR(value(result, "amplitude"), A, 1e-10);
    EXPECT_NEAR(value(result, "mean_tau"), tau / beta * std::tgamma(1.0 / beta), 1e-8);
    EXPECT_EQ(quantity(result, "tau").measured->unit, "ps");
  }
}

TEST(StretchedExponential, WhatIsHeldHasNoError) {
  auto input = decaying(0.01, 0.1, 300.0);
  for (auto& point : input.points) point.y /= A;
  const auto result = decay_of(input, {{"amplitude", "1"}, {"beta", "0.6"}});
  EXPECT_NEAR(value(result, "tau"), tau, 1e-9);
  EXPECT_EQ(error(result, "beta"), 0.0);
  EXPECT_EQ(error(result, "amplitude"), 0.0);
  // d y/d ln tau = beta z e^-z, z = (t/tau)^beta.
  double information = 0.0;
  for (const auto& point : input.points) {
    const double z = std::pow(point.x / tau, beta);
    information += std::pow(beta * z * std::exp(-z) / 0.01, 2);
  }
  EXPECT_NEAR(error(result, "tau"), tau / std::sqrt(information), 1e-6);
}

TEST(StretchedExponential, IntervalsCoverTheTruth) {
  base::RandomStream random(6, "coverage of decays");
  int covered[4] = {};
  constexpr int runs = 600;
  const double mean = tau / beta * std::tgamma(1.0 / beta);
  for (int run = 0; run < runs; ++run) {
    const auto result = decay_of(noisy(decaying(0.02, 0.1, 300.0), random));
    covered[0] += std::abs(value(result, "tau") - tau) < error(result, "tau");
    covered[1] += std::abs(value(result, "beta") - beta) < error(result, "beta");
    covered[2] += std::abs(value(result, "amplitude") - A) < error(result, "amplitude");
    covered[3] += std::abs(value(result, "mean_tau") - mean) < error(result, "mean_tau");
  }
  // Binomial sd 1.9 %: three of them.
  for (const int hits : covered) EXPECT_NEAR(hits / double(runs), 0.683, 0.057) << hits;
}

TEST(StretchedExponential, RefusesWhatDoesNotTellIt) {
  const auto reason = [](const FitInput& input) { return quantity(decay_of(input), "tau").reason; };
  EXPECT_THAT(reason(decaying(0.01, 1.0, 3.0)), HasSubstr("3 usable points, 4 needed"));
  auto flat = decaying(0.01, 0.1, 300.0);
  base::RandomStream random(8, "flat decays");
  for (auto& point : flat.points) point.y = 0.5 + 0.01 * random.normal();
  EXPECT_THAT(reason(flat), HasSubstr("does not decay beyond its noise"));
  // Its beginning alone: 20 % of the decay, with noise of 2 %.
  EXPECT_THAT(reason(decaying(0.02, 0.05, 1.0)), HasSubstr("is not determined"));
  auto negative = decaying(0.01, 0.1, 300.0);
  negative.points[0].x = -1.0;
  EXPECT_THROW(decay_of(negative), base::InputError);
}

TEST(StretchedExponential, ItsTablesAreInTheUnitsOfThePoints) {
  const auto result = decay_of(decaying(0.01, 0.1, 300.0));
  const auto& curve = result.tables.at(0);
  EXPECT_EQ(core::column_name(curve.columns[0]), "time_ps");
  const auto& t = std::get<std::vector<double>>(curve.columns[0].values);
  const auto& y = std::get<std::vector<double>>(curve.columns[1].values);
  for (std::size_t k = 0; k < t.size(); ++k) EXPECT_NEAR(y[k], decay(t[k]), 1e-9);
}

}  // namespace
}  // namespace vitreous::models
