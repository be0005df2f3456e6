#include "engine/spliced_hop.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "math/vectors.hpp"
#include "vacancy_hop.hpp"

namespace vitreous::engine {
namespace {

using testing::copper;

const testing::VacancyHop& hop_in_copper() {
  static const auto hop = testing::vacancy_hop(4);
  return hop;
}

/// After the hop, and an atom far from it elsewhere too.
core::Atoms after_with_something_else() {
  const auto& hop = hop_in_copper();
  core::Atoms after = hop.after;
  std::size_t far = 0;
  while (math::norm(hop.box.nearest_image(after.position[far] - after.position[hop.jumper])) < 8.0)
    ++far;
  after.position.add(far, {0.6, 0.3, 0.0});
  return after;
}

TEST(SplicedHop, HoldsTheHopAndNothingElse) {
  const auto& hop = hop_in_copper();
  ReferenceForces forces(copper());
  const SplicedHop found =
      splice_hop(forces, hop.box, hop.before, after_with_something_else(), hop.jumper);
  EXPECT_FALSE(found.collapsed);
  EXPECT_TRUE(found.minimized.converged);
  EXPECT_NEAR(found.jump,
              math::norm(hop.after.position[hop.jumper] - hop.before.position[hop.jumper]), 1e-3);
  EXPECT_LT(math::longest(math::difference(found.atoms.position, hop.after.position)), 1e-3);
}

/// Within 5 A are the shells of 12, 6 and 24 neighbors, at 2.57, 3.64 and 4.46 A; one of the
/// first is the vacancy.
TEST(SplicedHop, TakesTheAtomsWithinTheRadius) {
  const auto& hop = hop_in_copper();
  ReferenceForces forces(copper());
  EXPECT_EQ(splice_hop(forces, hop.box, hop.before, hop.after, hop.jumper).taken, 1u + 42u - 1u);
  EXPECT_EQ(splice_hop(forces, hop.box, hop.before, hop.after, hop.jumper, {.radius = 3.0}).taken,
            1u + 12u - 1u);
}

TEST(SplicedHop, DoesNotMindWhichImagesOfAtomsAreGiven) {
  const auto& hop = hop_in_copper();
  ReferenceForces forces(copper());
  core::Atoms after = hop.after;
  for (std::size_t i = 0; i < after.size(); i += 3)
    after.position.add(i, hop.box.translation(1, 0, -2));
  const SplicedHop found = splice_hop(forces, hop.box, hop.before, after, hop.jumper);
  EXPECT_LT(math::longest(math::difference(found.atoms.position, hop.after.position)), 1e-3);
}

/// A jumper put halfway down its own side of the pass rolls back.
TEST(SplicedHop, TellsWhereTheJumperFellBack) {
  const auto& hop = hop_in_copper();
  ReferenceForces forces(copper());
  core::Atoms after = hop.before;
  after.position.add(hop.jumper, math::Vec3{-0.2, -0.2, 0.0} * 3.64);
  const SplicedHop found = splice_hop(forces, hop.box, hop.before, after, hop.jumper);
  EXPECT_TRUE(found.collapsed);
  EXPECT_LT(found.jump, 0.01);
}

TEST(SplicedHop, RefusesAJumperThatIsNotThere) {
  const auto& hop = hop_in_copper();
  ReferenceForces forces(copper());
  EXPECT_THROW(splice_hop(forces, hop.box, hop.before, hop.after, 255), base::InputError);
  core::Atoms fewer = testing::without(hop.after, 3);
  EXPECT_THROW(splice_hop(forces, hop.box, hop.before, fewer, 0), base::InputError);
}

}  // namespace
}  // namespace vitreous::engine
