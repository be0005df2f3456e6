#include "analysis/slab_layer.hpp"

#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// The naive loop over all pairs of frames: each pair's mean over its members of a kind, drift
/// removed, averaged over pairs.
double naive_layer_msd(const std::vector<math::Vectors>& frames, const core::Atoms& atoms,
                       std::size_t lag, std::int32_t kind, const std::string& membership,
                       bool inner) {
  double sum = 0.0, pairs = 0.0;
  for (std::size_t a = 0; a + lag < frames.size(); ++a) {
    math::Vec3 drift;
    for (std::size_t i = 0; i < atoms.size(); ++i)
      drift += (frames[a + lag][i] - frames[a][i]) * (atoms.mass(i) / atoms.total_mass());
    double mean = 0.0, members = 0.0;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      bool member = atoms.species[i] == kind;
      for (std::size_t f = a; f <= a + lag; ++f) {
        const bool counts =
            membership == "throughout" || f == a || (membership == "both_ends" && f == a + lag);
        if (counts && is_outside(frames[f][i].z) == inner) member = false;
      }
      if (!member) continue;
      const math::Vec3 moved = frames[a + lag][i] - frames[a][i] - drift;
      mean += moved.x * moved.x + moved.y * moved.y;
      members += 1.0;
    }
    sum += mean / members;
    pairs += 1.0;
  }
  return sum / pairs;
}

TEST(SlabLayer, OnAFileEqualsTheNaiveLoopOverAllPairs) {
  for (const auto& [membership, region] : {std::pair<std::string, std::string>{"start", "outer"},
                                           {"both_ends", "outer"},
                                           {"throughout", "outer"},
                                           {"throughout", "inner"},
                                           {"both_ends", "inner"}}) {
    World world(60, 40);
    std::vector<std::int64_t> steps;
    for (std::int64_t s = 0; s <= 300; s += 5) steps.push_back(s);
    ObserverSet set(world.setting(300, steps), {{"msd",
                                                 {{"max_time", "1 ps"},
                                                  {"layer", "2.5 A"},
                                                  {"region", region},
                                                  {"membership", membership},
                                                  {"membership_every", "0.01 ps"}}}});
    base::RandomStream random(4, "naive layer");
    std::vector<math::Vectors> frames;
    for (const auto step : steps) {
      if (step > 0) diffuse(world, random, [](std::int32_t kind) { return kind ? 0.1 : 0.2; });
      frames.push_back(world.atoms.position);
      set.take(world.frame(step));
    }
    const auto table = set.result().tables.at(0);
    const auto time = numbers(table, "time"), msd = numbers(table, "msd");
    const auto species = words(table, "species");
    int compared = 0;
    for (std::size_t row = 0; row < time.size(); ++row) {
      if (species[row] == "all") continue;
      const auto lag = static_cast<std::size_t>(std::lround(time[row] / (5 * world.timestep)));
      const double naive = naive_layer_msd(frames, world.atoms, lag, species[row] == "Cu" ? 0 : 1,
                                           membership, region == "inner");
      EXPECT_NEAR(msd[row], naive, 1e-12 * naive) << membership << " " << time[row];
      ++compared;
    }
    EXPECT_GT(compared, 10);
  }
}

/// Walks along the surface alone, and in the layer ten times as fast as below it.
struct SurfaceWalk {
  static constexpr double variance = 0.01;  ///< of a step and component, A^2
  World world{500, 300};
  core::Result result;

  explicit SurfaceWalk(const std::vector<ObserverRequest>& requests) {
    ObserverSet set(world.setting(3000), requests);
    base::RandomStream random(12, "surface walk");
    drive(set, world, 3000, [&](std::int64_t) {
      for (std::size_t i = 0; i < world.atoms.size(); ++i) {
        const double share = is_outside(world.atoms.position[i].z) ? 1.0 : 0.1;
        const double s = std::sqrt(share * variance);
        world.atoms.position.add(i, {s * random.normal(), s * random.normal(), 0.0});
      }
    });
    result = set.result();
  }
};

TEST(SlabLayer, HasTheDiffusionCoefficientOfItsOwnAtomsInTwoDimensions) {
  const SurfaceWalk walk({{"msd", {{"layer", "2.5 A"}}}});
  const auto D = quantity_of(walk.result, "D");
  ASSERT_TRUE(D.measured) << D.reason;
  const double truth =
      SurfaceWalk::variance / (2.0 * walk.world.timestep) * base::A2_per_ps_to_m2_per_s;
  EXPECT_NEAR(D.measured->value, truth, 4.0 * D.measured->standard_error);
  EXPECT_LT(D.measured->standard_error, 0.1 * truth);
  EXPECT_NE(D.how.at("layer").find("outer 2.5 A of both faces"), std::string::npos);
}

