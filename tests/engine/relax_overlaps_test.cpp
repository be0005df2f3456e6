#include "engine/relax_overlaps.hpp"

#include <gtest/gtest.h>

#include "core/random_configuration.hpp"
#include "simple_forces.hpp"

namespace vitreous::engine {
namespace {

core::RandomConfiguration random_start() {
  base::RandomStream random(5, "random liquid");
  return core::random_configuration({.kinds = {{"Cu", 63.546}},
                                     .fractions = {1.0},
                                     .atoms = 200,
                                     .volume_per_atom = 13.0,
                                     .temperature = 1500.0},
                                    random);
}

TEST(RelaxOverlaps, BringsTheForcesOfARandomStartDown) {
  auto start = random_start();
  testing::LennardJones forces(5.0, 0.4, 2.3);
  ForceResult result;
  forces.evaluate(start.box, start.atoms, {.energy = true}, result);
  const double before = result.energy;
  const auto relaxed = relax_overlaps(forces, start.box, start.atoms);
  EXPECT_LE(relaxed.largest_force, 3.0);
  EXPECT_LT(relaxed.moves, 200);
  EXPECT_GT(relaxed.moves, 0);
  forces.evaluate(start.box, start.atoms, {.energy = true}, result);
  EXPECT_LT(result.energy, before);
}

TEST(RelaxOverlaps, LeavesAloneWhatIsRelaxed) {
  auto start = random_start();
  testing::LennardJones forces(5.0, 0.4, 2.3);
  relax_overlaps(forces, start.box, start.atoms);
  const auto before = start.atoms.position.x;
  EXPECT_EQ(relax_overlaps(forces, start.box, start.atoms).moves, 0);
  EXPECT_EQ(start.atoms.position.x, before);
}

}  // namespace
}  // namespace vitreous::engine
