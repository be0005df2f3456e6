#include "analysis/viscosity.hpp"

#include <gtest/gtest.h>

#include "analysis/error_degrees.hpp"
#include "analysis/finite_size.hpp"
#include "base/constants.hpp"
#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

constexpr double interval = 0.02;  // ps
constexpr double temperature = 1200.0;

/// Five independent shear components, each an Ornstein-Uhlenbeck process of standard deviation
/// `width` (eV/A^3) and memory `time` (ps).
struct Stress {
  double width, time;
  base::RandomStream random;
  std::array<double, 5> p{};

  Stress(double w, double t, std::uint64_t seed) : width(w), time(t), random(seed, "stress") {
    for (double& x : p) x = width * random.normal();
  }
  double memory() const { return std::exp(-interval / time); }
  void advance() {
    const double kick = width * std::sqrt(1.0 - memory() * memory());
    for (double& x : p) x = memory() * x + kick * random.normal();
  }
  /// The sum over samples that a trapezoid takes for the integral, times V/(kB T), in Pa s.
  double viscosity(double volume) const {
    const double integral = width * width * interval * (1.0 + memory()) / (2.0 * (1.0 - memory()));
    return volume / (base::boltzmann * temperature) * integral * base::eV_per_A3_to_GPa * 1e-3;
  }
  core::Thermo thermo() const {
    core::Thermo t;
    t.temperature = temperature;
    const double third = p[4] / std::sqrt(3.0);
    t.pressure = math::Mat3::diagonal(p[3] - third + 0.01, 0.01 - p[3] - third, 2.0 * third + 0.01);
    t.pressure(0, 1) = t.pressure(1, 0) = p[0];
    t.pressure(0, 2) = t.pressure(2, 0) = p[1];
    t.pressure(1, 2) = t.pressure(2, 1) = p[2];
    return t;
  }
};

/// `samples` of a stress, at a time step of one sample.
core::Result observe_stress(Stress stress, std::int64_t samples,
                            const std::vector<ObserverRequest>& requests = {{"viscosity", {}}},
                            std::int64_t interrupted_at = -1) {
  World world(10, 10);
  world.timestep = interval;
  ObserverSet set(world.setting(samples), requests);
  for (std::int64_t step = 0; step <= samples; ++step) {
    if (step == interrupted_at) set = restored(set, world.setting(samples), requests);
    stress.advance();
    for (std::size_t i = 0; i < world.atoms.size(); ++i) {
      const double s = std::sqrt(2.0 * 0.3 * interval);
      world.atoms.position.add(
          i, {s * stress.random.normal(), s * stress.random.normal(), s * stress.random.normal()});
    }
    auto frame = world.frame(step);
    frame.thermo = stress.thermo();
    set.take(frame);
  }
  return set.result();
}

TEST(Viscosity, OfAStressWithKnownMemoryIsItsIntegralWithErrorsThatCover) {
  // 40 runs: the share inside has a standard error of 7.4 %; the bound is three of them, and that
  // of the mean five of its own.
  double inside = 0, given = 0, mean = 0, square = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Stress stress(0.004, 0.12, seed);
    const double truth = stress.viscosity(8000.0);
    const auto eta = quantity_of(observe_stress(stress, 2000), "eta");
    if (!eta.measured) continue;
    EXPECT_EQ(eta.measured->unit, "Pa s");
    EXPECT_EQ(eta.state, "equilibrium");
    const double off = eta.measured->value / truth - 1.0;
    ++given;
    inside += std::abs(off) <= eta.measured->standard_error / truth;
    mean += off;
    square += off * off;
  }
  EXPECT_GE(given, 34);
  EXPECT_NEAR(inside / given, 0.6827, 0.222);
  EXPECT_LT(std::abs(mean / given), 5.0 * std::sqrt(square) / given);
  EXPECT_LT(std::sqrt(square / given), 0.2);
}

TEST(Viscosity, TableHasTheStressCorrelationAndItsIntegral) {
  const Stress stress(0.004, 0.2, 61);
  const auto table = table_of(observe_stress(stress, 8000), "viscosity");
  const auto time = numbers(table, "time"), C = numbers(table, "stress_correlation"),
             sum = numbers(table, "integral");
  std::vector<double> C_error, sum_error;
  for (const auto& column : table.columns) {
    if (column.name == "stress_correlation") C_error = column.standard_error;
    if (column.name == "integral") sum_error = column.standard_error;
  }
  ASSERT_GT(time.size(), 30u);
  const double full = stress.viscosity(8000.0);
  for (std::size_t row = 0; row < time.size() && time[row] < 2.0; ++row) {
    const double decay = std::exp(-time[row] / 0.2);
    EXPECT_NEAR(C[row], std::pow(0.004 * base::eV_per_A3_to_GPa, 2) * decay, 5.0 * C_error[row])
        << time[row];
    EXPECT_NEAR(sum[row], full * (1.0 - decay), 5.0 * sum_error[row]) << time[row];
  }
}

