#include "stage/hold.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

std::vector<Leg> legs(std::map<std::string, std::string> given) {
  given.emplace("temperature", "1000 K");
  given.emplace("duration", "40 ps");
  return hold_legs(testing::options_of("hold", given), 0.002);
}

TEST(Hold, EquilibratesAtThePressureAndProducesInTheMeanBox) {
  const auto both = legs({{"ensemble", "nvt"}, {"equilibrate", "10 ps"}, {"pressure", "1 GPa"}});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].protocol.ensemble, engine::Ensemble::npt);
  EXPECT_NEAR(both[0].protocol.pressure.at(0) * 160.2176634, 1.0, 1e-9);
  EXPECT_EQ(both[0].steps, 5000);
  EXPECT_FALSE(both[0].observed);
  EXPECT_EQ(both[1].protocol.ensemble, engine::Ensemble::nvt);
  EXPECT_TRUE(both[1].in_mean_box);
  EXPECT_TRUE(both[1].observed);
  EXPECT_EQ(both[1].steps, 20000);
}

TEST(Hold, KeepsItsBoxWhereToldTo) {
  const auto both = legs({{"ensemble", "nvt"}, {"equilibrate", "10 ps"}, {"volume", "inherit"}});
  EXPECT_EQ(both[0].protocol.ensemble, engine::Ensemble::nvt);
  EXPECT_FALSE(both[1].in_mean_box);
}

TEST(Hold, NeverProducesAtTheVolumeOfAnotherTemperatureUnasked) {
  EXPECT_THROW(legs({{"ensemble", "nvt"}}), base::InputError);
  EXPECT_EQ(legs({{"ensemble", "nvt"}, {"volume", "inherit"}}).size(), 1u);
  EXPECT_EQ(legs({{"ensemble", "npt"}}).size(), 1u);
}

}  // namespace
}  // namespace vitreous::stage
