// Is energy conserved? The drift of the total energy of Cu50Zr50 under NVE at 1 and 2 fs, as the
// mean over eight seeds with its spread, under the reference forces and, where the processor takes
// them, the fast ones: below 0.05 meV/atom/ns at 300 and 1000 K. At 2000 K atoms meet so hard that
// the kinks of the potential's tables let the energy walk at random, in LAMMPS too: there the same
// starts are given to `lmp`, and the two must agree within their spreads.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "../tests/engine/lammps.hpp"
#include "base/constants.hpp"
#include "core/random_configuration.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/native/reference_forces.hpp"
#include "engine/relax_overlaps.hpp"
#include "io/potential_source.hpp"

namespace vitreous::engine {
namespace {

constexpr int seeds = 8;
/// Few, so that the reference takes minutes; for the fast forces the box is repeated.
constexpr std::int64_t atoms = 340;
constexpr double duration = 50.0, sample_time = 0.05;  // ps

const potential::EamTables& tables() {
  static const auto read = io::read_potential("kim:MO_600021860456_005");  // Mendelev 2009
  return read;
}
potential::EamPotential cu_zr() { return {tables(), {"Cu", "Zr"}}; }

NativeEngine engine_of(const std::string& precision) {
  return NativeEngine(choose_forces(cu_zr(), precision));
}

/// From a random liquid to rest at `temperature` (K): 1 ps at 2000 K, 10 ps to the temperature,
/// 20 ps there. A start that still ages warms, and the energy of velocity Verlet follows the
/// temperature a little: that is no drift.
State start(int seed, double temperature, double volume_per_atom) {
  base::RandomStream random(static_cast<std::uint64_t>(seed), "energy drift");
  const auto liquid = core::random_configuration({.kinds = cu_zr().species(),
                                                  .fractions = {0.5, 0.5},
                                                  .atoms = atoms,
                                                  .volume_per_atom = volume_per_atom,
                                                  .temperature = 2000.0},
                                                 random);
  State state;
  state.box = liquid.box;
  state.atoms = liquid.atoms;
  state.random = random;
  ReferenceForces forces(cu_zr());
  relax_overlaps(forces, state.box, state.atoms);
  Protocol protocol;
  protocol.ensemble = Ensemble::nvt;
  protocol.thermostat = Thermostat::velocity_rescaling;
  protocol.temperature =
      Course().hold(2000.0, 1000).ramp(2000.0, temperature, 10000).hold(temperature, 20000);
  NativeEngine engine = engine_of("auto");
  engine.advance(state, protocol, 31000);
  core::remove_drift(state.atoms);
  state.reset_ensemble();
  return state;
}

/// Slope of a line through evenly spaced samples of the total energy, in meV/atom/ns.
double drift_of(const std::vector<double>& energy) {
  const auto n = static_cast<double>(energy.size());
  double mean = 0.0, slope = 0.0;
  for (const double e : energy) mean += e / n;
  for (std::size_t k = 0; k < energy.size(); ++k)
    slope += (static_cast<double>(k) - 0.5 * (n - 1)) * (energy[k] - mean);
  slope /= n * (n * n - 1) / 12;  // eV a sample
  return slope / (sample_time * 1e-3) * 1e3 / atoms;
}

std::int64_t steps_in(double time, double timestep) { return std::llround(time / timestep); }

std::vector<double> native_energies(State state, const std::string& precision, double timestep) {
  NativeEngine engine = engine_of(precision);
  Protocol protocol;  // nve
  protocol.timestep = timestep;
  const std::int64_t steps = steps_in(duration, timestep),
                     sample_every = steps_in(sample_time, timestep);
  std::vector<double> energy = {engine.thermo(state, protocol).conserved};
  for (std::int64_t k = 0; k < steps; k += sample_every) {
    engine.advance(state, protocol, sample_every);
    energy.push_back(engine.thermo(state, protocol).conserved);
  }
  EXPECT_EQ(engine.description().find("; now"), std::string::npos) << engine.description();
  return energy;
}

std::vector<double> lammps_energies(const State& state, double timestep) {
  testing::LammpsRun run{.velocities = true,
                         .steps = static_cast<int>(steps_in(duration, timestep)),
                         .sample_every = static_cast<int>(steps_in(sample_time, timestep)),
                         .timestep = timestep};
  for (const auto& kind : state.atoms.kinds)
    run.masses.push_back(kind.mass * (base::mv2_to_eV / testing::lammps_mvv2e));
  return testing::run_lammps(state.box, state.atoms, tables(), run).total_energy;
}

struct Drifts {
  double mean = 0.0, spread = 0.0;  ///< over seeds, meV/atom/ns
  double error() const { return spread / std::sqrt(double(seeds)); }
};

Drifts summarize(const std::vector<double>& drifts) {
  Drifts out;
  for (const double d : drifts) out.mean += d / seeds;
  for (const double d : drifts) out.spread += (d - out.mean) * (d - out.mean) / (seeds - 1);
  out.spread = std::sqrt(out.spread);
  return out;
}

/// What is simulated: a glass or liquid at `temperature` (K).
struct Case {
  double temperature, volume_per_atom, timestep;  ///< K, A^3, ps
};

void report(const char* who, const Case& c, const Drifts& d) {
  std::printf("| %s | %.0f | %.0f | %+.3f +- %.3f | %.3f |\n", who, c.temperature, c.timestep * 1e3,
              d.mean, d.error(), d.spread);
}

struct Compared {
  Drifts ours, theirs, fast;
};

/// The same starts for all.
Compared compare(const Case& what) {
  std::vector<double> ours, theirs, fast;
  for (int seed = 1; seed <= seeds; ++seed) {
    const State state = start(seed, what.temperature, what.volume_per_atom);
    ours.push_back(drift_of(native_energies(state, "double", what.timestep)));
    theirs.push_back(drift_of(lammps_energies(state, what.timestep)));
    fast.push_back(drift_of(native_energies(state, "auto", what.timestep)));
  }
  const Compared c{summarize(ours), summarize(theirs), summarize(fast)};
  report("reference", what, c.ours);
  report("lmp", what, c.theirs);
  report("fast", what, c.fast);
  return c;
}

void expect_same_mean(const Drifts& a, const Drifts& b) {
  EXPECT_LT(std::abs(a.mean - b.mean), 3 * std::hypot(a.error(), b.error()));
}

/// F with 7 and 7 degrees of freedom exceeds this once in a hundred times.
constexpr double most_ratio_of_variances = 7.0;

void expect_no_wider(const Drifts& a, const Drifts& b) {
  EXPECT_LT(std::pow(a.spread / b.spread, 2), most_ratio_of_variances);
}

/// The fast forces smooth the kinks of the tables, so that theirs may spread less.
void expect_agreement(const Compared& c) {
  expect_same_mean(c.ours, c.theirs);
  expect_no_wider(c.ours, c.theirs);
  expect_no_wider(c.theirs, c.ours);
  expect_same_mean(c.fast, c.theirs);
  expect_no_wider(c.fast, c.theirs);
}

/// Three standard errors of room beside the bound.
void expect_small(const Compared& c) {
  EXPECT_LT(std::abs(c.ours.mean), 0.05 + 3 * c.ours.error());
  EXPECT_LT(std::abs(c.fast.mean), 0.05 + 3 * c.fast.error());
}

class EnergyDrift : public ::testing::TestWithParam<double> {};

TEST_P(EnergyDrift, OfTheGlassAt300KIsBelowTheBoundAndThatOfLammps) {
  const Compared c = compare({300.0, 17.6, GetParam()});
  expect_small(c);
  expect_agreement(c);
}

TEST_P(EnergyDrift, OfTheLiquidAt1000KIsBelowTheBoundAndThatOfLammps) {
  const Compared c = compare({1000.0, 18.1, GetParam()});
  expect_small(c);
  expect_agreement(c);
}

TEST_P(EnergyDrift, OfTheLiquidAt2000KIsThatOfLammps) {
  expect_agreement(compare({2000.0, 19.0, GetParam()}));
}

INSTANTIATE_TEST_SUITE_P(Timesteps, EnergyDrift, ::testing::Values(0.001, 0.002),
                         [](const auto& instance) {
                           return std::to_string(std::llround(instance.param * 1e3)) + "fs";
                         });

}  // namespace
}  // namespace vitreous::engine
