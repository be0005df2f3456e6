// Laws of the equations of motion: conservation, reversibility, the same bits however a run is cut.
#include "engine/native/native_engine.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "../analysis/memory_archive.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "engine/native/velocity_verlet.hpp"
#include "simple_forces.hpp"

namespace vitreous::engine {
namespace {

using testing::IdealGas;
using testing::LennardJones;

State liquid() { return testing::shaken_lattice(4, 3.75, 120.0); }

NativeEngine lennard_jones() { return NativeEngine(std::make_unique<LennardJones>(7.0)); }

Protocol protocol_of(Ensemble ensemble, Thermostat thermostat = Thermostat::nose_hoover) {
  Protocol protocol;
  protocol.timestep = 0.002;
  protocol.ensemble = ensemble;
  protocol.thermostat = thermostat;
  protocol.temperature = Course::constant(120.0);
  protocol.pressure = Course::constant(3e-4);
  protocol.temperature_damping = 0.2;
  protocol.pressure_damping = 0.5;
  return protocol;
}

/// Temperature and pressure both change.
Protocol ramp_of(Ensemble ensemble, Thermostat thermostat = Thermostat::nose_hoover) {
  Protocol protocol = protocol_of(ensemble, thermostat);
  protocol.temperature = Course().ramp(120.0, 60.0, 500);
  protocol.pressure = Course().ramp(3e-4, 1e-3, 500);
  return protocol;
}

const std::vector<std::pair<Ensemble, Thermostat>> every_ensemble = {
    {Ensemble::nve, Thermostat::nose_hoover},
    {Ensemble::nvt, Thermostat::nose_hoover},
    {Ensemble::npt, Thermostat::nose_hoover},
    {Ensemble::nvt, Thermostat::velocity_rescaling},
    {Ensemble::npt, Thermostat::velocity_rescaling}};

void expect_same_bits(const State& a, const State& b) {
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.heat, b.heat);
  EXPECT_EQ(a.strain_rate, b.strain_rate);
  EXPECT_EQ(a.box.cell(), b.box.cell());
  EXPECT_EQ(a.thermostat.position, b.thermostat.position);
  EXPECT_EQ(a.barostat_thermostat.velocity, b.barostat_thermostat.velocity);
  for (std::size_t i = 0; i < a.atoms.size(); ++i) {
    ASSERT_EQ(a.atoms.position[i], b.atoms.position[i]) << "atom " << i;
    ASSERT_EQ(a.atoms.velocity[i], b.atoms.velocity[i]) << "atom " << i;
  }
}

/// Root mean square of the conserved quantity's excursions in 1.6 ps, eV.
double excursion(Protocol protocol, int steps_per_sample) {
  protocol.timestep = 0.008 / steps_per_sample;
  if (protocol.ensemble != Ensemble::nve && protocol.temperature.steps() > 0) {
    const std::int64_t steps = 200 * steps_per_sample;
    protocol.temperature = Course().ramp(120.0, 60.0, steps);
    protocol.pressure = Course().ramp(3e-4, 1e-3, steps);
  }
  State state = liquid();
  NativeEngine engine = lennard_jones();
  const double start = engine.thermo(state, protocol).conserved;
  double sum = 0.0;
  for (int k = 0; k < 200; ++k) {
    engine.advance(state, protocol, steps_per_sample);
    sum += std::pow(engine.thermo(state, protocol).conserved - start, 2);
  }
  return std::sqrt(sum / 200.0);
}

TEST(NativeEngine, ErrorOfTheConservedQuantityFallsAsTheTimestepSquared) {
  for (const auto ensemble : {Ensemble::nve, Ensemble::nvt, Ensemble::npt})
    for (const Protocol& protocol : {protocol_of(ensemble), ramp_of(ensemble)}) {
      const double coarse = excursion(protocol, 1), fine = excursion(protocol, 2);
      EXPECT_NEAR(coarse / fine, 4.0, 0.4) << "ensemble " << int(ensemble) << " " << fine;
      // Against a kinetic energy of 0.98 eV.
      EXPECT_LT(fine, 1e-3) << "ensemble " << int(ensemble);
    }
}

TEST(NativeEngine, VelocityRescalingConservesEnergyLessHeatOnRampsToo) {
  for (const auto ensemble : {Ensemble::nvt, Ensemble::npt}) {
    const Protocol protocol = ramp_of(ensemble, Thermostat::velocity_rescaling);
    State state = liquid();
    NativeEngine engine = lennard_jones();
    const double start = engine.thermo(state, protocol).conserved;
    engine.advance(state, protocol, 500);
    const auto end = engine.thermo(state, protocol);
    EXPECT_NEAR(end.conserved, start, 5e-4);
    EXPECT_GT(std::abs(state.heat), 0.1);
  }
}

TEST(NativeEngine, MotionRunsBackwardsWhenVelocitiesAreFlipped) {
  for (const auto ensemble : {Ensemble::nve, Ensemble::nvt, Ensemble::npt}) {
    const Protocol protocol = protocol_of(ensemble);
    const State start = liquid();
    State state = start;
    NativeEngine engine = lennard_jones();
    engine.advance(state, protocol, 300);
    const auto flip = [](std::vector<double>& values) {
      for (double& v : values) v = -v;
    };
    EXPECT_GT(math::norm(state.atoms.position[5] - start.atoms.position[5]), 0.1);
    flip(state.atoms.velocity.x), flip(state.atoms.velocity.y), flip(state.atoms.velocity.z);
    flip(state.thermostat.velocity), flip(state.barostat_thermostat.velocity);
    state.strain_rate = -state.strain_rate;
    engine.advance(state, protocol, 300);
    for (std::size_t i = 0; i < state.atoms.size(); ++i) {
      EXPECT_LT(math::norm(state.atoms.position[i] - start.atoms.position[i]), 1e-9);
      EXPECT_LT(math::norm(state.atoms.velocity[i] + start.atoms.velocity[i]), 1e-9);
    }
    EXPECT_NEAR(state.box.volume() / start.box.volume(), 1.0, 1e-11);
    for (const double x : state.thermostat.position) EXPECT_NEAR(x, 0.0, 1e-9);
  }
}

TEST(NativeEngine, MomentumIsTakenAwayAtTheStartAndStaysZero) {
  for (const auto& [ensemble, thermostat] : every_ensemble) {
    State state = liquid();
    for (std::size_t i = 0; i < state.atoms.size(); ++i)
      state.atoms.velocity.add(i, {1.0, 2.0, -1.0});
    NativeEngine engine = lennard_jones();
    engine.advance(state, protocol_of(ensemble, thermostat), 400);
    math::Vec3 momentum;
    for (std::size_t i = 0; i < state.atoms.size(); ++i)
      momentum += state.atoms.velocity[i] * state.atoms.mass(i);
    EXPECT_LT(math::norm(momentum) / state.atoms.total_mass(), 1e-13);
  }
}

TEST(NativeEngine, WhereARunIsCutDoesNotChangeABit) {
  for (const auto& [ensemble, thermostat] : every_ensemble) {
    const Protocol protocol = ramp_of(ensemble, thermostat);
    State whole = liquid(), cut = liquid();
    whole.step = cut.step = 930;  // so that a removal of the drift falls into the run
    NativeEngine first = lennard_jones(), second = lennard_jones();
    first.advance(whole, protocol, 200);
    second.advance(cut, protocol, 63);
    second.thermo(cut, protocol);
    second.advance(cut, protocol, 1);
    second.advance(cut, protocol, 0);
    second.reset();
    second.advance(cut, protocol, 136);
    expect_same_bits(whole, cut);
  }
}

TEST(NativeEngine, ARestoredRunContinuesWithTheSameBits) {
  for (const auto& [ensemble, thermostat] : every_ensemble) {
    const Protocol protocol = ramp_of(ensemble, thermostat);
    State state = liquid();
    NativeEngine engine = lennard_jones();
    engine.advance(state, protocol, 77);

    analysis::testing::MemoryArchive archive;
    state.transfer(archive);
    engine.transfer(archive);
    archive.load();
    State restored;
    NativeEngine other = lennard_jones();
    restored.transfer(archive);
    other.transfer(archive);

    engine.advance(state, protocol, 80);
    other.advance(restored, protocol, 80);
    expect_same_bits(state, restored);
    EXPECT_EQ(engine.thermo(state, protocol).conserved, other.thermo(restored, protocol).conserved);
  }
}

TEST(NativeEngine, ThreadsDoNotChangeABit) {
  for (const auto& [ensemble, thermostat] : every_ensemble) {
    const Protocol protocol = protocol_of(ensemble, thermostat);
    State one = testing::shaken_lattice(21, 3.75, 120.0), two = one;  // 9261 atoms: three pieces
    NativeEngine first(std::make_unique<IdealGas>()), second(std::make_unique<IdealGas>());
    first.advance(one, protocol, 20);
    base::set_threads(2);
    second.advance(two, protocol, 20);
    base::set_threads(1);
    expect_same_bits(one, two);
  }
}

TEST(NativeEngine, CoursesBeginAtTheProtocolsFirstStep) {
  Protocol early = ramp_of(Ensemble::npt), late = early;
  late.first_step = 5000;
  State a = liquid(), b = liquid();
  b.step = 5000;
  NativeEngine first = lennard_jones(), second = lennard_jones();
  first.advance(a, early, 100);
  second.advance(b, late, 100);
  b.step = a.step;
  expect_same_bits(a, b);
}

TEST(NativeEngine, ForcesAreFoundOnceAStepAndAMomentIsMeasuredOnce) {
  auto forces = std::make_unique<LennardJones>(7.0);
  LennardJones& counted = *forces;
  NativeEngine engine(std::move(forces));
  State state = liquid();
  const Protocol protocol = protocol_of(Ensemble::npt);
  engine.advance(state, protocol, 10);
  engine.thermo(state, protocol);
  engine.thermo(state, protocol);
  engine.advance(state, protocol, 10);
  EXPECT_EQ(counted.evaluations, 22);
}

TEST(NativeEngine, ScalesTheWholeUnwrappedVectorWithTheBox) {
  const Protocol protocol = protocol_of(Ensemble::npt);
  State folded = liquid(), unwrapped = liquid();
  for (std::size_t i = 0; i < unwrapped.atoms.size(); i += 3)
    unwrapped.atoms.position.add(i, unwrapped.box.translation(2, -1, 5));
  NativeEngine first = lennard_jones(), second = lennard_jones();
  first.advance(folded, protocol, 100);
  second.advance(unwrapped, protocol, 100);
  EXPECT_GT(std::abs(folded.box.volume() / liquid().box.volume() - 1.0), 1e-3);
  for (std::size_t i = 0; i < folded.atoms.size(); ++i) {
    const auto apart = unwrapped.atoms.position[i] - folded.atoms.position[i];
    const auto expected = i % 3 == 0 ? folded.box.translation(2, -1, 5) : math::Vec3{};
    EXPECT_LT(math::norm(apart - expected), 1e-8);
  }
}

TEST(NativeEngine, PressureIsMinusTheDerivativeOfTheEnergyByVolume) {
  State state = liquid();
  NativeEngine engine = lennard_jones();
  const Protocol protocol = protocol_of(Ensemble::nve);
  const auto at_rest = [&](double strain) {
    State strained = state;
    strained.atoms.velocity.fill(0.0);
    core::Mat3 cell = state.box.cell();
    cell *= 1.0 + strain;
    strained.box = core::Box(cell, state.box.origin());
    for (std::size_t i = 0; i < strained.atoms.size(); ++i)
      strained.atoms.position.set(
          i, strained.box.cartesian(state.box.fractional(state.atoms.position[i])));
    engine.reset();
    return std::pair(engine.thermo(strained, protocol), strained.box.volume());
  };
  const auto [up, larger] = at_rest(1e-5);
  const auto [down, smaller] = at_rest(-1e-5);
  const auto [middle, volume] = at_rest(0.0);
  const double expected = -(up.potential_energy - down.potential_energy) / (larger - smaller);
  EXPECT_NEAR(math::trace(middle.pressure) / 3.0, expected, 1e-7 * std::abs(expected));
  engine.reset();
  const auto moving = engine.thermo(state, protocol);
  EXPECT_NEAR(math::trace(moving.pressure) / 3.0 - expected,
              2.0 * moving.kinetic_energy / (3.0 * volume), 1e-10);
}

TEST(NativeEngine, AtomsThatOverlapStopTheRunWithAdvice) {
  State state = liquid();
  state.atoms.position.set(1, state.atoms.position[0] + math::Vec3{0.3, 0.0, 0.0});
  NativeEngine engine = lennard_jones();
  try {
    engine.advance(state, protocol_of(Ensemble::nvt), 100);
    FAIL() << "an explosion went unnoticed";
  } catch (const base::RunError& error) {
    const std::string text = base::to_text(error.message());
    EXPECT_NE(text.find("at step 0"), std::string::npos) << text;
    EXPECT_NE(text.find("overlap"), std::string::npos) << text;
    EXPECT_NE(text.find("timestep"), std::string::npos) << text;
  }
}

TEST(NativeEngine, AVelocityThatIsNotANumberIsCaught) {
  State state = liquid();
  state.atoms.velocity.y[17] = std::numeric_limits<double>::quiet_NaN();
  state.step = 5;  // no removal of the drift, which would spread it
  NativeEngine engine = lennard_jones();
  try {
    engine.advance(state, protocol_of(Ensemble::nve), 3);
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_NE(error.message().problem.find("atom 18"), std::string::npos) << error.what();
  }
}

TEST(NativeEngine, ABarostatThatRunsAwayIsCaught) {
  Protocol protocol = protocol_of(Ensemble::npt);
  protocol.pressure_damping = 0.002;
  protocol.pressure = Course::constant(1.0);
  State state = liquid();
  NativeEngine engine = lennard_jones();
  EXPECT_THROW(engine.advance(state, protocol, 200), base::RunError);
}

TEST(NativeEngine, ProtocolsWithoutSenseAreRefused) {
  NativeEngine engine = lennard_jones();
  const auto refuses = [&](auto change) {
    Protocol protocol = protocol_of(Ensemble::npt);
    change(protocol);
    State state = liquid();
    EXPECT_THROW(engine.advance(state, protocol, 1), base::InputError);
  };
  refuses([](Protocol& p) { p.timestep = 0.0; });
  refuses([](Protocol& p) { p.temperature = Course::constant(-1.0); });
  refuses([](Protocol& p) { p.temperature = Course(); });
  refuses([](Protocol& p) { p.pressure = Course(); });
  refuses([](Protocol& p) { p.temperature_damping = -0.1; });
  refuses([](Protocol& p) { p.pressure_damping = std::numeric_limits<double>::quiet_NaN(); });
  refuses([](Protocol& p) { p.chain_length = 0; });
  State state = liquid();
  EXPECT_THROW(engine.advance(state, protocol_of(Ensemble::nve), -1), base::InputError);
}

}  // namespace
}  // namespace vitreous::engine
