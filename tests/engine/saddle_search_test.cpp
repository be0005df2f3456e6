#include "engine/saddle_search.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "landscapes.hpp"
#include "math/vectors.hpp"
#include "vacancy_hop.hpp"

namespace vitreous::engine {
namespace {

using testing::CurvedPass;

math::Vectors one_vector(const math::Vec3& v) {
  math::Vectors vectors(1);
  vectors.set(0, v);
  return vectors;
}

/// From beside the pass, with a direction that leads up its wall rather than over it.
TEST(SaddleSearch, FindsTheSaddleOfACurvedPassByTurningFromAWrongDirection) {
  for (const double tilt : {0.0, 0.1, -0.3}) {
    CurvedPass pass(tilt);
    core::Atoms atoms = testing::atoms_at_origin(1);
    atoms.position.set(0, {0.2, 0.5, 0.1});
    const Saddle saddle = climb_to_saddle(pass, testing::wide_box(), atoms,
                                          one_vector({0.3, 1.0, 0.2}), {.force_tolerance = 1e-5});
    ASSERT_TRUE(saddle.converged);
    EXPECT_LT(saddle.curvature, 0.0);
    EXPECT_NEAR(saddle.energy, pass.along(pass.saddle().x), 1e-9);
    EXPECT_LT(math::norm(atoms.position[0] - pass.saddle()), 1e-4);
  }
}

/// By symmetry the saddle lies halfway.
TEST(SaddleSearch, FindsWhereAVacancyInCopperIsHalfwayToItsNextPlace) {
  const auto hop = testing::vacancy_hop(3);
  ReferenceForces forces(testing::copper());
  const math::Vectors way = math::difference(hop.after.position, hop.before.position);
  core::Atoms atoms = hop.before;
  math::add_scaled(atoms.position, way, 0.4);
  const Saddle saddle = climb_to_saddle(forces, hop.box, atoms, way, {.force_tolerance = 1e-4});
  ASSERT_TRUE(saddle.converged);
  const math::Vec3 halfway =
      (hop.before.position[hop.jumper] + hop.after.position[hop.jumper]) * 0.5;
  EXPECT_LT(math::norm(atoms.position[hop.jumper] - halfway), 1e-3);
}

TEST(SaddleSearch, TellsWhereItsEvaluationsDidNotSuffice) {
  CurvedPass pass;
  core::Atoms atoms = testing::atoms_at_origin(1);
  atoms.position.set(0, {0.2, 0.5, 0.1});
  const Saddle saddle = climb_to_saddle(pass, testing::wide_box(), atoms,
                                        one_vector({0.3, 1.0, 0.2}), {.most_evaluations = 15});
  EXPECT_FALSE(saddle.converged);
  EXPECT_LE(saddle.evaluations, 15 + 61);
}

TEST(SaddleSearch, RefusesAForceThatIsNoNumber) {
  testing::NoNumber forces;
  core::Atoms atoms = testing::atoms_at_origin(1);
  EXPECT_THROW(climb_to_saddle(forces, testing::wide_box(), atoms, one_vector({1.0, 0.0, 0.0})),
               base::RunError);
}

}  // namespace
}  // namespace vitreous::engine
