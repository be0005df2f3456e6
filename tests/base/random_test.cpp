// Random streams: known outputs of the generator, moments with stated bounds, and resuming.
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <set>

namespace vitreous::base {
namespace {

TEST(Philox, GivesTheAuthorsKnownAnswers) {
  // Philox4x32-10 in Random123's table of known answers: zeros, ones, digits of pi.
  using Block = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t f = 0xffffffff;
  EXPECT_EQ(philox({f, f, f, f}, {f, f}), (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(HashText, IsFnv1a) {
  EXPECT_EQ(hash_text(""), 0xcbf29ce484222325ull);
  EXPECT_EQ(hash_text("a"), 0xaf63dc4c8601ec8cull);
  EXPECT_EQ(hash_text("foobar"), 0x85944171f73967e8ull);
}

TEST(RandomStream, HandsOutEachBlockInTwoHalves) {
  RandomStream stream(0, "any");
  stream.set_state({});
  EXPECT_EQ(stream.bits(), 0xe169c58d6627e8d5ull);
  EXPECT_EQ(stream.bits(), 0x9b00dbd8bc57ac4cull);
  EXPECT_EQ(stream.state().position, 2u);
}

TEST(RandomStream, DependsOnSeedAndName) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    for (const char* name : {"velocities", "thermostat", "thermostat/1", ""})
      first.insert(RandomStream(seed, name).bits());
  EXPECT_EQ(first.size(), 200u);
  EXPECT_EQ(RandomStream(3, "x").bits(), RandomStream(3, "x").bits());
}

TEST(RandomStream, ContinuesFromItsStateInTheMiddleOfAPair) {
  RandomStream a(7, "resume");
  for (int k = 0; k < 5; ++k) a.normal();
  RandomStream b(99, "other");
  b.set_state(a.state());
  for (int k = 0; k < 20; ++k) {
    EXPECT_EQ(a.normal(), b.normal());
    EXPECT_EQ(a.gamma(0.4), b.gamma(0.4));
    EXPECT_EQ(a.below(17), b.below(17));
  }
}

/// Checks the first two moments of n draws within five standard errors of each.
void expect_moments(const std::function<double()>& draw, double mean, double variance,
                    double fourth) {
  constexpr int n = 200000;
  double sum = 0.0, squares = 0.0;
  for (int k = 0; k < n; ++k) {
    const double d = draw() - mean;
    sum += d, squares += d * d;
  }
  EXPECT_NEAR(sum / n, 0.0, 5.0 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n, variance, 5.0 * std::sqrt((fourth - variance * variance) / n));
}

TEST(RandomStream, UniformHasItsMomentsAndStaysInside) {
  RandomStream stream(1, "uniform");
  expect_moments(
      [&] {
        const double u = stream.uniform();
        EXPECT_TRUE(u > 0.0 && u < 1.0);
        return u;
      },
      0.5, 1.0 / 12.0, 1.0 / 80.0);
}

TEST(RandomStream, NormalHasItsMoments) {
  RandomStream stream(1, "normal");
  expect_moments([&] { return stream.normal(); }, 0.0, 1.0, 3.0);
}

TEST(RandomStream, NormalPairsAreUncorrelated) {
  RandomStream stream(1, "normal pairs");
  constexpr int n = 100000;
  double product = 0.0;
  for (int k = 0; k < n; ++k) {
    const double first = stream.normal();
    product += first * stream.normal();
  }
  EXPECT_NEAR(product / n, 0.0, 5.0 / std::sqrt(n));
}

TEST(RandomStream, GammaHasItsMomentsAtAnyShape) {
  for (const double shape : {0.3, 0.5, 1.0, 2.5, 40.0, 3000.0}) {
    RandomStream stream(1, "gamma");
    // Fourth central moment of the gamma distribution: 3 k^2 + 6 k.
    expect_moments([&] { return stream.gamma(shape); }, shape, shape,
                   3 * shape * shape + 6 * shape);
  }
}

TEST(RandomStream, BelowIsUniformOverItsRange) {
  RandomStream stream(1, "below");
  constexpr int n = 70000;
  std::array<int, 7> count{};
  for (int k = 0; k < n; ++k) ++count.at(stream.below(7));
  double chi2 = 0.0;
  for (const int c : count) chi2 += std::pow(c - n / 7.0, 2) / (n / 7.0);
  EXPECT_LT(chi2, 30.0) << "6 degrees of freedom: exceeded once in 25000 times";
  EXPECT_EQ(stream.below(1), 0u);
}

}  // namespace
}  // namespace vitreous::base
