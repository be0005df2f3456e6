// A run that turns out longer than planned goes on with what was learned of its beginning.
#include <gtest/gtest.h>

#include <array>

#include "analysis/observer_set.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// Every atom moves by this from step - 1 to `step`: a number of the random walk, or a steady one.
using Move = std::function<math::Vec3(std::int64_t step, base::RandomStream& random)>;

math::Vec3 random_move(std::int64_t, base::RandomStream& random) {
  return {0.1 * random.normal(), 0.1 * random.normal(), 0.1 * random.normal()};
}

/// Half of the atoms one way and half the other, so that their center rests.
void step_on(World& world, const Move& move, std::int64_t step, base::RandomStream& random) {
  std::array<double, 2> mass{}, sign{1.0, -1.0};
  for (std::size_t i = 0; i < world.atoms.size(); ++i)
    mass[static_cast<std::size_t>(world.atoms.species[i])] +=
        world.atoms.kinds[static_cast<std::size_t>(world.atoms.species[i])].mass;
  for (std::size_t i = 0; i < world.atoms.size(); ++i) {
    const auto kind = static_cast<std::size_t>(world.atoms.species[i]);
    world.atoms.position.add(i, move(step, random) * (sign[kind] / mass[kind]) * mass[0]);
  }
}

/// Observes `last` steps that were first planned as `planned`.
core::Result observe(const std::vector<ObserverRequest>& requests, std::int64_t planned,
                     std::int64_t last, const Move& move) {
  World world(12, 12);
  base::RandomStream random(5, "longer run");
  ObserverSet set(world.setting(planned), requests);
  for (std::int64_t step = 0; step <= last; ++step) {
    if (step == planned + 1) {
      ObserverSet longer(world.setting(last), requests);
      longer.continue_from(set);
      set = std::move(longer);
    }
    if (step > 0) step_on(world, move, step, random);
    if (set.next_step(step - 1) != step) continue;
    core::Thermo thermo;
    thermo.temperature = 1000.0 + static_cast<double>(step % 97);
    core::Frame frame = world.frame(step);
    frame.thermo = thermo;
    set.take(frame);
  }
  return set.result();
}

double value_at(const core::Table& table, const std::string& column, const std::string& species,
                double time) {
  const auto names = words(table, "species");
  const auto times = numbers(table, "time"), values = numbers(table, column);
  for (std::size_t i = 0; i < times.size(); ++i)
    if (names[i] == species && std::abs(times[i] - time) < 1e-9) return values[i];
  return std::nan("");
}

TEST(LongerRun, HasTheSameBitsAsOneThatWasPlannedSoWhereOriginsAreAsDense) {
  const std::vector<ObserverRequest> requests = {
      {"thermo", {{"every", "0.05 ps"}}}, {"msd", {}},
      {"intermediate_scattering", {}},    {"non_gaussian", {}},
      {"van_hove", {{"times", "1 ps"}}},  {"rdf", {{"every", "0.1 ps"}}}};
  const auto planned = observe(requests, 1100, 1100, random_move);
  const auto longer = observe(requests, 800, 1100, random_move);
  const std::vector<std::pair<std::string, std::string>> curves = {
      {"msd", "msd"}, {"intermediate_scattering", "F_s"}, {"non_gaussian", "alpha_2"}};
  int compared = 0;
  for (const auto& [name, column] : curves) {
    const auto a = table_of(planned, name), b = table_of(longer, name);
    for (const double time : numbers(b, "time")) {
      if (time > 8.0 / 3.0) continue;  // a third of the run as it was planned first
      ++compared;
      EXPECT_EQ(value_at(a, column, "all", time), value_at(b, column, "all", time)) << name << time;
    }
    EXPECT_EQ(a.rows(), b.rows()) << name;  // lags of the longer run, too
  }
  EXPECT_GT(compared, 100);
  EXPECT_EQ(numbers(table_of(planned, "thermo"), "T"), numbers(table_of(longer, "thermo"), "T"));
  EXPECT_EQ(numbers(table_of(planned, "van_hove"), "radial_G_s"),
            numbers(table_of(longer, "van_hove"), "radial_G_s"));
  EXPECT_EQ(numbers(table_of(planned, "rdf"), "r"), numbers(table_of(longer, "rdf"), "r"));
}

