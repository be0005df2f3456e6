#include "engine/minimizer.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "core/random_configuration.hpp"
#include "eam_systems.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/reference_forces.hpp"
#include "landscapes.hpp"
#include "math/vectors.hpp"
#include "simple_forces.hpp"

namespace vitreous::engine {
namespace {

using testing::Springs;
using testing::wide_box;

TEST(Minimizer, BringsSpringsToRest) {
  Springs springs;
  core::Atoms atoms = testing::atoms_at_origin(5);
  const Minimized done = minimize(springs, wide_box(), atoms, {.force_tolerance = 1e-8});
  EXPECT_TRUE(done.converged);
  EXPECT_LE(done.largest_force, 1e-8);
  EXPECT_NEAR(done.energy, 5 * Springs::bottom, 1e-12);
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_LT(math::norm(atoms.position[i] - Springs::rest(i)), 2e-8);
  EXPECT_EQ(springs.evaluations, done.steps + 2);  // before the first step, and to measure
}

TEST(Minimizer, TellsWhereItsStepsDidNotSuffice) {
  Springs springs;
  core::Atoms atoms = testing::atoms_at_origin(5);
  const Minimized done =
      minimize(springs, wide_box(), atoms, {.force_tolerance = 1e-8, .most_steps = 10});
  EXPECT_FALSE(done.converged);
  EXPECT_EQ(done.steps, 10);
  EXPECT_GT(done.largest_force, 1e-8);
}

TEST(Minimizer, LeavesAMinimumAlone) {
  Springs springs;
  core::Atoms atoms = testing::atoms_at_origin(1);
  const Minimized done = minimize(springs, wide_box(), atoms);
  EXPECT_TRUE(done.converged);
  EXPECT_EQ(done.steps, 0);
  EXPECT_EQ(atoms.position[0], math::Vec3());
}

TEST(Minimizer, RefusesAForceThatIsNoNumber) {
  testing::NoNumber forces;
  core::Atoms atoms = testing::atoms_at_origin(2);
  EXPECT_THROW(minimize(forces, wide_box(), atoms), base::RunError);
}

TEST(Minimizer, RefusesOptionsWithoutSense) {
  Springs springs;
  core::Atoms atoms = testing::atoms_at_origin(2);
  EXPECT_THROW(minimize(springs, wide_box(), atoms, {.force_tolerance = 0.0}), base::InputError);
  EXPECT_THROW(minimize(springs, wide_box(), atoms, {.most_steps = -1}), base::InputError);
}

/// Watches how far atoms move from one evaluation to the next.
class WatchedMoves : public testing::LennardJones {
 public:
  using LennardJones::LennardJones;
  void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                ForceResult& result) override {
    if (last_.size() == atoms.size())
      longest = std::max(longest, math::longest(math::difference(atoms.position, last_)));
    last_ = atoms.position;
    LennardJones::evaluate(box, atoms, want, result);
    strongest = std::max(strongest, math::longest(result.force));
  }
  double longest = 0.0, strongest = 0.0;

 private:
  math::Vectors last_;
};

TEST(Minimizer, TakesOverlapsApartInShortMoves) {
  base::RandomStream random(5, "random liquid");
  auto start = core::random_configuration(
      {.kinds = {{"Cu", 63.546}}, .fractions = {1.0}, .atoms = 120, .volume_per_atom = 13.0},
      random);
  start.atoms.position.set(1, start.atoms.position[0] + math::Vec3{0.3, 0.1, 0.0});
  WatchedMoves forces(5.0, 0.4, 2.3);
  const Minimized done = minimize(forces, start.box, start.atoms, {.force_tolerance = 1e-6});
  EXPECT_TRUE(done.converged);
  EXPECT_GT(forces.strongest, 1e6);  // eV/A: an overlap indeed
  EXPECT_LT(forces.longest, 0.2);    // A: a move and half of the one before
  EXPECT_LT(done.energy, -120 * 0.4);
}

/// Copper shaken so little that it finds back.
TEST(Minimizer, FindsTheCrystalAgainByFastAndByReferenceForces) {
  const potential::EamPotential potential(testing::tables_of("kim:MO_600021860456_005"), {"Cu"});
  const core::Crystal crystal = core::supercell(core::fcc_cell(3.64), potential.species(), 5, 5, 5);
  ForceResult perfect;
  ReferenceForces(potential).evaluate(crystal.box, crystal.atoms, {.energy = true}, perfect);
  base::RandomStream random(3, "shaken crystal");
  const auto shake = [&] { return 0.1 * random.normal(); };
  core::Atoms shaken = crystal.atoms;
  for (std::size_t i = 0; i < shaken.size(); ++i)
    shaken.position.add(i, {shake(), shake(), shake()});
  for (const auto& [precision, tolerance] : {std::pair{"auto", 1e-4}, std::pair{"double", 1e-6}}) {
    SCOPED_TRACE(precision);
    core::Atoms atoms = shaken;
    const Minimized done = minimize(*choose_forces(potential, precision), crystal.box, atoms,
                                    {.force_tolerance = tolerance});
    EXPECT_TRUE(done.converged);
    EXPECT_NEAR(done.energy, perfect.energy, 1e-5);
  }
}

TEST(Minimizer, GivesTheSameBitsWhateverTheForcesDidBefore) {
  const auto system =
      testing::disordered("glass", "kim:MO_600021860456_005", {"Cu", "Zr"}, 3.25, 3, 0.1);
  ReferenceForces fresh({testing::tables_of(system.model), system.species}), used = fresh;
  core::Atoms first = system.atoms, second = system.atoms, elsewhere = system.atoms;
  elsewhere.position.add(0, {0.1, 0.0, 0.0});
  ForceResult result;
  used.evaluate(system.box, elsewhere, {}, result);
  const MinimizerOptions few{.most_steps = 50};
  EXPECT_EQ(minimize(fresh, system.box, first, few).energy,
            minimize(used, system.box, second, few).energy);
  EXPECT_EQ(first.position.x, second.position.x);
}

}  // namespace
}  // namespace vitreous::engine
