#include "engine/random_liquid.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "eam_systems.hpp"
#include "engine/native/reference_forces.hpp"

namespace vitreous::engine {
namespace {

State liquid_of(const potential::EamPotential& potential, const std::string& stream) {
  base::RandomStream random(5, stream);
  return random_liquid(potential, {.fractions = {0.6, 0.4}, .atoms = 200, .temperature = 1500.0},
                       random);
}

TEST(RandomLiquid, HasItsCompositionItsTemperatureAndNoOverlaps) {
  const potential::EamPotential potential(testing::tables_of("kim:MO_600021860456_005"),
                                          {"Cu", "Zr"});
  const State state = liquid_of(potential, "random liquid");
  EXPECT_EQ(std::count(state.atoms.species.begin(), state.atoms.species.end(), 0), 120);
  EXPECT_EQ(state.atoms.size(), 200);
  EXPECT_NEAR(core::temperature(state.atoms), 1500.0, 1e-6);
  ForceResult result;
  ReferenceForces(potential).evaluate(state.box, state.atoms, {}, result);
  for (std::size_t i = 0; i < result.force.size(); ++i) EXPECT_LE(math::norm(result.force[i]), 3.0);
}

TEST(RandomLiquid, IsTheStreamsOwn) {
  const potential::EamPotential potential(testing::tables_of("kim:MO_600021860456_005"),
                                          {"Cu", "Zr"});
  const State one = liquid_of(potential, "one"), same = liquid_of(potential, "one"),
              other = liquid_of(potential, "other");
  EXPECT_EQ(one.atoms.position.x, same.atoms.position.x);
  EXPECT_NE(one.atoms.position.x, other.atoms.position.x);
}

}  // namespace
}  // namespace vitreous::engine
