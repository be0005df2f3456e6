#include "analysis/rdf.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "base/error.hpp"
#include "core/crystal.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

struct RdfRows {
  std::vector<std::string> pair;
  std::vector<double> r, g, error;
};

RdfRows rdf_rows(const core::Result& result) {
  const auto table = table_of(result, "rdf");
  RdfRows rows{words(table, "pair"), numbers(table, "r"), numbers(table, "g"), {}};
  for (const auto& c : table.columns)
    if (c.name == "g") rows.error = c.standard_error;
  return rows;
}

core::Box skewed(double scale = 1.0) {
  core::Mat3 cell = core::Mat3::diagonal(11.0, 9.0, 8.0);
  cell(0, 1) = 4.0;
  cell(0, 2) = -3.0;
  cell(1, 2) = 3.5;
  return core::Box(cell * scale, {1.0, -2.0, 3.0});
}

/// Anywhere in the box, and any number of boxes away.
void scatter(World& world, base::RandomStream& random) {
  const auto anywhere = [&] { return 6.0 * random.uniform() - 3.0; };
  for (std::size_t i = 0; i < world.atoms.size(); ++i)
    world.atoms.position.set(i, world.box.cartesian({anywhere(), anywhere(), anywhere()}));
}

DistanceBins bins_up_to(std::size_t count, double width) { return {count, width}; }

TEST(PairDistances, AreThoseOfASumOverAllImagesInAnyBox) {
  base::RandomStream random(51, "distances");
  const auto bins = bins_up_to(70, 0.1);
  // Narrower than the reach and skewed; wide; flat.
  for (const auto& box : {skewed(), skewed(0.4), core::Box::orthogonal(30, 31, 32),
                          core::Box::orthogonal(40, 6, 3)}) {
    World world(23, 17);
    world.box = box;
    scatter(world, random);
    PairDistances found(2, bins);
    found.count(world.box, world.atoms);
    std::vector<std::vector<std::int64_t>> truth(3, std::vector<std::int64_t>(bins.count));
    for (std::size_t i = 0; i < world.atoms.size(); ++i) {
      for (std::size_t j = 0; j < world.atoms.size(); ++j) {
        core::Vec3 s = world.box.fractional(world.atoms.position[j]) -
                       world.box.fractional(world.atoms.position[i]);
        s = {s.x - std::floor(s.x), s.y - std::floor(s.y), s.z - std::floor(s.z)};
        const core::Vec3 d = world.box.cartesian(s) - world.box.origin();
        for (int x = -8; x <= 8; ++x)
          for (int y = -8; y <= 8; ++y)
            for (int z = -8; z <= 8; ++z) {
              if (i == j && x == 0 && y == 0 && z == 0) continue;
              const double r = std::sqrt(math::norm2(d + world.box.translation(x, y, z)));
              if (r >= 7.0) continue;
              const auto pair = found.pair_of(static_cast<std::size_t>(world.atoms.species[i]),
                                              static_cast<std::size_t>(world.atoms.species[j]));
              ++truth[pair][static_cast<std::size_t>(r / bins.width)];
            }
      }
    }
    for (std::size_t pair = 0; pair < 3; ++pair)
      for (std::size_t bin = 0; bin < bins.count; ++bin)
        EXPECT_EQ(2 * found.pairs_in(pair, bin), truth[pair][bin]) << pair << " " << bin;
  }
}

