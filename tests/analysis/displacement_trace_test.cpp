#include "analysis/displacement_trace.hpp"

#include <gmock/gmock.h>

#include <set>

#include "base/error.hpp"
#include "interrupted_run.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;
using ::testing::HasSubstr;

core::Table trace_of(const core::Result& result) { return table_of(result, "displacement_trace"); }

/// Two atoms that jump, far and farther, and come to rest; all others stay.
core::Result of_two_jumps(const std::map<std::string, std::string>& options) {
  World world(10, 10);
  ObserverSet set(world.setting(1000), {{"displacement_trace", options}});
  drive(set, world, 1000, [&](std::int64_t step) {
    if (step == 400) world.atoms.position.add(4, {3.0, 0.0, 4.0});
    if (step == 600) world.atoms.position.add(11, {0.0, 2.0, 0.0});
    // Everything drifts.
    for (std::size_t i = 0; i < world.atoms.size(); ++i)
      world.atoms.position.add(i, {0.01, 0.0, 0.0});
  });
  return set.result();
}

TEST(DisplacementTrace, FollowsTheMostMobileAtomsWithoutTheDrift) {
  const auto table = trace_of(of_two_jumps({{"count", "2"}, {"every", "0.1 ps"}}));
  const auto atom = numbers(table, "atom"), time = numbers(table, "time"),
             square = numbers(table, "displacement2");
  ASSERT_EQ(table.rows(), 2u * 101u);
  EXPECT_EQ(atom.front(), 5.0);
  EXPECT_EQ(atom.back(), 12.0);
  World world(10, 10);
  // What an atom moves moves the center of mass by its share.
  const double share = world.atoms.mass(4) / world.atoms.total_mass();
  for (std::size_t row = 0; row < 101; ++row) {
    EXPECT_NEAR(time[row], 0.1 * static_cast<double>(row), 1e-12);
    if (time[row] < 3.95) {
      EXPECT_NEAR(square[row], 0.0, 1e-9);
    } else if (time[row] < 5.95) {
      EXPECT_NEAR(square[row], 25.0 * (1.0 - share) * (1.0 - share), 1e-5);
    }
  }
  EXPECT_THAT(table.how.at("atoms"), HasSubstr("the 2 most mobile"));
}

TEST(DisplacementTrace, FollowsTheAtomsThatWereNamedInTheirOrder) {
  const auto table = trace_of(of_two_jumps({{"atoms", "12, 1"}, {"every", "5 ps"}}));
  EXPECT_EQ(numbers(table, "atom"), (std::vector<double>{12, 12, 12, 1, 1, 1}));
  const auto species = words(table, "species");
  World world(10, 10);
  EXPECT_EQ(species.front(),
            world.atoms.kinds[static_cast<std::size_t>(world.atoms.species[11])].name);
  EXPECT_THROW(of_two_jumps({{"atoms", "21"}}), base::RunError);
  EXPECT_THROW(of_two_jumps({{"count", "0"}}), base::InputError);
  EXPECT_THROW(of_two_jumps({{"every", "0.001 ps"}}), base::InputError);
}

TEST(DisplacementTrace, GoesOnWithTheSameBits) {
  expect_same_bits_of_an_interrupted_walk(
      {{"displacement_trace", {}}, {"displacement_trace", {{"atoms", "3, 4"}}}});
}

TEST(DisplacementTrace, OfALongerRunIsThatOfOneThatWasPlannedSo) {
  const auto go = [](std::int64_t planned) {
    const std::vector<ObserverRequest> requests = {{"displacement_trace", {}}};
    World world(6, 6);
    base::RandomStream random(31, "longer trace");
    ObserverSet set(world.setting(planned), requests);
    for (std::int64_t step = 0; step <= 3000; ++step) {
      if (step == planned + 1) {
        ObserverSet longer(world.setting(3000), requests);
        longer.continue_from(set);
        set = std::move(longer);
      }
      if (step > 0) diffuse(world, random, [](std::int32_t) { return 0.01; });
      if (set.next_step(step - 1) == step) set.take(world.frame(step));
    }
    return trace_of(set.result());
  };
  const auto planned = go(3000), longer = go(900);
  ASSERT_GT(planned.rows(), 4u * 512u);
  EXPECT_EQ(numbers(longer, "atom"), numbers(planned, "atom"));
  EXPECT_EQ(numbers(longer, "time"), numbers(planned, "time"));
  EXPECT_EQ(numbers(longer, "displacement2"), numbers(planned, "displacement2"));
}

}  // namespace
}  // namespace vitreous::analysis