TEST(SlabLayer, OfGaussianStepsScattersAsAGaussianAndHasNoAlpha2) {
  const SurfaceWalk walk({{"intermediate_scattering", {{"q", "1 1/A"}, {"layer", "2.5 A"}}},
                          {"non_gaussian", {{"layer", "2.5 A"}}}});
  for (const auto& [name, column] :
       {std::pair{"intermediate_scattering", "F_s"}, std::pair{"non_gaussian", "alpha_2"}}) {
    const auto table = table_of(walk.result, name);
    const auto time = numbers(table, "time"), value = numbers(table, column);
    const auto species = words(table, "species");
    std::vector<double> error;
    for (const auto& c : table.columns)
      if (c.name == column) error = c.standard_error;
    for (std::size_t row = 0; row < time.size(); ++row) {
      if (species[row] != "all") continue;
      const double steps = time[row] / walk.world.timestep;
      const double truth =
          column == std::string("F_s") ? std::exp(-0.5 * SurfaceWalk::variance * steps) : 0.0;
      EXPECT_NEAR(value[row], truth, 5.0 * error[row] + 0.003) << column << " " << time[row];
    }
  }
}

TEST(SlabLayer, GoesOnWithTheSameBits) {
  expect_same_bits_of_an_interrupted_walk(
      {{"msd", {{"layer", "2.5 A"}}},
       {"non_gaussian", {{"layer", "4 A"}, {"membership", "start"}}},
       {"msd", {{"layer", "4 A"}, {"membership", "throughout"}, {"membership_every", "0.05 ps"}}},
       {"msd", {}}});
}

TEST(SlabLayer, SaysHowOftenItLookedWhetherAtomsStayed) {
  const SurfaceWalk walk({{"msd", {{"layer", "2.5 A"}, {"membership", "throughout"}}}});
  EXPECT_NE(quantity_of(walk.result, "D")
                .how.at("layer")
                .find("throughout a displacement, looked at every 1 ps"),
            std::string::npos);
}

TEST(SlabLayer, OfALongerRunKnowsWhoLeftBefore) {
  // Nobody moves but one atom, which leaves the layer, comes back elsewhere and counts no more,
  // though the run is taken up anew while it has been back.
  const std::vector<ObserverRequest> requests = {
      {"msd", {{"layer", "2.5 A"}, {"membership", "throughout"}, {"membership_every", "0.05 ps"}}},
      {"msd", {{"layer", "2.5 A"}}}};
  World world(20, 20);
  for (std::size_t i = 0; i < world.atoms.size(); ++i) world.atoms.position.z[i] = 5.0;
  ObserverSet set(world.setting(700), requests);
  for (std::int64_t step = 0; step <= 1024; ++step) {
    if (step == 701) {
      ObserverSet longer(world.setting(1024), requests);
      longer.continue_from(set);
      set = std::move(longer);
    }
    if (step == 600) world.atoms.position.z[7] = 10.0;
    if (step == 690)
      world.atoms.position.set(7, world.atoms.position[7] + math::Vec3{30.0, 0.0, -5.0});
    if (set.next_step(step - 1) == step) set.take(world.frame(step));
  }
  const auto largest = [&](const std::string& table) {
    double most = 0.0;
    for (const double value : numbers(table_of(set.result(), table), "msd"))
      if (!std::isnan(value)) most = std::max(most, value);
    return most;
  };
  EXPECT_GT(largest("msd_2"), 15.0);
  EXPECT_LT(largest("msd"), 1.0);  // what the center of mass moved makes
}

TEST(SlabLayer, NeedsASlab) {
  World world(20, 20);
  world.slab.reset();
  try {
    ObserverSet set(world.setting(100), {{"msd", {{"layer", "2.5 A"}}}});
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_NE(error.message().problem.find("nothing is opened"), std::string::npos);
  }
}

TEST(SlabLayer, ThickerThanHalfTheSlabIsRefused) {
  World world(20, 20);
  ObserverSet set(world.setting(100), {{"msd", {{"layer", "6.5 A"}}}});
  EXPECT_THROW(drive(set, world, 100, [](std::int64_t) {}), base::RunError);
}

}  // namespace
}  // namespace vitreous::analysis
