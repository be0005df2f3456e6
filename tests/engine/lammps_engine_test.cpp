// The engine that drives LAMMPS moves atoms as our own does, and keeps what it must conserve.
#include "engine/lammps/lammps_engine.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../analysis/memory_archive.hpp"
#include "../io/scratch_folder.hpp"
#include "base/constants.hpp"
#include "base/error.hpp"
#include "core/velocities.hpp"
#include "eam_systems.hpp"
#include "engine/lammps/lammps_module.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/native/reference_forces.hpp"
#include "io/safe_file.hpp"
#include "io/setfl.hpp"

namespace vitreous::engine {
namespace {

using testing::System;

/// Cu-Zr with its potential as a file that LAMMPS reads.
class LammpsEngineTest : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef VITREOUS_LAMMPS_MODULE
    ::setenv("VITREOUS_LAMMPS_MODULE", VITREOUS_LAMMPS_MODULE, 1);
#else
    GTEST_SKIP() << "built without LAMMPS";
#endif
  }

  static System system_called(const std::string& name) {
    for (auto& system : testing::systems_of("kim:MO_600021860456_005", {"Cu", "Zr"}, 3.25))
      if (system.name == name) return system;
    throw std::logic_error("no such system");
  }

  static System small_glass() {
    return testing::disordered("small glass", "kim:MO_600021860456_005", {"Cu", "Zr"}, 3.25, 4,
                               0.08);
  }

  static State start_of(const System& system, double temperature) {
    State state;
    state.box = system.box;
    state.atoms = system.atoms;
    base::RandomStream random(3, "velocities");
    core::draw_velocities(state.atoms, temperature, random);
    return state;
  }

  LammpsOptions options() {
    if (!std::filesystem::exists(folder_ / "cuzr.eam.fs"))
      test::put(folder_ / "cuzr.eam.fs",
                io::write_setfl(testing::tables_of("kim:MO_600021860456_005")));
    return {.pair_style = "eam/fs",
            .pair_coeff = {"* * " + std::string(folder_ / "cuzr.eam.fs") + " Cu Zr"},
            .commands = {},
            .arguments = {}};
  }

  static NativeEngine native_of(const System& system) {
    return NativeEngine(std::make_unique<ReferenceForces>(
        potential::EamPotential(testing::tables_of(system.model), system.species)));
  }

  test::ScratchFolder folder_;
};

Protocol protocol_at(double temperature, Ensemble ensemble,
                     Thermostat thermostat = Thermostat::nose_hoover) {
  Protocol protocol;
  protocol.timestep = 0.002;
  protocol.ensemble = ensemble;
  protocol.thermostat = thermostat;
  protocol.temperature = Course::constant(temperature);
  protocol.pressure = Course::constant(0.005);  // 0.8 GPa
  return protocol;
}

double largest_difference(const State& a, const State& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.atoms.size(); ++i)
    largest = std::max(largest, math::norm(a.atoms.position[i] - b.atoms.position[i]));
  return largest;
}

TEST_F(LammpsEngineTest, AHundredStepsLeadWhereTheReferenceForcesLead) {
  LammpsEngine lammps(lammps_processes(), options());
  for (const char* name : {"glass", "tilted"}) {
    const System system = system_called(name);
    State ours = start_of(system, 1500.0), theirs = ours;
    NativeEngine native = native_of(system);
    const Protocol protocol;  // nve, 1 fs
    native.advance(ours, protocol, 100);
    for (int k = 0; k < 4; ++k) lammps.advance(theirs, protocol, 25);
    EXPECT_EQ(theirs.step, 100);
    EXPECT_NEAR(theirs.time, 0.1, 1e-12);
    const double apart = largest_difference(ours, theirs);
    EXPECT_LT(apart, 1e-10) << name;  // A
    RecordProperty(name, fmt::format("{:.1e} A", apart));
    EXPECT_GT(largest_difference(start_of(system, 1500.0), theirs), 0.3);  // it was a motion

    const core::Thermo a = native.thermo(ours, protocol), b = lammps.thermo(theirs, protocol);
    EXPECT_NEAR(b.potential_energy, a.potential_energy, 1e-9 * std::abs(a.potential_energy));
    EXPECT_NEAR(b.kinetic_energy, a.kinetic_energy, 1e-9 * a.kinetic_energy);
    EXPECT_NEAR(b.temperature, a.temperature, 1e-9 * a.temperature);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(b.pressure(i, j), a.pressure(i, j), 1e-9);  // eV/A^3
  }
}

TEST_F(LammpsEngineTest, AtomsThatLeaveTheBoxGoOnUnwrapped) {
  const System system = system_called("liquid");
  State state = start_of(system, 1000.0);
  for (std::size_t i = 0; i < state.atoms.size(); ++i) {
    state.atoms.position.add(i, system.box.translation(i % 5, -2, 1));
    state.atoms.velocity.add(i, {i % 2 == 0 ? 40.0 : -40.0, 0.0, 0.0});  // A/ps
  }
  const State start = state;
  LammpsEngine lammps(lammps_processes(), options());
  Protocol protocol;
  protocol.timestep = 0.0002;
  lammps.advance(state, protocol, 1);
  double largest = 0.0;
  for (std::size_t i = 0; i < state.atoms.size(); ++i)
    largest = std::max(largest, math::norm(state.atoms.position[i] - start.atoms.position[i]));
  EXPECT_LT(largest, 0.02);
}

