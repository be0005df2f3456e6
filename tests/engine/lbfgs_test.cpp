#include "engine/lbfgs.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "engine/fire.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

math::Vectors random_forces(std::size_t n, base::RandomStream& random) {
  math::Vectors force(n);
  for (std::size_t i = 0; i < n; ++i)
    force.set(i, {random.normal(), random.normal(), random.normal()});
  return force;
}

TEST(Lbfgs, BeginsAlongTheForceAndMovesNoAtomTooFar) {
  base::RandomStream random(1, "forces");
  for (const double strength : {1e-3, 1.0, 1e6}) {
    math::Vectors force = random_forces(4, random), move;
    math::scale(force, strength);
    Lbfgs().find_move(force, move);
    EXPECT_NEAR(math::dot(move, force), math::length(move) * math::length(force),
                1e-12 * math::length(move) * math::length(force));
    EXPECT_LE(math::longest(move), 0.1 * (1.0 + 1e-12));
  }
}

/// Forces of no landscape at all, so that curvatures are as often negative as not.
TEST(Lbfgs, NeverLeadsUphill) {
  base::RandomStream random(2, "forces");
  Lbfgs lbfgs;
  for (int k = 0; k < 1000; ++k) {
    const math::Vectors force = random_forces(3, random);
    math::Vectors move;
    lbfgs.find_move(force, move);
    ASSERT_GT(math::dot(move, force), 0.0);
    ASSERT_LE(math::longest(move), 0.1 * (1.0 + 1e-12));
  }
}

/// Sixty springs of 0.1 to 50 eV/A^2: how many moves until no force exceeds 1e-6 eV/A.
template <typename Mover>
int moves_to_rest(Mover mover) {
  constexpr std::size_t n = 20;
  base::RandomStream random(3, "springs");
  math::Vectors stiffness(n), r = random_forces(n, random), force(n), move;
  const auto spring = [&] { return 0.1 * std::pow(500.0, random.uniform()); };
  for (std::size_t i = 0; i < n; ++i) stiffness.set(i, {spring(), spring(), spring()});
  for (int moves = 0;; ++moves) {
    for (std::size_t i = 0; i < n; ++i)
      force.set(i, {-stiffness[i].x * r[i].x, -stiffness[i].y * r[i].y, -stiffness[i].z * r[i].z});
    if (math::largest_component(force) < 1e-6 || moves == 10000) return moves;
    mover.find_move(force, move);
    math::add_scaled(r, move, 1.0);
  }
}

TEST(Lbfgs, ComesToRestInHalfTheMovesOfFire) {
  EXPECT_LT(2 * moves_to_rest(Lbfgs()), moves_to_rest(Fire(20)));
}

}  // namespace
}  // namespace vitreous::engine
