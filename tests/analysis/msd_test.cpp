#include "analysis/msd.hpp"

#include <gtest/gtest.h>

#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// The naive loop over all pairs of frames: MSD of all atoms at a lag, drift removed.
double naive_msd(const std::vector<math::Vectors>& frames, const core::Atoms& atoms,
                 std::size_t lag, std::int32_t kind) {
  double sum = 0.0, count = 0.0;
  for (std::size_t a = 0; a + lag < frames.size(); ++a) {
    math::Vec3 drift;
    for (std::size_t i = 0; i < atoms.size(); ++i)
      drift += (frames[a + lag][i] - frames[a][i]) * (atoms.mass(i) / atoms.total_mass());
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      if (kind >= 0 && atoms.species[i] != kind) continue;
      sum += math::norm2(frames[a + lag][i] - frames[a][i] - drift);
      count += 1.0;
    }
  }
  return sum / count;
}

TEST(MeanSquareDisplacement, OnAFileEqualsTheNaiveLoopOverAllPairs) {
  World world(13, 9);
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s <= 600; s += 5) steps.push_back(s);
  ObserverSet set(world.setting(600, steps), {{"msd", {{"max_time", "2 ps"}}}});
  base::RandomStream random(4, "naive msd");
  std::vector<math::Vectors> frames;
  for (const auto step : steps) {
    if (step > 0) diffuse(world, random, [](std::int32_t kind) { return kind == 0 ? 0.02 : 0.01; });
    frames.push_back(world.atoms.position);
    ASSERT_EQ(set.next_step(step - 1), step);
    set.take(world.frame(step));
  }
  const auto table = set.result().tables.at(0);
  const auto time = numbers(table, "time"), msd = numbers(table, "msd");
  const auto species = words(table, "species");
  ASSERT_GT(time.size(), 30u);
  for (std::size_t row = 0; row < time.size(); ++row) {
    const auto lag = static_cast<std::size_t>(std::lround(time[row] / (5 * world.timestep)));
    const std::int32_t kind = species[row] == "Cu" ? 0 : (species[row] == "Zr" ? 1 : -1);
    EXPECT_NEAR(msd[row], naive_msd(frames, world.atoms, lag, kind), 1e-12 * msd[row]);
  }
}

TEST(MeanSquareDisplacement, OfARandomWalkGrowsAsSixDt) {
  World world(150, 100);
  const double variance_cu = 0.002, variance_zr = 0.001;
  ObserverSet set(world.setting(3000), {{"msd", {}}});
  base::RandomStream random(11, "random walk");
  drive(set, world, 3000, [&](std::int64_t) {
    diffuse(world, random,
            [&](std::int32_t kind) { return kind == 0 ? variance_cu : variance_zr; });
  });
  const auto table = set.result().tables.at(0);
  const auto time = numbers(table, "time"), msd = numbers(table, "msd");
  const auto species = words(table, "species");
  std::vector<double> error;
  for (const auto& c : table.columns)
    if (c.name == "msd") error = c.standard_error;
  int outside = 0;
  for (std::size_t row = 0; row < time.size(); ++row) {
    const double steps = time[row] / world.timestep;
    const double cu = 3 * variance_cu * steps, zr = 3 * variance_zr * steps;
    const double truth =
        species[row] == "Cu" ? cu : (species[row] == "Zr" ? zr : 0.6 * cu + 0.4 * zr);
    ASSERT_GT(error[row], 0.0);
    // The center of mass takes 1/250 of the motion with it.
    EXPECT_NEAR(msd[row], truth * (1.0 - 1.0 / 250.0), 5.0 * error[row]);
    outside += std::abs(msd[row] - truth * (1.0 - 1.0 / 250.0)) > 2.0 * error[row];
  }
  // 4.6 % are expected outside of two errors; rows are correlated, so a quarter bounds it loosely.
  EXPECT_LT(outside, static_cast<int>(time.size()) / 4);
}

