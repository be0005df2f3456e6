// Stages of a small Lennard-Jones fluid.
#pragma once

#include "core/declaration.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/simple_forces.hpp"
#include "stage/stage.hpp"
#include "stage/stage_run.hpp"

namespace vitreous::stage::testing {

inline core::Options options_of(const std::string& kind,
                                const std::map<std::string, std::string>& given) {
  for (const auto& declaration : stage_declarations())
    if (declaration.name == kind) return core::parse_options(declaration, given);
  throw std::logic_error("no such kind");
}

inline engine::State fluid() { return engine::testing::shaken_lattice(4, 3.8, 120.0); }

inline std::unique_ptr<engine::Forces> fluid_forces() {
  return std::make_unique<engine::testing::LennardJones>(6.5);
}

inline engine::NativeEngine fluid_engine() { return engine::NativeEngine(fluid_forces()); }

inline StageOptions hold(const std::map<std::string, std::string>& given) {
  StageOptions options;
  options.kind = "hold";
  options.options = options_of("hold", given);
  options.timestep = 0.004;
  options.observe = {{"msd", {}}};
  return options;
}

inline StageOptions quench(const std::map<std::string, std::string>& given) {
  StageOptions options;
  options.kind = "quench";
  options.options = options_of("quench", given);
  options.timestep = 0.004;
  options.start_temperature = 120.0;
  return options;
}

}  // namespace vitreous::stage::testing
