#include "stage/free_surface.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

StageOptions surface(std::map<std::string, std::string> given) {
  given.emplace("temperature", "100 K");
  given.emplace("duration", "0.4 ps");
  StageOptions options = testing::hold({{"temperature", "100 K"}, {"duration", "1 ps"}});
  options.kind = "free_surface";
  options.options = testing::options_of("free_surface", given);
  return options;
}

std::vector<Leg> surface_legs(std::map<std::string, std::string> given) {
  return free_surface_legs(surface(std::move(given)).options, 0.004);
}

engine::State tilted_fluid() {
  engine::State state = testing::fluid();
  math::Mat3 cell = state.box.cell();
  cell(0, 1) = 3.0, cell(0, 2) = -2.0, cell(1, 2) = 4.0;
  state.box = core::Box(cell, {1.0, 2.0, 3.0});
  return state;
}

TEST(FreeSurface, LiesAGapInsideTheOpenedBox) {
  for (std::size_t edge = 0; edge < 3; ++edge) {
    engine::State state = tilted_fluid();
    const core::Box closed = state.box;
    open_box({edge, 12.0}, state);
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_NEAR(state.box.heights()[k], closed.heights()[k] + (k == edge ? 24.0 : 0.0), 1e-9);
    const double height = state.box.heights()[edge];
    for (std::size_t i = 0; i < state.atoms.size(); ++i) {
      const double along = state.box.fractional(state.atoms.position[i])[edge] * height;
      EXPECT_GE(along, 12.0 - 1e-9);
      EXPECT_LE(along, height - 12.0 + 1e-9);
    }
  }
}

TEST(FreeSurface, MovesAtomsByWholeEdgesAlone) {
  const engine::State closed = tilted_fluid();
  engine::State wandered = closed;
  const math::Vec3 away = closed.box.translation(0, 0, -3) + closed.box.translation(2, 0, 0);
  for (std::size_t i = 0; i < wandered.atoms.size(); i += 3) wandered.atoms.position.add(i, away);
  engine::State slab = closed, other = wandered;
  open_box({2, 10.0}, slab);
  open_box({2, 10.0}, other);
  for (std::size_t i = 0; i < slab.atoms.size(); ++i) {
    const math::Vec3 apart = other.atoms.position[i] - slab.atoms.position[i];
    const math::Vec3 kept = i % 3 == 0 ? closed.box.translation(2, 0, 0) : math::Vec3{};
    EXPECT_LT(math::norm(apart - kept), 1e-9) << i;  // unwrapped along the other edges
  }
}

TEST(FreeSurface, CostsTheEnergyOfTheBondsItCutsAndAWiderGapCostsNoMore) {
  auto engine = testing::fluid_engine();
  engine::Protocol protocol;
  engine::State closed = testing::fluid();
  const double bulk = engine.thermo(closed, protocol).potential_energy;
  for (std::size_t edge = 0; edge < 3; ++edge) {
    engine::State slab = closed;
    open_box({edge, 4.0}, slab);
    engine.reset();
    const double opened = engine.thermo(slab, protocol).potential_energy;
    EXPECT_GT(opened, bulk);
    open_box({edge, 5.0}, slab);
    engine.reset();
    EXPECT_NEAR(engine.thermo(slab, protocol).potential_energy, opened, 1e-9);
  }
}

TEST(FreeSurface, KeepsItsBoxAndItsSlab) {
  auto engine = testing::fluid_engine();
  StageRun run(surface({{"equilibrate", "0.4 ps"}, {"gap", "12 angstrom"}}), testing::fluid());
  const double edge = testing::fluid().box.heights().z;
  run.advance(engine, 50);
  const math::Mat3 opened = run.state().box.cell();
  EXPECT_NEAR(opened(2, 2), edge + 24.0, 1e-9);
  while (!run.done()) run.advance(engine, 37);
  EXPECT_EQ(run.state().box.cell(), opened);
  EXPECT_EQ(run.state().step, 200);
  double nearest = 12.0;
  for (std::size_t i = 0; i < run.state().atoms.size(); ++i) {
    const double along =
        run.state().box.fractional(run.state().atoms.position[i]).z * run.state().box.heights().z;
    nearest = std::min({nearest, along, edge + 24.0 - along});
  }
  EXPECT_GT(nearest, 6.0);  // nothing has crossed to the other face
}

TEST(FreeSurface, OpensTheBoxOnceWhereverItIsCut) {
  auto whole_engine = testing::fluid_engine(), engine = testing::fluid_engine();
  StageRun whole(surface({{"equilibrate", "0.1 ps"}}), testing::fluid()),
      cut(surface({{"equilibrate", "0.1 ps"}}), testing::fluid());
  whole.advance(whole_engine, 1000);
  while (!cut.done()) cut.advance(engine, 1);
  EXPECT_EQ(whole.state().atoms.position.z, cut.state().atoms.position.z);
  EXPECT_EQ(whole.state().box.cell(), cut.state().box.cell());
}

TEST(FreeSurface, EquilibratesFirstAndIsThenObserved) {
  const auto both = surface_legs({{"equilibrate", "2 ps"}, {"axis", "x"}, {"gap", "8 angstrom"}});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].steps, 500);
  EXPECT_FALSE(both[0].observed);
  ASSERT_TRUE(both[0].opening);
  EXPECT_EQ(both[0].opening->edge, 0u);
  EXPECT_EQ(both[0].opening->gap, 8.0);
  EXPECT_TRUE(both[1].observed);
  EXPECT_FALSE(both[1].opening);
  for (const auto& leg : both) EXPECT_EQ(leg.protocol.ensemble, engine::Ensemble::nvt);
  ASSERT_EQ(surface_legs({}).size(), 1u);
  EXPECT_TRUE(surface_legs({}).front().opening);
  EXPECT_EQ(surface_legs({{"ensemble", "nve"}}).front().protocol.ensemble, engine::Ensemble::nve);
}

TEST(FreeSurface, FacesMustNotFeelEachOther) {
  EXPECT_NO_THROW(require_separate_faces({2, 3.8}, 7.6));
  try {
    require_separate_faces({2, 3.0}, 7.6);
    FAIL();
  } catch (const base::InputError& error) {
    EXPECT_EQ(error.message().key, "gap");
    EXPECT_NE(error.message().why.find("7.6 A"), std::string::npos);
  }
}

}  // namespace
}  // namespace vitreous::stage