TEST(MeanSquareDisplacement, OfFreeFlightIsTheSquareOfVelocityTimesTime) {
  World world(20, 20);
  base::RandomStream random(2, "flight");
  std::vector<math::Vec3> velocity(40);
  math::Vec3 drift;
  for (std::size_t i = 0; i < 40; ++i) {
    velocity[i] = {random.normal(), random.normal(), random.normal()};
    drift += velocity[i] * (world.atoms.mass(i) / world.atoms.total_mass());
  }
  double square = 0.0;
  for (const auto& v : velocity) square += math::norm2(v - drift) / 40.0;
  ObserverSet set(world.setting(400), {{"msd", {}}});
  drive(set, world, 400, [&](std::int64_t) {
    for (std::size_t i = 0; i < 40; ++i) world.atoms.position.add(i, velocity[i] * world.timestep);
  });
  const auto table = set.result().tables.at(0);
  const auto time = numbers(table, "time"), msd = numbers(table, "msd");
  const auto species = words(table, "species");
  for (std::size_t row = 0; row < time.size(); ++row)
    if (species[row] == "all") {
      EXPECT_NEAR(msd[row], square * time[row] * time[row], 1e-9 * msd[row]);
    }
}

TEST(MeanSquareDisplacement, IsBlindToAConstantDrift) {
  World world(30, 10);
  ObserverSet set(world.setting(300), {{"msd", {}}});
  drive(set, world, 300, [&](std::int64_t) {
    for (std::size_t i = 0; i < world.atoms.size(); ++i)
      world.atoms.position.add(i, {0.3, -0.1, 0.7});
  });
  for (const double value : numbers(set.result().tables.at(0), "msd")) EXPECT_LT(value, 1e-20);
}

TEST(MeanSquareDisplacement, TakesUnwrappedPositionsAsTheyAreWhileTheBoxChanges) {
  World world(30, 10);
  ObserverSet set(world.setting(300), {{"msd", {}}});
  base::RandomStream random(5, "npt");
  drive(set, world, 300, [&](std::int64_t) {
    // Two kinds move apart at constant speed; the box breathes and must not matter.
    world.box = core::Box::orthogonal(20 + 0.5 * random.uniform(), 20, 20);
    for (std::size_t i = 0; i < world.atoms.size(); ++i)
      world.atoms.position.add(i, {world.atoms.species[i] == 0 ? 0.01 : 0.0, 0, 0});
  });
  const double mass_zr = 10 * 91.224, mass = mass_zr + 30 * 63.546;
  const auto table = set.result().tables.at(0);
  const auto time = numbers(table, "time"), msd = numbers(table, "msd");
  const auto species = words(table, "species");
  for (std::size_t row = 0; row < time.size(); ++row) {
    const double way = 0.01 * time[row] / world.timestep;
    if (species[row] == "Cu") {
      EXPECT_NEAR(msd[row], std::pow(way * mass_zr / mass, 2), 1e-10);
    }
  }
}

TEST(MeanSquareDisplacement, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"msd", {}}});
}

TEST(MeanSquareDisplacement, OfUnevenDumpsComparesFramesThatMatchAsWholeSteps) {
  // Bursts of log-spaced frames, as LAMMPS users write them: 0 1 2 4 8 16 | 100 101 102 104 ...
  std::vector<std::int64_t> steps;
  for (std::int64_t start = 0; start <= 2000; start += 100)
    for (const std::int64_t offset : {0, 1, 2, 4, 8, 16, 32}) steps.push_back(start + offset);
  World world(40, 40);
  ObserverSet set(world.setting(steps.back(), steps), {{"msd", {}}});
  base::RandomStream random(3, "bursts");
  std::int64_t now = 0;
  for (const auto step : steps) {
    for (; now < step; ++now) diffuse(world, random, [](std::int32_t) { return 0.01; });
    set.take(world.frame(step));
  }
  const auto table = set.result().tables.at(0);
  const auto time = numbers(table, "time"), msd = numbers(table, "msd");
  ASSERT_GT(time.size(), 15u);
  EXPECT_NEAR(time.front(), 0.01, 1e-12);
  for (std::size_t row = 0; row < time.size(); ++row)
    EXPECT_NEAR(msd[row] / (0.03 * time[row] / 0.01), 1.0, 0.25);
}

}  // namespace
}  // namespace vitreous::analysis
