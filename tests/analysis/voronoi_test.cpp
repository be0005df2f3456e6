#include "analysis/voronoi.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

TEST(VoronoiObserver, OfBodyCenteredCubicCountsOneIndex) {
  World world = crystal_world(core::b2_cell(3.2), 4);
  const World sites = world;
  base::RandomStream random(61, "warm crystal");
  ObserverSet set(world.setting(400), {{"voronoi", {}}});
  drive(set, world, 400, [&](std::int64_t) { shake(world, sites, random, 0.03); });
  const auto result = set.result();
  for (const std::string species : {"", ".Cu", ".Zr"})
    for (const std::string way : {"", "_filtered"}) {
      EXPECT_EQ(quantity_of(result, "coordination" + way + species).measured->value, 14.0);
      EXPECT_EQ(quantity_of(result, "ico_like" + way + species).measured->value, 0.0);
    }
  const auto table = table_of(result, "voronoi");
  const auto species = words(table, "species"), index = words(table, "index");
  ASSERT_EQ(species.size(), 3u * 6u);  // and the icosahedron-like, of which there are none
  for (std::size_t row = 0; row < species.size(); ++row) {
    const double share = index[row] == "<0,6,0,8>" ? 1.0 : 0.0;
    EXPECT_EQ(numbers(table, "fraction")[row], share) << index[row];
    EXPECT_EQ(numbers(table, "fraction_filtered")[row], share) << index[row];
  }
  EXPECT_EQ(index[0], "<0,6,0,8>");
}

TEST(VoronoiObserver, EqualsTheNaiveCountOverFrames) {
  World world = crystal_world(core::b2_cell(3.2), 4);
  const World sites = world;
  base::RandomStream random(62, "hot crystal");
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s < 30; ++s) steps.push_back(s);
  ObserverSet set(world.setting(29, steps), {{"voronoi", {}}});
  double like = 0.0, perfect = 0.0, like_filtered = 0.0, faces = 0.0, frequent = 0.0;
  std::vector<double> a_frame;
  const auto count = static_cast<double>(world.atoms.count(0));
  for (const auto step : steps) {
    shake(world, sites, random, 0.55);
    set.take(world.frame(step));
    const auto cells = neighbor::voronoi_cells(world.box, world.atoms);
    const double before = like;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (world.atoms.species[i] != 0) continue;
      like += neighbor::is_icosahedron_like(cells[i].plain.index);
      like_filtered += neighbor::is_icosahedron_like(cells[i].filtered.index);
      perfect += cells[i].plain.index == neighbor::VoronoiIndex{0, 0, 12, 0};
      frequent += cells[i].plain.index == neighbor::VoronoiIndex{0, 3, 6, 4};
      faces += cells[i].plain.faces;
    }
    a_frame.push_back((like - before) / count);
  }
  const auto result = set.result();
  const double all = count * static_cast<double>(steps.size());
  ASSERT_GT(like, 10.0);
  const auto ico_like = quantity_of(result, "ico_like.Cu");
  EXPECT_NEAR(ico_like.measured->value, like / all, 1e-12);
  // Frames are independent: the plain standard error, within the spread of what 30 of them tell.
  const double plain = std::sqrt(math::sample_variance(a_frame) / 30.0);
  EXPECT_NEAR(ico_like.measured->standard_error / plain, 1.0, 0.4);
  EXPECT_NEAR(quantity_of(result, "ico_like_filtered.Cu").measured->value, like_filtered / all,
              1e-12);
  EXPECT_NEAR(quantity_of(result, "icosahedra.Cu").measured->value, perfect / all, 1e-12);
  EXPECT_NEAR(quantity_of(result, "coordination.Cu").measured->value, faces / all, 1e-10);
  const auto table = table_of(result, "voronoi");
  const auto species = words(table, "species"), index = words(table, "index");
  const auto fraction = numbers(table, "fraction");
  bool told = false;
  for (std::size_t row = 0; row < species.size(); ++row) {
    if (species[row] == "Cu" && index[row] == "<0,3,6,4>") {
      EXPECT_NEAR(fraction[row], frequent / all, 1e-12);
      told = true;
    }
    if (row > 0 && species[row] == species[row - 1]) {
      EXPECT_LE(fraction[row], fraction[row - 1]);
    }
  }
  EXPECT_TRUE(told);
  // All atoms: the mean of both, of which there are as many.
  EXPECT_NEAR(quantity_of(result, "ico_like").measured->value,
              0.5 * (ico_like.measured->value + quantity_of(result, "ico_like.Zr").measured->value),
              1e-12);
}

TEST(VoronoiObserver, LooksNoCloserThanItCanAfford) {
  const auto spacing = [](std::int64_t last) {
    World world(20, 20);
    const Voronoi observer({}, world.setting(last));
    const auto steps = observer.frame_steps();
    EXPECT_GE(steps.size(), FramePlan::fewest_frames);
    EXPECT_LE(steps.size(), 32u);
    return steps[1] - steps[0];
  };
  EXPECT_EQ(spacing(800), 64);
  EXPECT_EQ(spacing(200'000), 8192);
  EXPECT_EQ(spacing(1'000'000), 32768);
}

TEST(VoronoiObserver, OfALongerRunHasTheSameFramesAsIfItHadBeenPlannedSo) {
  // Twice as long as planned at first: the later plan's frames, and those of the earlier one.
  World world(30, 30);
  const std::vector<ObserverRequest> requests = {{"voronoi", {{"every", "0.1 ps"}}}};
  const auto observe = [&](std::int64_t planned) {
    World moving = world;
    base::RandomStream random(63, "longer walk");
    ObserverSet set(moving.setting(planned), requests);
    for (std::int64_t step = 0; step <= 200; ++step) {
      if (step > 0) diffuse(moving, random, [](std::int32_t) { return 0.01; });
      if (step == planned + 1) {
        ObserverSet longer(moving.setting(200), requests);
        longer.continue_from(set);
        set = std::move(longer);
      }
      if (set.next_step(step - 1) == step) set.take(moving.frame(step));
    }
    return set.result();
  };
  const auto planned = observe(200), longer = observe(110);
  expect_same_bits(planned, longer);
}

TEST(VoronoiObserver, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"voronoi", {}}});
}

TEST(VoronoiObserver, SaysHowManyFramesAreMissing) {
  World world(20, 20);
  ObserverSet set(world.setting(800), {{"voronoi", {}}});
  drive(set, world, 300, [](std::int64_t) {});
  const auto coordination = quantity_of(set.result(), "coordination.Cu");
  EXPECT_FALSE(coordination.measured);
  EXPECT_EQ(coordination.reason, "4 frames, 8 needed for an error");
}

}  // namespace
}  // namespace vitreous::analysis
