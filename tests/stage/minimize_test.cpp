#include "stage/minimize.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"
#include "engine/landscapes.hpp"
#include "engine/largest_force.hpp"
#include "math/vectors.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

using testing::fluid_forces;

StageOptions minimize(std::map<std::string, std::string> given = {}) {
  given.emplace("temperature", "120 K");
  StageOptions options;
  options.kind = "minimize";
  options.options = testing::options_of("minimize", given);
  options.timestep = 0.004;
  options.forces = fluid_forces;
  return options;
}

double value_of(const core::Result& result, const std::string& name) {
  for (const auto& quantity : result.quantities)
    if (quantity.name == name) return quantity.measured->value;
  throw std::runtime_error("no " + name);
}

TEST(MinimizeStage, LeavesAtomsAtRestWhereNoForceIsLeft) {
  auto engine = testing::fluid_engine();
  const engine::State start = testing::fluid();
  StageRun run(minimize({{"force", "1e-6 eV/A"}}), start);
  while (!run.done()) run.advance(engine, 7);
  const engine::State& state = run.state();
  engine::ForceResult result;
  fluid_forces()->evaluate(state.box, state.atoms, {.energy = true}, result);
  EXPECT_LE(engine::largest_force(result.force), 1e-6);
  EXPECT_NEAR(value_of(run.result(), "e_IS"), result.energy / double(start.atoms.size()), 1e-12);
  EXPECT_EQ(state.box.cell(), start.box.cell());
  EXPECT_EQ(math::longest(state.atoms.velocity), 0.0);
  EXPECT_EQ(state.step, 0);
}

TEST(MinimizeStage, HasTheSameBitsWhereverItIsCut) {
  auto engine = testing::fluid_engine();
  StageRun whole(minimize(), testing::fluid()), cut(minimize(), testing::fluid());
  whole.advance(engine, 1000000);
  ASSERT_TRUE(whole.done());
  while (!cut.done()) cut.advance(engine, 1);
  EXPECT_EQ(whole.state().atoms.position.x, cut.state().atoms.position.x);
  EXPECT_EQ(value_of(whole.result(), "P"), value_of(cut.result(), "P"));
}

TEST(MinimizeStage, KeepsItsStartUntilItsEnd) {
  auto engine = testing::fluid_engine();
  StageRun run(minimize(), testing::fluid());
  run.advance(engine, 3);
  ASSERT_FALSE(run.done());
  EXPECT_EQ(run.moves()->first, 3);
  EXPECT_GE(run.moves()->second, 3);
  EXPECT_EQ(run.state().atoms.position.x, testing::fluid().atoms.position.x);
  EXPECT_TRUE(run.result().quantities.empty());
}

/// The pressure is -dU/dV: of a box that is stretched a little with its atoms.
TEST(MinimizeStage, TellsThePressureOfTheMinimum) {
  auto engine = testing::fluid_engine();
  StageRun run(minimize({{"force", "1e-7 eV/A"}}), testing::fluid());
  run.advance(engine, 1000000);
  const auto energy_at = [&](double scale) {
    engine::State state = run.state();
    state.box = core::Box(state.box.cell() * scale, state.box.origin() * scale);
    math::scale(state.atoms.position, scale);
    engine::ForceResult result;
    fluid_forces()->evaluate(state.box, state.atoms, {.energy = true}, result);
    return result.energy;
  };
  const double h = 1e-5, volume = run.state().box.volume();
  const double slope = (energy_at(1.0 + h) - energy_at(1.0 - h)) / (6.0 * h * volume);
  EXPECT_NEAR(value_of(run.result(), "P"), -slope * 160.2176634, 1e-4);
}

TEST(MinimizeStage, OfOneConfigurationTellsNoError) {
  auto engine = testing::fluid_engine();
  StageRun run(minimize(), testing::fluid());
  run.advance(engine, 1000000);
  for (const auto& quantity : run.result().quantities)
    EXPECT_TRUE(std::isnan(quantity.measured->standard_error)) << quantity.name;
}

/// Whose noise is as large as that of single precision.
class NoisySprings : public engine::testing::Springs {
 public:
  void evaluate(const core::Box& box, const core::Atoms& atoms, engine::Want want,
                engine::ForceResult& result) override {
    Springs::evaluate(box, atoms, want, result);
    result.force.add(0, {1e-5 * random_.uniform(), 0.0, 0.0});
  }

 private:
  base::RandomStream random_{3, "noise"};
};

TEST(MinimizeStage, EndsWithAReasonWhereForcesAreTooCoarse) {
  auto engine = testing::fluid_engine();
  StageOptions options = minimize({{"force", "1e-13 eV/A"}});
  options.forces = [] { return std::make_unique<NoisySprings>(); };
  engine::State start;
  start.box = engine::testing::wide_box();
  start.atoms = engine::testing::atoms_at_origin(5);
  StageRun run(options, start);
  try {
    while (!run.done()) run.advance(engine, 1000);
    FAIL();
  } catch (const base::RunError& error) {
    EXPECT_THAT(error.message().problem, ::testing::HasSubstr("no minimum to 1e-13 eV/A"));
    EXPECT_THAT(error.message().tries.back(), ::testing::HasSubstr("precision"));
  }
}

}  // namespace
}  // namespace vitreous::stage
