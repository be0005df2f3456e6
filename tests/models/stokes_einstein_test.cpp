// Stokes-Einstein: a constant product, its growth where the law fails, products of points.
#include "models/stokes_einstein.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "math/statistics.hpp"
#include "synthetic_points.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

const std::vector<double> stokes_einstein_temperatures = {1200, 1100, 1000, 900, 800};

double stokes_einstein_D(double T) { return std::exp(-17.5 - 2000.0 / (T - 480.0)); }

FitInput times(double fraction, double relative_error) {
  // tau ~ D^(-1/fraction); fraction = 1 is Stokes-Einstein's law.
  auto input = exact_points(stokes_einstein_temperatures, relative_error, [&](double T) {
    return 5.0 * std::pow(stokes_einstein_D(T) / stokes_einstein_D(1200), -1.0 / fraction);
  });
  input.quantity = "tau_alpha";
  input.unit = "ps";
  return input;
}

core::Result stokes_einstein_of(const FitInput& input) {
  return fit_law("stokes_einstein", input, options_of("stokes_einstein"));
}

TEST(StokesEinstein, OfAConstantProductIsThatConstant) {
  const auto result = stokes_einstein_of(product(
      exact_points(stokes_einstein_temperatures, 0.03, stokes_einstein_D), times(1.0, 0.04)));
  EXPECT_NEAR(value(result, "D_tau") / (5.0 * stokes_einstein_D(1200) * 1e8), 1.0, 1e-10);
  EXPECT_EQ(quantity(result, "D_tau").measured->unit, "angstrom^2");
  EXPECT_NEAR(error(result, "D_tau") / value(result, "D_tau"), 0.05 / std::sqrt(5.0), 1e-9);
  EXPECT_NEAR(value(result, "growth"), 1.0, 1e-10);
  EXPECT_NEAR(error(result, "growth"), 0.05 * std::sqrt(2.0), 1e-9);
  EXPECT_EQ(quantity(result, "D_tau").reason, "");
}

TEST(StokesEinstein, TellsWhereItFails) {
  const auto result = stokes_einstein_of(product(
      exact_points(stokes_einstein_temperatures, 0.03, stokes_einstein_D), times(0.8, 0.04)));
  EXPECT_THAT(quantity(result, "D_tau").reason, HasSubstr("lack of fit"));
  EXPECT_NEAR(value(result, "growth"),
              std::pow(stokes_einstein_D(800) / stokes_einstein_D(1200), 1.0 - 1.0 / 0.8), 1e-9);
}

TEST(StokesEinstein, OfTwoPointsIsRefused) {
  auto D = exact_points(stokes_einstein_temperatures, 0.03, stokes_einstein_D);
  for (std::size_t k = 2; k < 5; ++k) D.points[k].state = "upper_bound";
  const auto result = stokes_einstein_of(product(D, times(1.0, 0.04)));
  EXPECT_THAT(quantity(result, "growth").reason, HasSubstr("2 usable points"));
  EXPECT_THAT(quantity(result, "growth").how.at("left_out"), HasSubstr("upper bound"));
}

TEST(StokesEinstein, ProductsPairPointsAndListTheLonely) {
  auto D = exact_points(stokes_einstein_temperatures, 0.03, stokes_einstein_D);
  auto tau = times(1.0, 0.04);
  D.points.erase(D.points.begin());
  tau.points.pop_back();
  tau.points.back().state = "glass";
  const auto both = product(D, tau);
  ASSERT_EQ(both.points.size(), 5u);
  EXPECT_EQ(both.points[0].state, "equilibrium");
  EXPECT_EQ(both.points[2].state, "glass");
  EXPECT_EQ(both.points[3].note, "no tau_alpha here");
  EXPECT_EQ(both.points[4].note, "no D here");
}

TEST(StokesEinstein, ProductsMultiplyReplicaByReplica) {
  auto D = exact_points({1000}, 0.03, stokes_einstein_D), tau = D;
  tau.quantity = "tau_alpha";
  tau.unit = "ps";
  D.points[0].replicas = {1e-9, 2e-9};
  tau.points[0].replicas = {10, 30};
  const auto both = product(D, tau).points.front();
  EXPECT_NEAR(both.replicas[0], 1.0, 1e-12);
  EXPECT_NEAR(both.replicas[1], 6.0, 1e-12);
}

TEST(StokesEinstein, RefusesProductsOfOtherThings) {
  const auto D = exact_points(stokes_einstein_temperatures, 0.03, stokes_einstein_D);
  EXPECT_THROW(product(D, D), base::InputError);
  EXPECT_THROW(product(times(1.0, 0.04), D), base::InputError);
}

TEST(StokesEinstein, AMeanOfUncertainErrorsHasMeiersError) {
  // n points of one error: each has the leverage 1/n.
  auto input = exact_points({2000, 1800, 1600, 1400, 1200}, 0.05, [](double) { return 3.0; });
  input.unit = "angstrom^2";
  for (auto& point : input.points) point.degrees = 7.0;
  const auto result = fit_law("stokes_einstein", input, options_of("stokes_einstein"));
  const double known = 3.0 * 0.05 / std::sqrt(5.0);
  EXPECT_NEAR(error(result, "D_tau"),
              known * std::sqrt(1.0 + 4.0 * (1.0 - 0.2) / 7.0) / math::student_factor(7.0), 1e-9);
}

}  // namespace
}  // namespace vitreous::models
