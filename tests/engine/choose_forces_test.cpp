#include "engine/native/choose_forces.hpp"

#include <gtest/gtest.h>

#include "eam_systems.hpp"

namespace vitreous::engine {
namespace {

TEST(ForcesMaker, MakesTheSameForcesEveryTime) {
  const auto system =
      testing::disordered("glass", "kim:MO_600021860456_005", {"Cu", "Zr"}, 3.25, 6, 0.08);
  const potential::EamPotential potential(testing::tables_of(system.model), system.species);
  for (const std::string precision : {"auto", "double"}) {
    const ForcesMaker make = choose_forces_maker(potential, precision);
    const auto one = make(), other = make();
    EXPECT_EQ(one->description(), other->description());
    ForceResult of_one, of_other;
    one->evaluate(system.box, system.atoms, {}, of_one);
    other->evaluate(system.box, system.atoms, {}, of_other);
    EXPECT_EQ(of_one.force.x, of_other.force.x);
  }
}

}  // namespace
}  // namespace vitreous::engine
