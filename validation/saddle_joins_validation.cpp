// Does the saddle on a hop's path join the hop's two minima? The hops of a glass of Cu50Zr50 as
// bench/barriers.py makes it, their paths as the observer `hops` seeks them; from every saddle a
// step to both sides along its unstable direction, downhill from there, and a look at where that
// ends. Prints the shares with their binomial errors and the barriers of each kind.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "analysis/inherent_structure.hpp"
#include "base/random.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/nudged_elastic_band.hpp"
#include "engine/random_liquid.hpp"
#include "engine/spliced_hop.hpp"
#include "io/potential_source.hpp"
#include "math/statistics.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

constexpr std::int64_t atoms = 2000, steps_a_ps = 500;
constexpr double T_melt = 2000.0, T_glass = 640.0;
constexpr std::int64_t quench_ps = 136;    // at 1e13 K/s
constexpr double hop = 1.8, radius = 5.0;  // A
constexpr std::size_t images = 7;
constexpr double step = 0.2;          // A, in the space of all atoms
constexpr double same_place = 0.1;    // A, of every atom
constexpr double same_energy = 2e-3;  // eV

/// Inherent structures of a glass, 5 ps apart.
std::vector<analysis::InherentStructure> minima_of_a_glass(const potential::EamPotential& potential,
                                                           Forces& forces,
                                                           std::unique_ptr<Forces> of_engine) {
  base::RandomStream random(1, "glass of the saddles");
  State state = random_liquid(
      potential, {.fractions = {0.5, 0.5}, .atoms = atoms, .temperature = T_melt}, random);
  NativeEngine engine(std::move(of_engine));
  Protocol protocol;
  protocol.timestep = 1.0 / steps_a_ps;
  protocol.pressure = Course::constant(0.0);
  const auto run = [&](Ensemble ensemble, double from, double to, std::int64_t ps) {
    protocol.ensemble = ensemble;
    protocol.first_step = state.step;
    protocol.temperature = Course();
    protocol.temperature.ramp(from, to, ps * steps_a_ps);
    engine.advance(state, protocol, ps * steps_a_ps);
  };
  run(Ensemble::npt, T_melt, T_melt, 20);
  run(Ensemble::npt, T_melt, T_glass, quench_ps);
  run(Ensemble::npt, T_glass, T_glass, 20);
  state.reset_ensemble();
  std::vector<analysis::InherentStructure> minima;
  for (int k = 0; k <= 12; ++k) {
    if (k > 0) run(Ensemble::nvt, T_glass, T_glass, 5);
    minima.push_back(analysis::find_inherent_structure(forces, state.box, state.atoms, 1e-4));
  }
  return minima;
}

struct Minimum {
  const core::Atoms& atoms;
  double energy;
};

/// Whether one goes downhill from there to a minimum.
bool leads_to(Forces& forces, const core::Box& box, core::Atoms from, const Minimum& minimum) {
  const Minimized done = minimize(forces, box, from);
  double farthest = 0.0;
  for (std::size_t i = 0; i < from.size(); ++i)
    farthest = std::max(
        farthest, math::norm(box.nearest_image(from.position[i] - minimum.atoms.position[i])));
  return done.converged && farthest < same_place &&
         std::abs(done.energy - minimum.energy) < same_energy;
}

double energy_of(Forces& forces, const core::Box& box, const core::Atoms& at) {
  ForceResult result;
  forces.reset();
  forces.measure(box, at, result);
  return result.energy;
}

void tell(const char* what, const std::vector<double>& barriers, std::size_t all) {
  const double n = static_cast<double>(all), share = static_cast<double>(barriers.size()) / n;
  std::printf("%-12s %2zu of %zu: %.3f +- %.3f", what, barriers.size(), all, share,
              std::sqrt(share * (1.0 - share) / n));
  if (barriers.size() > 1) {
    const auto mean = math::independent_mean(barriers);
    std::printf("   barriers %.3f +- %.3f eV in the mean", mean.mean, mean.standard_error);
  }
  std::printf("\n");
}

TEST(Saddles, JoinTheMinimaOfAHopSeldom) {
  const potential::EamPotential potential(io::read_potential("kim:MO_600021860456_005"),
                                          {"Cu", "Zr"});
  const ForcesMaker maker = choose_forces_maker(potential, "auto");
  const auto forces = maker();
  const auto minima = minima_of_a_glass(potential, *forces, maker());
  std::vector<std::unique_ptr<Forces>> of_images;
  for (std::size_t k = 0; k < images; ++k) of_images.push_back(maker());
  NudgedElasticBand band(std::move(of_images));

  std::size_t hops = 0, paths = 0;
  std::vector<double> both, one, none;
  for (std::size_t m = 1; m < minima.size(); ++m) {
    const auto &before = minima[m - 1], &after = minima[m];
    for (std::size_t i = 0; i < before.atoms.size(); ++i) {
      if (math::norm(after.atoms.position[i] - before.atoms.position[i]) <= hop) continue;
      ++hops;
      const SplicedHop spliced =
          splice_hop(*forces, before.box, before.atoms, after.atoms, i, {.radius = radius});
      if (spliced.collapsed || !spliced.minimized.converged) continue;
      ++paths;
      const Barrier barrier = band.find({before.box, before.atoms}, {before.box, spliced.atoms},
                                        {.force_tolerance = 3e-3, .most_steps = 300});
      if (barrier.outcome != BandOutcome::converged) continue;
      int joined = 0;
      for (const double side : {-1.0, 1.0}) {
        core::Atoms beside = barrier.saddle;
        math::add_scaled(beside.position, barrier.direction, side * step);
        const core::Atoms& end = side < 0.0 ? before.atoms : spliced.atoms;
        joined += leads_to(*forces, before.box, beside, {end, energy_of(*forces, before.box, end)});
      }
      (joined == 2 ? both : joined == 1 ? one : none).push_back(barrier.forward);
    }
  }
  const std::size_t found = both.size() + one.size() + none.size();
  std::printf("%zu hops, %zu paths, %zu barriers\n", hops, paths, found);
  tell("join both", both, found);
  tell("join one", one, found);
  tell("join none", none, found);
  ASSERT_GE(hops, 40u);
  EXPECT_GE(found, 20u);
  EXPECT_LT(both.size(), found / 2) << "docs/theory/hops.md says otherwise";
  const auto of_one = math::independent_mean(one), of_none = math::independent_mean(none);
  EXPECT_LT(std::abs(of_one.mean - of_none.mean),
            4.0 * std::hypot(of_one.standard_error, of_none.standard_error));
}

}  // namespace
}  // namespace vitreous::engine
