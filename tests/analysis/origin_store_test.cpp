#include "analysis/origin_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/lag_grid.hpp"
#include "base/error.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

Timeline in_situ(std::int64_t last, double timestep = 0.001) { return {timestep, 0, last, {}}; }

TEST(OriginPlan, InSituHasOneToTwoHundredOriginsAndAtMostSixtyFourAlive) {
  for (const std::int64_t last : {500LL, 20000LL, 1000003LL, 50000000LL}) {
    const auto timeline = in_situ(last);
    const auto lags = log_lags(timeline, std::nullopt);
    const auto plan = OriginPlan::make(timeline, lags, 4000);
    EXPECT_GE(plan.origins.size(), 95u) << last;
    EXPECT_LE(plan.origins.size(), 190u) << last;
    const std::int64_t spacing = plan.origins[1] - plan.origins[0];
    EXPECT_LE(lags.back() / spacing + 1, 64) << last;
    EXPECT_LE(lags.back(), last / 3) << last;
    EXPECT_GE(lags.back(), last / 4) << last;
    EXPECT_LE(plan.groups, 256u);
  }
}

TEST(OriginPlan, LagsBeyondEightSpacingsAreMultiplesOfItSoThatFramesAreShared) {
  const auto timeline = in_situ(10000000);
  const auto lags = log_lags(timeline, std::nullopt);
  const std::int64_t spacing = origin_spacing(timeline);
  std::size_t between = 0;
  for (const auto lag : lags) between += lag % spacing != 0;
  EXPECT_TRUE(std::all_of(lags.begin(), lags.end(),
                          [&](auto lag) { return lag < 8 * spacing || lag % spacing == 0; }));
  const auto plan = OriginPlan::make(timeline, lags, 4000);
  const OriginStore store(plan, World(2, 2).setting(10000000));
  EXPECT_LE(store.frame_steps().size(), plan.origins.size() * (between + 1) + 1);
}

TEST(OriginPlan, OfALongerRunHoldsTheLagsAndEveryFewOriginsOfAShorter) {
  for (const std::int64_t last : {700LL, 20000LL, 33333LL, 1000003LL}) {
    const auto shorter = log_lags(in_situ(last)), longer = log_lags(in_situ(3 * last));
    EXPECT_TRUE(std::includes(longer.begin(), longer.end(), shorter.begin(), shorter.end()));
    EXPECT_EQ(origin_spacing(in_situ(3 * last)) % origin_spacing(in_situ(last)), 0);
  }
}

TEST(OriginPlan, LagsStandFiveToTheOctave) {
  const auto lags = log_lags(in_situ(100000000), std::nullopt);
  const auto in = [&](std::int64_t low, std::int64_t high) {
    return std::count_if(lags.begin(), lags.end(),
                         [&](auto lag) { return lag >= low && lag < high; });
  };
  EXPECT_EQ(in(1024, 2048), 5);
  EXPECT_EQ(in(1000, 10000), 17);
  EXPECT_EQ(lags.front(), 10);  // 0.01 ps
}

TEST(OriginPlan, ALongerMaximumThinsOriginsInsteadOfKeepingMoreAlive) {
  const auto timeline = in_situ(200000);
  const auto lags = log_lags(timeline, 100.0);
  EXPECT_NEAR(static_cast<double>(lags.back()), 100000.0, 8000.0);
  const auto plan = OriginPlan::make(timeline, lags, 100);
  EXPECT_LE(lags.back() / (plan.origins[1] - plan.origins[0]) + 1, 64);
}

TEST(OriginPlan, RefusesALagBeyondHalfOfTheRun) {
  EXPECT_THROW(log_lags(in_situ(1000), 0.6), base::InputError);
  EXPECT_THROW(log_lags({0.001, 0, 20, {0, 10, 20}}, std::nullopt), base::InputError);
}

TEST(OriginPlan, OnFilesEveryFrameIsAnOriginUntilMemoryIsShort) {
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s < 50000; ++s) steps.push_back(10 * s);
  const Timeline timeline{0.001, 0, steps.back(), steps};
  const auto lags = log_lags(timeline, std::nullopt);
  EXPECT_EQ(OriginPlan::make(timeline, lags, 1000).origins.size(), steps.size());
  const auto thinned = OriginPlan::make(timeline, lags, 100000);
  const double alive = static_cast<double>(lags.back()) /
                       static_cast<double>(thinned.origins[1] - thinned.origins[0]);
  EXPECT_LT(alive * 24.0 * 100000, 1.01 * OriginPlan::origin_memory);
  EXPECT_GT(alive * 24.0 * 100000, 0.4 * OriginPlan::origin_memory);
  EXPECT_NE(thinned.description.find("memory"), std::string::npos);
}

TEST(OriginStore, VisitsEveryPairOfOriginAndLagOnce) {
  World world(3, 2);
  const auto setting = world.setting(2000);
  const auto lags = log_lags(setting.timeline, std::nullopt);
  OriginStore store(OriginPlan::make(setting.timeline, lags, 5), setting);
  std::vector<std::pair<std::int64_t, std::int64_t>> seen;
  for (const auto step : store.frame_steps())
    store.take(world.frame(step), [&](const Pair& pair) {
      EXPECT_EQ(pair.now.step - pair.origin.step, lags[pair.lag]);
      seen.emplace_back(pair.origin.step, lags[pair.lag]);
    });
  std::size_t expected = 0;
  for (const auto origin : store.plan().origins)
    for (const auto lag : lags) expected += origin + lag <= 2000;
  EXPECT_EQ(seen.size(), expected);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST(OriginStore, RefusesAChangedNumberOfAtoms) {
  World world(3, 2);
  const auto setting = world.setting(2000);
  OriginStore store(OriginPlan::make(setting.timeline, {1, 2}, 5), setting);
  world.atoms.resize(4);
  EXPECT_THROW(store.take(world.frame(0), [](const Pair&) {}), base::RunError);
}

}  // namespace
}  // namespace vitreous::analysis