TEST(LongerRun, KnowsEveryLagOfItsWholeLength) {
  const auto steady = [](std::int64_t, base::RandomStream&) { return math::Vec3{0.01, 0, 0}; };
  const auto table = table_of(observe({{"msd", {}}}, 700, 6000, steady), "msd");
  const auto names = words(table, "species");
  const auto times = numbers(table, "time"), msd = numbers(table, "msd");
  double longest = 0.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (names[i] != "Cu") continue;
    longest = std::max(longest, times[i]);
    // Copper moves 1 A/ps against zirconium.
    EXPECT_NEAR(msd[i], times[i] * times[i], 1e-9 * msd[i]);
  }
  EXPECT_GT(longest, 60.0 / 4.0);
}

TEST(LongerRun, GivesEveryStretchOfTimeItsWeight) {
  // Twice as fast in the last three quarters: short lags see (1 + 3 * 4)/4 of the first MSD.
  constexpr std::int64_t planned = 1000, last = 4000;
  const Move faster = [](std::int64_t step, base::RandomStream&) {
    return math::Vec3{step > planned ? 0.02 : 0.01, 0, 0};
  };
  const auto requests = std::vector<ObserverRequest>{{"msd", {}}, {"thermo", {}}};
  const auto longer = observe(requests, planned, last, faster);
  const double msd = value_at(table_of(longer, "msd"), "msd", "Cu", 0.1);
  EXPECT_NEAR(msd, 0.01 * 13.0 / 4.0, 0.01 * 0.05);
  const auto fresh = observe(requests, last, last, faster);
  EXPECT_NEAR(msd, value_at(table_of(fresh, "msd"), "msd", "Cu", 0.1), 0.01 * 0.05);
  EXPECT_EQ(numbers(table_of(longer, "thermo"), "time"),
            numbers(table_of(fresh, "thermo"), "time"));
}

TEST(LongerRun, GoesOnWithTheMemoryOfTheStress) {
  // p = cos(w t) in every shear component: <p(0) p(t)> = cos(w t)/2, by samples of both plans.
  const auto run = [](std::int64_t planned, std::int64_t last) {
    World world(4, 4);
    const std::vector<ObserverRequest> requests = {{"viscosity", {}}};
    ObserverSet set(world.setting(planned), requests);
    for (std::int64_t step = 0; step <= last; ++step) {
      if (step == planned + 1) {
        ObserverSet longer(world.setting(last), requests);
        longer.continue_from(set);
        set = std::move(longer);
      }
      if (set.next_step(step - 1) != step) continue;
      core::Thermo thermo;
      const double p = 0.01 * std::cos(0.05 * static_cast<double>(step));
      thermo.temperature = 1000.0;
      for (const auto& [a, b] : {std::pair{0, 1}, {1, 0}, {0, 2}, {2, 0}, {1, 2}, {2, 1}})
        thermo.pressure(static_cast<std::size_t>(a), static_cast<std::size_t>(b)) = p;
      thermo.pressure(0, 0) = 2.0 * p;
      core::Frame frame = world.frame(step);
      frame.thermo = thermo;
      set.take(frame);
    }
    return table_of(set.result(), "viscosity");
  };
  const auto fresh = run(9000, 9000), longer = run(2000, 9000);
  const auto time = numbers(fresh, "time"), again = numbers(longer, "time");
  const auto C = numbers(fresh, "stress_correlation"), D = numbers(longer, "stress_correlation");
  ASSERT_EQ(time, again);
  const double scale = *std::max_element(C.begin(), C.end());
  for (std::size_t i = 0; i < C.size(); ++i) EXPECT_NEAR(C[i], D[i], 0.03 * scale) << time[i];
}

}  // namespace
}  // namespace vitreous::analysis
