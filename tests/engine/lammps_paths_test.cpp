// Debian's LAMMPS from the same starts: the same minimum, and the same barrier.
#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "engine/minimizer.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/nudged_elastic_band.hpp"
#include "engine/random_liquid.hpp"
#include "lammps.hpp"
#include "lammps_barrier.hpp"
#include "vacancy_hop.hpp"

namespace vitreous::engine {
namespace {

const std::string mendelev_2009 = "kim:MO_600021860456_005";

/// Cu50Zr50, cooled from 2000 to 300 K in 5 ps, brought to a minimum and shaken by 0.05 A: from
/// farther away two minimizers may well fall to two minima.
State shaken_glass(const potential::EamPotential& potential, const ForcesMaker& make) {
  base::RandomStream random(1, "glass to minimize");
  State state = random_liquid(
      potential, {.fractions = {0.5, 0.5}, .atoms = 432, .temperature = 2000.0}, random);
  Protocol protocol;
  protocol.timestep = 0.002;
  protocol.ensemble = Ensemble::nvt;
  protocol.temperature = Course().hold(2000.0, 500).ramp(2000.0, 300.0, 2500);
  NativeEngine(make()).advance(state, protocol, 3000);
  minimize(*make(), state.box, state.atoms, {.force_tolerance = 0.001});
  const auto shake = [&] { return 0.05 * random.normal(); };
  for (std::size_t i = 0; i < state.atoms.size(); ++i)
    state.atoms.position.add(i, {shake(), shake(), shake()});
  return state;
}

double farthest(const core::Box& box, const math::Vectors& a, const math::Vectors& b) {
  double distance = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    distance = std::max(distance, math::norm(box.nearest_image(a[i] - b[i])));
  return distance;
}

TEST(LammpsAgreement, TheMinimumBelowAGlassIsTheSame) {
  const potential::EamPotential potential(testing::tables_of(mendelev_2009), {"Cu", "Zr"});
  const ForcesMaker fast = choose_forces_maker(potential, "auto"),
                    exact = choose_forces_maker(potential, "double");
  const State state = shaken_glass(potential, fast);
  const auto theirs = testing::run_lammps(state.box, state.atoms, testing::tables_of(mendelev_2009),
                                          {.steps = 100000, .minimize_to = 1e-4});
  const auto atoms = static_cast<double>(state.atoms.size());
  for (const auto& [make, tolerance] : {std::pair{fast, 1e-4}, std::pair{exact, 1e-6}}) {
    const auto forces = make();
    SCOPED_TRACE(forces->description());
    core::Atoms minimum = state.atoms;
    const Minimized ours = minimize(*forces, state.box, minimum, {.force_tolerance = tolerance});
    ASSERT_TRUE(ours.converged);
    EXPECT_NEAR(ours.energy / atoms, theirs.energy / atoms, 1e-6);  // eV
    const double apart = farthest(state.box, minimum.position, theirs.position);
    EXPECT_LT(apart, 0.02);  // A: what 1e-4 eV/A leave to the softest motion
    RecordProperty(fmt::format("to {} eV/A", tolerance),
                   fmt::format("energy {:.1e} eV/atom, position {:.1e} A",
                               std::abs(ours.energy - theirs.energy) / atoms, apart));
  }
}

TEST(LammpsAgreement, TheBarrierOfAVacancyInCopperIsTheSame) {
  const auto hop = testing::vacancy_hop(3);
  const auto theirs =
      testing::lammps_barrier(hop.box, hop.before, hop.after, testing::tables_of(mendelev_2009), 5);
  std::vector<std::unique_ptr<Forces>> forces;
  for (int k = 0; k < 3; ++k)
    forces.push_back(std::make_unique<ReferenceForces>(testing::copper()));
  const Barrier ours =
      NudgedElasticBand(std::move(forces))
          .find({hop.box, hop.before}, {hop.box, hop.after}, {.force_tolerance = 0.001});
  ASSERT_EQ(ours.outcome, BandOutcome::converged);
  EXPECT_NEAR(ours.forward, theirs.forward, 0.005);  // eV
  EXPECT_NEAR(ours.reverse, theirs.reverse, 0.005);
  EXPECT_GT(ours.forward, 0.5);
  RecordProperty("barriers",
                 fmt::format("{:.6f} and {:.6f} eV, LAMMPS {:.6f} and {:.6f}", ours.forward,
                             ours.reverse, theirs.forward, theirs.reverse));
}

}  // namespace
}  // namespace vitreous::engine