TEST(RadialDistribution, OfAnIdealGasIsOneWhateverTheBoxDoes) {
  // The volume doubles from frame to frame: normalized with its mean, g would be 1.125.
  World world(120, 80);
  base::RandomStream random(52, "ideal gas");
  ObserverSet set(world.setting(400), {{"rdf", {{"r_max", "4 A"}, {"bin", "0.25 A"}}}});
  drive(set, world, 400, [&](std::int64_t step) {
    world.box = skewed(step / 2 % 2 == 0 ? 1.5 : 1.5 * std::cbrt(2.0));
    scatter(world, random);
  });
  const auto rows = rdf_rows(set.result());
  ASSERT_EQ(rows.g.size(), 4u * 16u);
  double inside = 0.0;
  for (std::size_t i = 0; i < rows.g.size(); ++i) {
    EXPECT_NEAR(rows.g[i], 1.0, 5.0 * rows.error[i]) << rows.pair[i] << " " << rows.r[i];
    inside += std::abs(rows.g[i] - 1.0) <= rows.error[i];
  }
  // Errors that cover: 64 bins, so 68 % +- 6 %; three of those.
  EXPECT_NEAR(inside / static_cast<double>(rows.g.size()), 0.68, 0.18);
}

TEST(RadialDistribution, OfFaceCenteredCubicHasTheShellsOfTheCrystal) {
  const double a = 4.05;
  const auto crystal = core::supercell(core::fcc_cell(a), {{"Cu", 63.546}}, 4, 4, 4);
  World world(256, 0);
  world.atoms = crystal.atoms;
  world.box = crystal.box;
  Setting setting;
  setting.timeline = {0.01, 0, 100, {}};
  setting.kinds = world.atoms.kinds;
  setting.counts = {256};
  ObserverSet set(setting, {{"rdf", {{"r_max", "6.5 A"}, {"bin", "0.1 A"}}}});
  drive(set, world, 100, [](std::int64_t) {});
  const auto rows = rdf_rows(set.result());
  std::map<int, double> shells;  ///< neighbors by squared distance in units of a^2/2
  for (std::size_t i = 0; i < rows.g.size(); ++i) {
    if (rows.pair[i] != "all" || rows.g[i] == 0.0) continue;
    const double low = rows.r[i] - 0.05, high = rows.r[i] + 0.05;
    const double shell = 4.0 / 3.0 * std::numbers::pi * (high * high * high - low * low * low);
    for (int n = 1; n <= 5; ++n)
      if (std::abs(a * std::sqrt(0.5 * n) - rows.r[i]) <= 0.05)
        shells[n] += rows.g[i] * 255.0 / world.box.volume() * shell;
  }
  const std::map<int, double> truth{{1, 12.0}, {2, 6.0}, {3, 24.0}, {4, 12.0}, {5, 24.0}};
  ASSERT_EQ(shells.size(), truth.size());
  for (const auto& [n, count] : truth) EXPECT_NEAR(shells.at(n), count, 1e-9) << n;
}

TEST(RadialDistribution, NamesPairsAndAverageOfPartialsIsTheTotal) {
  World world(30, 20);
  base::RandomStream random(53, "partials");
  ObserverSet set(world.setting(100), {{"rdf", {{"bin", "1 A"}}}});
  drive(set, world, 100, [&](std::int64_t) { scatter(world, random); });
  const auto rows = rdf_rows(set.result());
  std::map<std::string, std::vector<double>> g;
  for (std::size_t i = 0; i < rows.g.size(); ++i) g[rows.pair[i]].push_back(rows.g[i]);
  ASSERT_EQ(g.size(), 4u);
  for (std::size_t bin = 0; bin < 10; ++bin)
    EXPECT_NEAR(g["all"][bin] * 25 * 49,
                g["Cu-Cu"][bin] * 15 * 29 + g["Cu-Zr"][bin] * 600 + g["Zr-Zr"][bin] * 10 * 19,
                1e-8);
}

TEST(RadialDistribution, RefusesAFileOfTooFewFrames) {
  World world(5, 5);
  try {
    ObserverSet(world.setting(30, {0, 10, 20, 30}), {{"rdf", {}}});
    FAIL() << "four frames were accepted";
  } catch (const base::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("4 frames, 8 needed"), std::string::npos)
        << error.what();
  }
}

TEST(RadialDistribution, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"rdf", {}}});
}

}  // namespace
}  // namespace vitreous::analysis
