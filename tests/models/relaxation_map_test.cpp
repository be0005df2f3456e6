// Branches of a relaxation map and where they cross; energies against kB Tg.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "math/covariance_root.hpp"
#include "models/relaxation/branch_crossing.hpp"
#include "models/relaxation/energy_scaling.hpp"

namespace vitreous::models {
namespace {

using testing::HasSubstr;

math::Matrix diagonal(const std::vector<double>& errors) {
  math::Matrix m(errors.size(), errors.size());
  for (std::size_t k = 0; k < errors.size(); ++k) m(k, k) = errors[k] * errors[k];
  return m;
}

RelaxationBranch line(double ln_tau0, double E, std::vector<double> errors = {0, 0}) {
  return {"line", BranchLaw::arrhenius, {ln_tau0, E}, diagonal(errors)};
}

RelaxationBranch alpha(std::vector<double> errors = {0, 0, 0}) {
  return {"alpha", BranchLaw::vft, {-30.0, 3000.0, 450.0}, diagonal(errors)};
}

TEST(RelaxationBranch, FollowsItsLaw) {
  EXPECT_NEAR(line(-29.0, 0.6).ln_tau(293.0), -29.0 + 0.6 / (base::boltzmann * 293.0), 1e-12);
  EXPECT_NEAR(alpha().ln_tau(550.0), 0.0, 1e-12);
  EXPECT_EQ(alpha().ln_tau(450.0), INFINITY);
}

TEST(RelaxationBranch, ErrorsAreThoseOfDraws) {
  // The standard deviation of 20000 draws is known to 0.5 %; four of them.
  auto branch = alpha({0.5, 60.0, 5.0});
  branch.covariance(1, 2) = branch.covariance(2, 1) = -0.8 * 60.0 * 5.0;
  const auto root = math::covariance_root(branch.covariance);
  base::RandomStream random(61, "test: errors of branches");
  for (const double T : {700.0, 900.0}) {
    double sum = 0.0, squares = 0.0;
    for (int k = 0; k < 20000; ++k) {
      const double x =
          branch.ln_tau(T, math::draw_normal(branch.parameters, root, random)) - branch.ln_tau(T);
      sum += x / 20000.0;
      squares += x * x / 20000.0;
    }
    EXPECT_NEAR(std::sqrt(squares - sum * sum) / branch.ln_tau_error(T), 1.0, 0.03) << T;
  }
}

TEST(RelaxationBranch, TemperatureOfATimeIsTheInverse) {
  for (const auto& branch : {line(-29.0, 0.6, {0.1, 0.01}), alpha({0.5, 60.0, 5.0})}) {
    const auto [T, error] = temperature_of(branch, std::log(100.0));
    EXPECT_NEAR(branch.ln_tau(T), std::log(100.0), 1e-10);
    const double slope = (branch.ln_tau(T - 0.01) - branch.ln_tau(T + 0.01)) / 0.02;
    EXPECT_NEAR(error * slope, branch.ln_tau_error(T), 1e-6);
  }
  EXPECT_TRUE(std::isnan(temperature_of(line(-29.0, 0.6), -30.0).first));
}

TEST(RelaxationBranch, ThroughAPointHasThePointsTimeAndError) {
  const auto branch = branch_through("fast", {0.6, 0.03, "eV"}, 293.0, -8.0, 0.05);
  EXPECT_NEAR(branch.ln_tau(293.0), -8.0, 1e-12);
  EXPECT_NEAR(branch.ln_tau_error(293.0), 0.05, 1e-9);
  const double away = 0.03 * (1.0 / 233.0 - 1.0 / 293.0) / base::boltzmann;
  EXPECT_NEAR(branch.ln_tau_error(233.0), std::hypot(0.05, away), 1e-9);
}

FitInput viscosities(const RelaxationBranch& truth, double G) {
  FitInput input{"viscosity", "Pa s", {}};
  for (double T = 600.0; T <= 1000.0; T += 50.0) {
    Point point;
    point.x = T;
    point.y = G * std::exp(truth.ln_tau(T));
    point.y_se = 0.05 * point.y;
    point.label = fmt::format("{:g} K", T);
    input.points.push_back(point);
  }
  return input;
}

TEST(RelaxationBranch, IsFittedToViscosities) {
  const auto fitted =
      fit_branch("liquid", BranchLaw::arrhenius, viscosities(line(-33.0, 0.63), 25e9), 25e9, 0.1);
  ASSERT_EQ(fitted.refused, "");
  EXPECT_NEAR(fitted.branch.parameters[1], 0.63, 1e-9);
  EXPECT_NEAR(fitted.branch.parameters[0], -33.0, 1e-8);
  // Where the points are, the line is known better than its prefactor.
  EXPECT_LT(fitted.branch.ln_tau_error(750.0), fitted.branch.ln_tau_error(400.0));
  const auto vft = fit_branch("alpha", BranchLaw::vft, viscosities(alpha(), 25e9), 25e9, 0.0);
  ASSERT_EQ(vft.refused, "");
  EXPECT_NEAR(vft.branch.parameters[2], 450.0, 1e-4);
  EXPECT_LT(vft.branch.ln_tau_error(700.0), 0.06);
}

TEST(RelaxationBranch, TheLawsRefusalsStand) {
  auto few = viscosities(line(-33.0, 0.63), 25e9);
  few.points.resize(2);
  EXPECT_THAT(fit_branch("liquid", BranchLaw::arrhenius, few, 25e9, 0.0).refused,
              HasSubstr("2 usable points"));
}

TEST(BranchCrossing, ArrheniusLinesMeetWhereTheirFormSays) {
  // ln tau0 + E/kT equal: T = (E1 - E2)/(kB (ln tau2 - ln tau1)).
  const auto a = line(-40.0, 1.2), b = line(-29.0, 0.6);
  const auto all = crossings(a, b, 100.0, 5000.0);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_NEAR(all[0], 0.6 / (base::boltzmann * 11.0), 1e-8);
}

TEST(BranchCrossing, VftMeetsALineTwiceOnceOrNever) {
  // B/(T - T0) = c + E/(kB T) is a quadratic in T.
  for (const double ln_tau0 : {-33.0, -29.0}) {
    const double E = 0.6 / base::boltzmann, c = ln_tau0 + 30.0;
    const auto found = crossings(alpha(), line(ln_tau0, 0.6), 100.0, 20000.0);
    const double p = c * -450.0 + E - 3000.0, q = -450.0 * E;
    std::vector<double> roots;
    for (const double sign : {-1.0, 1.0}) {
      const double T = (-p + sign * std::sqrt(p * p - 4.0 * c * q)) / (2.0 * c);
      if (T > 450.0 && T < 20000.0) roots.push_back(T);
    }
    std::sort(roots.begin(), roots.end());
    ASSERT_EQ(found.size(), roots.size());
    for (std::size_t k = 0; k < roots.size(); ++k) EXPECT_NEAR(found[k] / roots[k], 1.0, 1e-10);
  }
  const auto never = lowest_crossing(alpha(), line(-60.0, 0.1), 100.0, 5000.0);
  EXPECT_THAT(never.refused, HasSubstr("do not cross"));
  EXPECT_TRUE(never.all.empty());
}

TEST(BranchCrossing, SmallErrorsAreLinear) {
  const auto crossing =
      lowest_crossing(alpha({0.02, 2.0, 0.2}), line(-29.0, 0.6, {0.02, 1e-4}), 100.0, 5000.0);
  ASSERT_EQ(crossing.refused, "");
  // The quantiles of 1000 draws give the half width to some 3.4 %; three of them.
  EXPECT_NEAR(crossing.temperature.standard_error / crossing.linear_error, 1.0, 0.1);
  EXPECT_EQ(crossing.share_without, 0.0);
  const auto exact = lowest_crossing(alpha(), line(-29.0, 0.6), 100.0, 5000.0);
  EXPECT_EQ(exact.temperature.value, crossing.temperature.value);
  EXPECT_NEAR(exact.temperature.standard_error, 0.0, 1e-9);
}

TEST(BranchCrossing, IsRefusedWhereErrorsLeaveItOpen) {
  const auto open =
      lowest_crossing(alpha({3.0, 800.0, 60.0}), line(-45.0, 0.62, {6.0, 0.2}), 100.0, 5000.0);
  EXPECT_NE(open.refused, "");
}

TEST(CovarianceRoot, TakesSingularMatricesAndRefusesContradictions) {
  auto same = diagonal({2.0, 3.0});
  same(0, 1) = same(1, 0) = 6.0;
  const auto root = math::covariance_root(same);
  EXPECT_NEAR(root(1, 0), 3.0, 1e-12);
  EXPECT_NEAR(root(1, 1), 0.0, 1e-9);
  same(0, 1) = same(1, 0) = 9.0;
  EXPECT_THROW(math::covariance_root(same), base::InputError);
}

std::vector<AlloyEnergy> alloys_of(double k, double spread, int n, base::RandomStream& random) {
  std::vector<AlloyEnergy> alloys;
  for (int i = 0; i < n; ++i) {
    const double Tg = 380.0 + 300.0 * i / (n - 1.0);
    const double E = k * base::boltzmann * Tg * (1.0 + spread * random.normal());
    alloys.push_back({fmt::format("alloy {}", i), "fast", {E, 0.02, "eV"}, {Tg, 5.0, "K"}});
  }
  return alloys;
}

TEST(EnergyScaling, RecoversTheFactorAndTheScatter) {
  base::RandomStream random(62, "test: scaling");
  const auto exact = energy_scaling(alloys_of(12.0, 0.0, 8, random));
  EXPECT_NEAR(exact.quantities[0].measured->value, 12.0, 1e-10);
  EXPECT_NEAR(exact.quantities[2].measured->value, 0.0, 1e-10);
  int covered = 0;
  double scatter = 0.0;
  for (int trial = 0; trial < 1000; ++trial) {
    const auto result = energy_scaling(alloys_of(12.0, 0.15, 15, random));
    const auto& k = *result.quantities[0].measured;
    covered += std::abs(k.value - 12.0) < k.standard_error;
    scatter += result.quantities[1].measured->value / 1000.0;
  }
  // Binomial error 1.5 %, three of them; noise that grows with Tg makes the error a little small.
  EXPECT_NEAR(covered / 1000.0, 0.6827, 0.05);
  EXPECT_NEAR(scatter, 0.15, 0.005);
}

TEST(EnergyScaling, RefusesFewAlloysAndTellsAnOffset) {
  base::RandomStream random(63, "test: scaling refused");
  auto alloys = alloys_of(12.0, 0.01, 8, random);
  const auto few = energy_scaling({alloys[0], alloys[1]});
  EXPECT_EQ(few.quantities[0].status, core::Status::refused);
  for (auto& alloy : alloys) alloy.energy.value += 0.3;
  EXPECT_THAT(energy_scaling(alloys).quantities[2].reason, HasSubstr("does not describe"));
  alloys[0].energy.value = -1.0;
  EXPECT_THROW(energy_scaling(alloys), base::InputError);
}

}  // namespace
}  // namespace vitreous::models
