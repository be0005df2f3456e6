#include "analysis/intermediate_scattering.hpp"

#include <gtest/gtest.h>

#include "analysis/error_degrees.hpp"
#include "base/constants.hpp"
#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// F_s of walkers with `variance` a component and step; their center of mass, which is taken out,
/// takes 1/N with it.
double walkers(double q, double variance, double steps, double atoms) {
  return std::exp(-0.5 * q * q * variance * steps * (1.0 - 1.0 / atoms));
}

std::vector<double> errors(const core::Table& table, const std::string& column) {
  for (const auto& c : table.columns)
    if (c.name == column) return c.standard_error;
  throw std::runtime_error("no column " + column);
}

TEST(IntermediateScattering, OfGaussianWalkersIsExpOfMinusQ2Dt) {
  World world(150, 150);
  for (auto& kind : world.atoms.kinds) kind.mass = 1.0;  // so that 1/N holds for both
  const double variance = 0.002, q = 2.7;
  ObserverSet set(world.setting(3000), {{"intermediate_scattering", {}}});
  base::RandomStream random(21, "walkers for F_s");
  drive(set, world, 3000,
        [&](std::int64_t) { diffuse(world, random, [&](std::int32_t) { return variance; }); });
  const auto result = set.result();
  const auto& table = table_of(result, "intermediate_scattering");
  const auto time = numbers(table, "time"), F = numbers(table, "F_s"), se = errors(table, "F_s");
  ASSERT_GT(F.size(), 60u);
  for (std::size_t row = 0; row < F.size(); ++row)
    EXPECT_NEAR(F[row], walkers(q, variance, time[row] / 0.01, 300), 5.0 * se[row] + 1e-9);
  const double truth = 0.01 / (0.5 * q * q * variance * (1.0 - 1.0 / 300.0));
  for (const char* name : {"tau_alpha", "tau_alpha.Cu", "tau_alpha.Zr"}) {
    const auto& tau = quantity_of(result, name);
    ASSERT_TRUE(tau.measured) << tau.reason;
    EXPECT_EQ(tau.measured->unit, "ps");
    EXPECT_EQ(tau.state, "equilibrium");
    // 30 ps are some twenty relaxation times: as few blocks as there may be.
    EXPECT_EQ(error_degrees(tau), 3.0);
    EXPECT_NEAR(tau.measured->value, truth, 5.0 * tau.measured->standard_error) << name;
    EXPECT_LT(tau.measured->standard_error, 0.05 * truth) << name;
  }
}

TEST(IntermediateScattering, OfFreeFlightOfOneSpeedIsSincOfQVt) {
  // Half of the atoms fly one way, half the other: every |d| = v t, and nothing drifts.
  World world(40, 0);
  ObserverSet set(world.setting(600), {{"intermediate_scattering", {{"q", "1.3 1/A"}}}});
  drive(set, world, 600, [&](std::int64_t) {
    for (std::size_t i = 0; i < 40; ++i)
      world.atoms.position.add(i, math::Vec3{0.01, 0.02, 0.03} * (i % 2 == 0 ? 1.0 : -1.0));
  });
  const auto result = set.result();
  const auto& table = table_of(result, "intermediate_scattering");
  const auto time = numbers(table, "time"), F = numbers(table, "F_s");
  for (std::size_t row = 0; row < F.size(); ++row) {
    const double x = 1.3 * std::sqrt(0.0014) * time[row] / 0.01;
    EXPECT_NEAR(F[row], std::sin(x) / x, 1e-8);
  }
}

TEST(IntermediateScattering, OfAnIdealGasIsAGaussianOfItsThermalFlight) {
  // F_s = exp(-q^2 kT t^2/2m), each species with its own mass. The velocities are drawn once, so
  // the bound is five errors of N draws: the variance of sin(x)/x, an average of cos(q.d)
  // over directions, is at most that of cos(q.d), (1 - F_s^2)^2/2.
  World world(6000, 6000);
  world.timestep = 0.001;
  const double q = 2.0, kT = base::boltzmann * 1500.0;
  base::RandomStream random(24, "ideal gas");
  std::vector<math::Vec3> velocity;
  std::vector<double> thermal;  ///< kT/m of each kind, A^2/ps^2
  for (const auto& kind : world.atoms.kinds) thermal.push_back(kT / (kind.mass * base::mv2_to_eV));
  for (std::size_t i = 0; i < world.atoms.size(); ++i) {
    const double width = std::sqrt(thermal[static_cast<std::size_t>(world.atoms.species[i])]);
    velocity.push_back({width * random.normal(), width * random.normal(), width * random.normal()});
  }
  ObserverSet set(world.setting(400), {{"intermediate_scattering", {{"q", "2 1/A"}}}});
  drive(set, world, 400, [&](std::int64_t) {
    for (std::size_t i = 0; i < velocity.size(); ++i)
      world.atoms.position.add(i, velocity[i] * world.timestep);
  });
  const auto table = table_of(set.result(), "intermediate_scattering");
  const auto time = numbers(table, "time"), F = numbers(table, "F_s");
  const auto species = words(table, "species");
  for (std::size_t row = 0; row < F.size(); ++row) {
    const double half = 0.5 * q * q * time[row] * time[row];
    const double copper = std::exp(-half * thermal[0]), zirconium = std::exp(-half * thermal[1]);
    const double truth = species[row] == "Cu"   ? copper
                         : species[row] == "Zr" ? zirconium
                                                : 0.5 * (copper + zirconium);
    EXPECT_NEAR(F[row], truth, 5.0 * (1.0 - truth * truth) / std::sqrt(2.0 * 6000.0) + 1e-9)
        << species[row] << " at " << time[row];
  }
}

TEST(IntermediateScattering, RefusesTauWhereTheFunctionDoesNotFall) {
  World world(50, 50);
  ObserverSet set(world.setting(500), {{"intermediate_scattering", {}}});
  base::RandomStream random(22, "slow walkers");
  drive(set, world, 500,
        [&](std::int64_t) { diffuse(world, random, [](std::int32_t) { return 1e-6; }); });
  const auto result = set.result();
  const auto& tau = quantity_of(result, "tau_alpha");
  EXPECT_EQ(tau.status, core::Status::refused);
  EXPECT_NE(tau.reason.find("does not fall to 1/e"), std::string::npos) << tau.reason;
}

TEST(IntermediateScattering, RefusesAWaveNumberOfZero) {
  World world(5, 5);
  EXPECT_THROW(ObserverSet(world.setting(500), {{"intermediate_scattering", {{"q", "0 1/A"}}}}),
               base::InputError);
}

TEST(PairObservers, OfAnInterruptedRunHaveTheSameBits) {
  expect_same_bits_of_an_interrupted_walk(
      {{"msd", {}}, {"intermediate_scattering", {}}, {"non_gaussian", {}}});
}

}  // namespace
}  // namespace vitreous::analysis
