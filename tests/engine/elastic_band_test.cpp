#include "engine/elastic_band.hpp"

#include <gtest/gtest.h>

#include "landscapes.hpp"
#include "math/vectors.hpp"
#include "simple_forces.hpp"

namespace vitreous::engine {
namespace {

ElasticBand band_of_argon(int images) {
  std::vector<std::unique_ptr<Forces>> forces;
  for (int k = 0; k < images; ++k)
    forces.push_back(std::make_unique<testing::LennardJones>(8.0, 0.4, 2.3));
  return ElasticBand(std::move(forces));
}

math::Vectors pair_at(const math::Vec3& a, const math::Vec3& b) {
  math::Vectors position(2);
  position.set(0, a);
  position.set(1, b);
  return position;
}

TEST(ElasticBand, LaysItsImagesEvenlyOnTheLinesThroughTheCorners) {
  auto band = band_of_argon(3);
  band.set(testing::wide_box(), testing::atoms_at_origin(2));
  band.lay({{pair_at({0, 0, 0}, {50, 0, 0})},
            {pair_at({0, 4, 0}, {50, 0, 0})},
            {pair_at({2, 4, 0}, {50, 0, 0})}});
  const auto path = band.path();
  ASSERT_EQ(path.size(), 5u);
  EXPECT_EQ(path[1].position[0], (math::Vec3{0, 2, 0}));
  EXPECT_EQ(path[2].position[0], (math::Vec3{0, 4, 0}));
  EXPECT_EQ(path[3].position[0], (math::Vec3{1, 4, 0}));
}

/// Two atoms that change places: the straight line leads them past each other at 0.2 A.
TEST(ElasticBand, PartsAtomsThatTheLineLeadsThroughEachOther) {
  auto band = band_of_argon(5);
  band.set(testing::wide_box(), testing::atoms_at_origin(2));
  band.lay({{pair_at({0, 0, 0}, {2.6, 0, 0})}, {pair_at({2.6, 0.2, 0}, {0, 0, 0})}});
  for (const PathPoint& point : band.path()) {
    EXPECT_GT(math::norm(point.position[1] - point.position[0]), 1.8);
    EXPECT_LT(point.energy, 1.0);
  }
}

/// Energies that follow from the work of the forces steer the tangents; those told are measured.
TEST(ElasticBand, TellsMeasuredEnergies) {
  auto band = band_of_argon(3);
  band.set(testing::wide_box(), testing::atoms_at_origin(2));
  band.lay({{pair_at({0, 0, 0}, {2.6, 0, 0})}, {pair_at({0, 2.6, 0}, {2.6, 0.1, 0})}});
  const auto moved = band.relax({.tolerance = 1e-3, .most_steps = 20, .spring = 5.0});
  EXPECT_GT(moved.steps, 5);
  const auto path = band.path();
  for (std::size_t k = 1; k < 4; ++k) EXPECT_EQ(band.rest(path[k].position).energy, path[k].energy);
}

TEST(ElasticBand, GivesUpWhereResidualsRiseAsFarAsToldAndOnlyThere) {
  auto band = band_of_argon(3);
  const std::vector<PathPoint> ends = {{pair_at({0, 0, 0}, {2.6, 0, 0})},
                                       {pair_at({0, 2.6, 0}, {2.6, 0.1, 0})}};
  BandRelaxation how{.tolerance = 1e-6, .most_steps = 40, .spring = 5.0};
  const auto relaxed_from_start = [&] {
    band.set(testing::wide_box(), testing::atoms_at_origin(2));
    band.lay(ends);
    return band.relax(how);
  };
  EXPECT_FALSE(relaxed_from_start().gave_up);
  how.give_up_rise = -1e-3;  // the first residual is too large already
  const auto given_up = relaxed_from_start();
  EXPECT_TRUE(given_up.gave_up);
  EXPECT_EQ(given_up.steps, 0);
}

}  // namespace
}  // namespace vitreous::engine
