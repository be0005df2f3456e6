#include "analysis/pair_curves.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/lag_grid.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {
namespace {

/// All pairs of a run that has come to step `until`.
PairCurves pairs_of(const Timeline& timeline, std::int64_t until) {
  const auto lags = log_lags(timeline, {});
  const auto plan = OriginPlan::make(timeline, lags, 100);
  const auto is_frame = [&](std::int64_t step) {
    return step <= until &&
           (!timeline.from_file() ||
            std::binary_search(timeline.steps.begin(), timeline.steps.end(), step));
  };
  PairCurves curves(plan, lags, 1);
  for (std::size_t i = 0; i < plan.origins.size(); ++i)
    for (std::size_t lag = 0; lag < lags.size(); ++lag)
      if (is_frame(plan.origins[i] + lags[lag])) curves.add(lag, plan.group[i], {1.0});
  return curves;
}

TEST(PairCurves, HaveSeenAllOfACompleteRunOfAnyLength) {
  for (std::int64_t last = 20; last < 3000; last += 17) {
    const auto curves = pairs_of({0.01, 100, 100 + last, {}}, 100 + last);
    EXPECT_EQ(curves.seen(), last);
    EXPECT_EQ(curves.longest_lag(), curves.lags().back());
  }
}

TEST(PairCurves, HaveSeenAllOfAFileEvenWhereItsFramesComeInBursts) {
  Timeline timeline{0.01, 0, 0, {}};
  for (std::int64_t burst = 0; burst < 40; ++burst)
    for (std::int64_t frame = 0; frame < 30; ++frame)
      timeline.steps.push_back(1000 * burst + 10 * frame);
  timeline.last = timeline.steps.back();
  EXPECT_EQ(pairs_of(timeline, timeline.last).seen(), timeline.last);
}

TEST(PairCurves, OfAnUnfinishedRunHaveSeenItsPartToWithinAnOrigin) {
  const Timeline timeline{0.01, 0, 1000, {}};
  EXPECT_EQ(pairs_of(timeline, 0).seen(), 0);
  EXPECT_EQ(pairs_of(timeline, 0).longest_lag(), 0);
  for (std::int64_t until = 10; until < 1000; until += 10) {
    const auto curves = pairs_of(timeline, until);
    EXPECT_GE(curves.seen(), until);
    EXPECT_LE(curves.seen(), until + 8);
    EXPECT_LE(curves.longest_lag(), until);
  }
}

}  // namespace
}  // namespace vitreous::analysis
