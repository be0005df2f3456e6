#include "analysis/cage_jump_detector.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/random.hpp"

namespace vitreous::analysis {
namespace {

// At 700 K (Cu50Zr50): a positional variance of 0.1425 A^2 in the cage, jumps of 2.15 A; 40 frames
// fill a window of 200 ps.
constexpr double cage_variance = 0.1425;
constexpr std::size_t frames_a_part = 5, parts_a_half = 4, frames_a_half = 20;
const CageJumpCriteria criteria{5.0 * cage_variance, std::sqrt(cage_variance), 1.0};

math::Vec3 direction(base::RandomStream& random) {
  const double z = 2.0 * random.uniform() - 1.0, phi = 2.0 * std::numbers::pi * random.uniform();
  const double s = std::sqrt(1.0 - z * z);
  return {s * std::cos(phi), s * std::sin(phi), z};
}

/// Jumps of an atom at frames, in ascending order.
struct Step {
  std::size_t frame;
  math::Vec3 vector;
};

/// Rattling in a cage that moves by each step.
std::vector<math::Vec3> trajectory(std::size_t frames, const std::vector<Step>& steps,
                                   base::RandomStream& random) {
  std::vector<math::Vec3> positions;
  const double s = std::sqrt(cage_variance / 3.0);
  math::Vec3 cage{10.0, -20.0, 30.0};
  std::size_t next = 0;
  for (std::size_t f = 0; f < frames; ++f) {
    while (next < steps.size() && steps[next].frame == f) cage += steps[next++].vector;
    positions.push_back(cage +
                        math::Vec3{s * random.normal(), s * random.normal(), s * random.normal()});
  }
  return positions;
}

WindowStatistics statistics_of(std::span<const math::Vec3> positions) {
  math::Vec3 mean;
  for (const auto& r : positions) mean += r * (1.0 / static_cast<double>(positions.size()));
  double variance = 0.0;
  for (const auto& r : positions)
    variance += math::norm2(r - mean) / static_cast<double>(positions.size());
  return {mean, variance};
}

std::vector<WindowStatistics> windows_of(const std::vector<math::Vec3>& positions) {
  std::vector<WindowStatistics> parts;
  for (std::size_t f = 0; f + frames_a_part <= positions.size(); f += frames_a_part)
    parts.push_back(statistics_of({&positions[f], frames_a_part}));
  return overlapping_windows(parts, parts_a_half);
}

std::vector<CageJump> jumps_in(const std::vector<math::Vec3>& positions) {
  return find_cage_jumps(windows_of(positions), criteria);
}

/// Windows at x = w^2, so that every pair of them differs by its own vector; flagged where told.
std::vector<WindowStatistics> flagged_windows(std::size_t count,
                                              const std::vector<std::size_t>& flagged) {
  std::vector<WindowStatistics> windows(count);
  for (std::size_t w = 0; w < count; ++w) windows[w].mean.x = static_cast<double>(w * w);
  for (const std::size_t w : flagged) windows[w].variance = 100.0;
  return windows;
}

TEST(OverlappingWindows, HaveTheMeansAndVariancesOfTheirFrames) {
  base::RandomStream random(3, "windows");
  const auto positions = trajectory(200, {{77, {2.0, 0.0, 0.0}}}, random);
  const auto windows = windows_of(positions);
  ASSERT_EQ(windows.size(), 9u);
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const auto direct = statistics_of({&positions[w * frames_a_half], 2 * frames_a_half});
    EXPECT_NEAR(windows[w].variance, direct.variance, 1e-12);
    EXPECT_NEAR(math::norm(windows[w].mean - direct.mean), 0.0, 1e-12);
  }
}

TEST(OverlappingWindows, LeaveOutWhatDoesNotFillHalfAWindow) {
  const std::vector<WindowStatistics> parts(11);
  EXPECT_EQ(overlapping_windows(parts, 4).size(), 1u);
  EXPECT_EQ(overlapping_windows(parts, 5).size(), 1u);
  EXPECT_EQ(overlapping_windows(parts, 6).size(), 0u);
}

TEST(CageJumps, OfOneOrTwoFlaggedWindowsTakeOneWindow) {
  const auto windows_taken = [](const std::vector<std::size_t>& flagged) {
    const auto jumps = find_cage_jumps(flagged_windows(20, flagged), criteria);
    return jumps.size() == 1 ? jumps.front().windows() : 0;
  };
  EXPECT_EQ(windows_taken({9}), 1u);
  EXPECT_EQ(windows_taken({9, 10}), 1u);
  EXPECT_EQ(windows_taken({9, 10, 11}), 2u);
  EXPECT_EQ(windows_taken({9, 10, 11, 12}), 2u);
  EXPECT_EQ(windows_taken({9, 10, 11, 12, 13}), 3u);
}

TEST(CageJumps, LeadFromTheNearestWindowBeforeToTheNearestBehindThatDoNotOverlapThem) {
  const auto jumps = find_cage_jumps(flagged_windows(20, {9, 10}), criteria);
  ASSERT_EQ(jumps.size(), 1u);
  EXPECT_EQ(jumps[0].first, 9u);
  EXPECT_EQ(jumps[0].last, 10u);
  EXPECT_EQ(jumps[0].vector.x, 12.0 * 12.0 - 7.0 * 7.0);
}

TEST(CageJumps, ThatOverlapOrTouchAreOne) {
  const auto touching = find_cage_jumps(flagged_windows(20, {7, 9}), criteria);
  ASSERT_EQ(touching.size(), 1u);
  EXPECT_EQ(touching[0].first, 7u);
  EXPECT_EQ(touching[0].last, 9u);
  EXPECT_EQ(find_cage_jumps(flagged_windows(20, {7, 10}), criteria).size(), 2u);
}

TEST(CageJumps, CanBeginWhereAWholeWindowIsBeforeAndBehindThem) {
  constexpr std::size_t count = 12;
  for (std::size_t places = 1; places <= count; ++places) {
    std::size_t found = 0;
    for (std::size_t first = 0; first + places <= count; ++first) {
      std::vector<std::size_t> flagged;
      for (std::size_t w = first; w < first + places; ++w) flagged.push_back(w);
      found += find_cage_jumps(flagged_windows(count, flagged), criteria).size();
    }
    EXPECT_EQ(found, places_to_begin(count, places)) << places;
  }
}

TEST(CageJumps, ShorterThanTheCageAreNone) {
  auto windows = flagged_windows(20, {9});
  for (std::size_t w = 0; w < windows.size(); ++w)
    windows[w].mean.x = w < 10 ? 0.0 : 0.99 * criteria.shortest;
  EXPECT_TRUE(find_cage_jumps(windows, criteria).empty());
  for (std::size_t w = 10; w < windows.size(); ++w) windows[w].mean.x = 1.01 * criteria.shortest;
  EXPECT_EQ(find_cage_jumps(windows, criteria).size(), 1u);
}

TEST(CageJumps, ForthAndBackCancel) {
  // The cage of the exact pair moves by 2.15 A at half window 8 and back at half window 16.
  base::RandomStream random(5, "forth and back");
  const math::Vec3 l{2.15, 0.0, 0.0};
  const auto pair = trajectory(600, {{165, l}, {325, -l}}, random);
  EXPECT_TRUE(jumps_in(pair).empty());
  const auto one = trajectory(600, {{165, l}}, random);
  ASSERT_EQ(jumps_in(one).size(), 1u);
  EXPECT_NEAR(jumps_in(one)[0].vector.x, 2.15, 0.3);
}

TEST(CageJumps, CancelInsideOutUntilNoneIsUndone) {
  base::RandomStream random(6, "nested returns");
  const math::Vec3 a{2.2, 0.0, 0.0}, b{0.0, 2.2, 0.0}, c{0.0, 0.0, 2.2};
  // a (b (c c^-1) b^-1) a^-1 leaves nothing; with c in place of the last, two are left.
  const auto nested =
      trajectory(1600, {{205, a}, {405, b}, {605, c}, {805, -c}, {1005, -b}, {1205, -a}}, random);
  EXPECT_TRUE(jumps_in(nested).empty());
  const auto lasting =
      trajectory(1600, {{205, a}, {405, b}, {605, c}, {805, -c}, {1005, -b}, {1205, c}}, random);
  ASSERT_EQ(jumps_in(lasting).size(), 2u);
  EXPECT_NEAR(jumps_in(lasting)[0].vector.x, 2.2, 0.4);
  EXPECT_NEAR(jumps_in(lasting)[1].vector.z, 2.2, 0.4);
}

TEST(CageJumps, OfAHarmonicCageAreNone) {
  // 500 atoms x 99 windows: a window's variance has a relative spread of sqrt(2/120) = 0.13 about
  // 0.1425 A^2, far below the threshold of five times that.
  base::RandomStream random(7, "harmonic cage");
  std::size_t found = 0;
  for (int atom = 0; atom < 500; ++atom) found += jumps_in(trajectory(2000, {}, random)).size();
  EXPECT_EQ(found, 0u);
}

/// How well single jumps, at any moment and in any direction, are found.
struct Score {
  double jumps = 0.0, events = 0.0, true_events = 0.0;
  double length = 0.0, flagged = 0.0;
};

Score score(int atoms, double shortest, double longest) {
  constexpr std::size_t frames = 800, margin = 80;  // whole windows before and behind every jump
  base::RandomStream random(8, "single jumps");
  Score s;
  for (int atom = 0; atom < atoms; ++atom) {
    std::vector<Step> steps;
    if (atom % 2 == 0)  // the others never jump
      steps = {{margin + random.below(frames - 2 * margin),
                direction(random) * (shortest + (longest - shortest) * random.uniform())}};
    const auto jumps = jumps_in(trajectory(frames, steps, random));
    s.jumps += static_cast<double>(steps.size());
    s.events += static_cast<double>(jumps.size());
    for (const CageJump& jump : jumps) {
      const bool covers = !steps.empty() && steps[0].frame > jump.first * frames_a_half &&
                          steps[0].frame < (jump.last + 2) * frames_a_half;
      const bool right = covers && math::norm(jump.vector - steps[0].vector) < 0.5;
      s.true_events += right ? 1.0 : 0.0;
      s.length += math::norm(jump.vector) / 1000.0;
      s.flagged += static_cast<double>(jump.places()) / 1000.0;
    }
  }
  return s;
}

TEST(CageJumps, AreFoundAtThePublishedSignalToNoise) {
  // 1000 jumps of 1.9 to 2.4 A, 2.15 A on average: recall and precision beyond 0.95; with a
  // binomial error of 0.007 at 0.95 the bound of 0.98 is far from chance.
  const Score s = score(2000, 1.9, 2.4);
  EXPECT_GT(s.true_events / s.jumps, 0.98);
  EXPECT_GT(s.true_events / s.events, 0.98);
  EXPECT_NEAR(s.length, 2.15, 0.03);
  // A clean jump flags 1.3 to 1.7 windows.
  EXPECT_GT(s.flagged, 1.3);
  EXPECT_LT(s.flagged, 1.7);
}

TEST(CageJumps, BelowTheThresholdAreNotFound) {
  // In the middle of a window a jump adds l^2/4 to the variance: none below 4 sqrt(cage_variance)
  // = 1.51 A.
  const Score s = score(400, 0.9, 1.1);
  EXPECT_EQ(s.events, 0.0);
}

}  // namespace
}  // namespace vitreous::analysis