/// Largest excursion of the conserved quantity in 0.8 ps, in thermal energies of all atoms.
double excursion_of(LammpsEngine& engine, State state, const Protocol& protocol) {
  const double start = engine.thermo(state, protocol).conserved;
  const double thermal = 1.5 * base::boltzmann * 1000.0 * static_cast<double>(state.atoms.size());
  double largest = 0.0;
  for (int k = 0; k < 20; ++k) {
    engine.advance(state, protocol, 20);
    largest = std::max(largest, std::abs(engine.thermo(state, protocol).conserved - start));
  }
  return largest / thermal;
}

TEST_F(LammpsEngineTest, EveryEnsembleKeepsWhatItConserves) {
  LammpsEngine lammps(lammps_processes(), options());
  const State start = start_of(small_glass(), 1000.0);
  for (const auto& [ensemble, thermostat] : {std::pair{Ensemble::nve, Thermostat::nose_hoover},
                                             {Ensemble::nvt, Thermostat::nose_hoover},
                                             {Ensemble::npt, Thermostat::nose_hoover},
                                             {Ensemble::nvt, Thermostat::velocity_rescaling},
                                             {Ensemble::npt, Thermostat::velocity_rescaling}}) {
    Protocol protocol = protocol_at(1000.0, ensemble, thermostat);
    EXPECT_LT(excursion_of(lammps, start, protocol), 2e-3)
        << static_cast<int>(ensemble) << " " << static_cast<int>(thermostat);
    if (ensemble == Ensemble::nve) continue;
    protocol.temperature = Course().ramp(1000.0, 600.0, 200).hold(500.0, 100).hold(450.0, 100);
    EXPECT_LT(excursion_of(lammps, start, protocol), 4e-3)
        << "ramp, " << static_cast<int>(ensemble) << " " << static_cast<int>(thermostat);
  }
}

/// Where atoms are after 80 steps, of which the first 40 may be those of another engine: what both
/// know of each other then stands in an archive.
State half_and_half(const LammpsOptions& options, State state, const Protocol& protocol,
                    bool stops) {
  auto engine = std::make_unique<LammpsEngine>(lammps_processes(), options);
  engine->advance(state, protocol, 40);
  if (stops) {
    analysis::testing::MemoryArchive archive;
    engine->transfer(archive);
    state.transfer(archive);
    engine.reset();
    engine = std::make_unique<LammpsEngine>(lammps_processes(), options);
    state = State();
    archive.load();
    engine->transfer(archive);
    state.transfer(archive);
  }
  engine->advance(state, protocol, 40);
  return state;
}

TEST_F(LammpsEngineTest, GoesOnFromACheckpointWithWhatItsThermostatRemembers) {
  const State start = start_of(small_glass(), 1000.0);
  for (const auto ensemble : {Ensemble::nvt, Ensemble::npt}) {
    const Protocol protocol = protocol_at(1000.0, ensemble);
    const State whole = half_and_half(options(), start, protocol, false);
    const State resumed = half_and_half(options(), start, protocol, true);
    EXPECT_LT(largest_difference(whole, resumed), 1e-8);  // A; a chain at rest: 1e-3 and more
    EXPECT_NEAR(resumed.box.volume(), whole.box.volume(), 1e-8 * whole.box.volume());
  }
}

TEST_F(LammpsEngineTest, AMistakeIsToldWithItsCommandAndTheNextEngineIsSound) {
  State state = start_of(small_glass(), 1000.0);
  const Protocol protocol = protocol_at(1000.0, Ensemble::nvt);
  const auto message_of = [&](const LammpsOptions& given) -> std::string {
    try {
      LammpsEngine(lammps_processes(), given).advance(state, protocol, 10);
    } catch (const base::RunError& error) {
      return error.what();
    }
    return "";
  };
  LammpsOptions wrong = options();
  wrong.pair_style = "eam/fz";
  EXPECT_THAT(message_of(wrong), ::testing::HasSubstr("at the command \"pair_style eam/fz\""));
  wrong = options();
  wrong.pair_coeff = {"* * no.such.file Cu Zr"};
  EXPECT_THAT(message_of(wrong), ::testing::HasSubstr("no.such.file"));
  wrong = options();
  wrong.commands = {"group first id 1", "delete_atoms group first"};
  EXPECT_THAT(message_of(wrong), ::testing::HasSubstr("127 atoms"));
  wrong = options();
  wrong.arguments = {"-sf", "none/such", "-nonsense"};
  EXPECT_THAT(message_of(wrong), ::testing::HasSubstr("-nonsense"));
  EXPECT_EQ(message_of(options()), "");
}

TEST_F(LammpsEngineTest, AnExplosionIsToldWithItsMoment) {
  State state = start_of(small_glass(), 1000.0);
  Protocol protocol;
  protocol.timestep = 0.5;
  LammpsEngine lammps(lammps_processes(), options());
  try {
    lammps.advance(state, protocol, 100);
    FAIL() << "nothing exploded";
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.message().problem, ::testing::HasSubstr("LAMMPS: "));
    EXPECT_THAT(error.message().problem, ::testing::HasSubstr("after step 0 (0 ps)"));
  }
}

}  // namespace
}  // namespace vitreous::engine
