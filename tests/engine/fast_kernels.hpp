// What tests of the fast forces share: a fixture for each kernel, the oracle, and how far from it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "../analysis/memory_archive.hpp"
#include "core/velocities.hpp"
#include "eam_systems.hpp"
#include "engine/native/fast/fast_forces.hpp"
#include "engine/native/fast/kernel_choice.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/native/trial_crystals.hpp"

namespace vitreous::engine::testing {

/// Fitting takes a second: once for each potential and form.
inline const fast::FastTables& fitted(const System& system, fast::TableForm form) {
  static std::map<std::pair<std::string, fast::TableForm>, fast::FastTables> tables;
  const auto key = std::pair(system.model, form);
  if (!tables.contains(key))
    tables[key] = fast::fit_tables({tables_of(system.model), system.species}, form);
  return tables[key];
}

inline ForceResult reference(const System& system) {
  ReferenceForces forces({tables_of(system.model), system.species});
  ForceResult result;
  forces.evaluate(system.box, system.atoms, {.energy = true, .virial = true}, result);
  return result;
}

/// Each law holds for every kernel that the processor can run.
class FastKernelTest : public ::testing::TestWithParam<const fast::Kernel*> {
 protected:
  void SetUp() override {
    const std::string objection = fast::objection_to_processor(*GetParam());
    if (!objection.empty()) GTEST_SKIP() << objection;
  }
  static FastForces fast_forces(const System& system) {
    return {
        {tables_of(system.model), system.species}, *GetParam(), fitted(system, GetParam()->tables)};
  }
  static NativeEngine engine_of(const System& system) {
    return NativeEngine(std::make_unique<FastForces>(
        potential::EamPotential(tables_of(system.model), system.species), *GetParam(),
        fitted(system, GetParam()->tables)));
  }
};

inline std::string name_of_kernel(const ::testing::TestParamInfo<const fast::Kernel*>& kernel) {
  std::string name = kernel.param->name;
  std::erase(name, '-');
  return name;
}

inline State moving(const System& system, double temperature) {
  State state;
  state.box = system.box;
  state.atoms = system.atoms;
  base::RandomStream random(5, "velocities");
  core::draw_velocities(state.atoms, temperature, random);
  return state;
}

inline Protocol fast_protocol(Ensemble ensemble, double temperature, double timestep) {
  Protocol protocol;
  protocol.ensemble = ensemble;
  protocol.timestep = timestep;
  protocol.temperature = Course::constant(temperature);
  protocol.pressure = Course::constant(0.0);
  return protocol;
}

inline void expect_same_motion(const State& a, const State& b) {
  EXPECT_EQ(a.box.cell(), b.box.cell());
  EXPECT_EQ(a.atoms.position.x, b.atoms.position.x);
  EXPECT_EQ(a.atoms.velocity.z, b.atoms.velocity.z);
}

/// A run that is cut and goes on from an archive has the bits of one that is not; looking at it
/// changes nothing.
template <class MakeEngine>
void expect_resumed_bits(const System& system, const MakeEngine& make_engine) {
  for (const Ensemble ensemble : {Ensemble::nve, Ensemble::npt}) {
    const Protocol protocol = fast_protocol(ensemble, 1500.0, 0.002);
    State whole = moving(system, 1500.0);
    NativeEngine engine = make_engine();
    engine.advance(whole, protocol, 37);
    analysis::testing::MemoryArchive archive;
    whole.transfer(archive);
    engine.transfer(archive);
    engine.advance(whole, protocol, 63);

    archive.load();
    State cut;
    NativeEngine again = make_engine();
    cut.transfer(archive);
    again.transfer(archive);
    again.advance(cut, protocol, 20);
    again.thermo(cut, protocol);
    again.advance(cut, protocol, 43);
    expect_same_motion(whole, cut);
  }
}

}  // namespace vitreous::engine::testing