TEST(Viscosity, OfAGlassWithFrozenStressIsRefused) {
  // The memory is twenty times the run.
  const auto eta = quantity_of(observe_stress(Stress(0.004, 800.0, 62), 2000), "eta");
  EXPECT_EQ(eta.status, core::Status::refused);
  EXPECT_FALSE(eta.measured);
  EXPECT_NE(eta.reason.find("stress"), std::string::npos) << eta.reason;
}

TEST(Viscosity, OfAMemoryTooLongForTheRunIsRefused) {
  const auto eta = quantity_of(observe_stress(Stress(0.004, 6.0, 63), 2000), "eta");
  EXPECT_EQ(eta.status, core::Status::refused) << eta.measured->value;
}

TEST(Viscosity, RefusesATimeBetweenSamplesOfZero) {
  World world(5, 5);
  EXPECT_THROW(ObserverSet(world.setting(5000), {{"viscosity", {{"every", "0 ps"}}}}),
               base::InputError);
}

TEST(Viscosity, OfAnInterruptedRunHasTheSameBits) {
  const auto whole = observe_stress(Stress(0.004, 0.1, 66), 3000),
             resumed = observe_stress(Stress(0.004, 0.1, 66), 3000, {{"viscosity", {}}}, 1234);
  ASSERT_TRUE(quantity_of(whole, "eta").measured) << quantity_of(whole, "eta").reason;
  expect_same_bits(whole, resumed);
}

TEST(FiniteSize, CorrectionIsThatOfYehAndHummer) {
  // By hand: 2.837297 x 1.380649e-23 x 1000 / (6 pi x 0.01 x 30e-10) = 6.927e-11 m^2/s.
  const auto shift = finite_size_shift(1000.0, {0.01, 0.001, "Pa s"}, 30.0);
  EXPECT_NEAR(shift.value, 6.927e-11, 1e-14);
  EXPECT_NEAR(shift.standard_error, 6.927e-12, 1e-15);
  EXPECT_EQ(shift.unit, "m^2/s");
}

TEST(FiniteSize, AddsTheCorrectionToEveryDOfAnEquilibratedLiquid) {
  const auto result =
      observe_stress(Stress(0.004, 0.1, 67), 4000, {{"msd", {}}, {"viscosity", {}}});
  const auto shift = quantity_of(result, "D_shift");
  ASSERT_TRUE(shift.measured) << shift.reason;
  const auto by_hand = finite_size_shift(temperature, *quantity_of(result, "eta").measured, 20.0);
  EXPECT_NEAR(shift.measured->value, by_hand.value, 1e-9 * by_hand.value);
  for (const char* species : {"", ".Cu", ".Zr"}) {
    const auto D = quantity_of(result, std::string("D") + species);
    const auto sum = quantity_of(result, std::string("D_infinite") + species);
    ASSERT_EQ(D.measured.has_value(), sum.measured.has_value()) << species << sum.reason;
    if (!D.measured) continue;
    EXPECT_DOUBLE_EQ(sum.measured->value, D.measured->value + shift.measured->value);
    EXPECT_DOUBLE_EQ(sum.measured->standard_error,
                     std::hypot(D.measured->standard_error, shift.measured->standard_error));
    EXPECT_EQ(sum.state, "equilibrium");
    EXPECT_GE(error_degrees(sum), std::min(error_degrees(D), error_degrees(shift)));
    EXPECT_LE(error_degrees(sum), error_degrees(D) + error_degrees(shift) + 1.0);
  }
  EXPECT_TRUE(quantity_of(result, "D_infinite").measured);
}

TEST(FiniteSize, IsNotAddedToAGlassOrWithoutViscosity) {
  core::Result result;
  core::Reported D, shift;
  D.name = "D";
  D.measured = core::Measured{1e-12, 1e-13, "m^2/s"};
  D.state = "glass";
  D.reason = "state is glass";
  shift.name = "D_shift";
  shift.measured = core::Measured{1e-13, 1e-14, "m^2/s"};
  result.quantities = {D};
  add_infinite_system(result);
  EXPECT_EQ(result.quantities.size(), 1u);
  result.quantities = {D, shift};
  add_infinite_system(result);
  ASSERT_EQ(result.quantities.size(), 3u);
  EXPECT_EQ(result.quantities.back().name, "D_infinite");
  EXPECT_EQ(result.quantities.back().status, core::Status::refused);
}

TEST(FiniteSize, KnowsACubeFromOtherBoxes) {
  EXPECT_NEAR(difference_from_cube(core::Box::orthogonal(20, 20, 20)), 0.0, 1e-12);
  EXPECT_GT(difference_from_cube(core::Box::orthogonal(20, 20, 40)), 0.2);
  core::Mat3 cell = core::Mat3::diagonal(20, 20, 20);
  cell(0, 1) = 5.0;
  EXPECT_NEAR(difference_from_cube(core::Box(cell)), 0.25, 1e-12);
}

}  // namespace
}  // namespace vitreous::analysis
