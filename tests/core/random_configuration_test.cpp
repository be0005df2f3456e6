#include "core/random_configuration.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "base/error.hpp"
#include "core/velocities.hpp"

namespace vitreous::core {
namespace {

using Counts = std::vector<std::int64_t>;

RandomConfigurationOptions cu_zr(std::int64_t atoms) {
  return {.kinds = {{"Cu", 63.546}, {"Zr", 91.224}},
          .fractions = {0.5, 0.5},
          .atoms = atoms,
          .volume_per_atom = 19.0,
          .temperature = 2000.0};
}

TEST(CompositionCounts, GoToTheLargestRemainders) {
  EXPECT_EQ(composition_counts({0.5, 0.5}, 1372), (Counts{686, 686}));
  EXPECT_EQ(composition_counts({0.5, 0.5}, 7), (Counts{4, 3}));
  EXPECT_EQ(composition_counts({0.655, 0.245, 0.1}, 10), (Counts{7, 2, 1}));
  EXPECT_EQ(composition_counts({0.9, 0.1}, 30), (Counts{27, 3}));
  EXPECT_EQ(composition_counts({1.0 / 3, 1.0 / 3, 1.0 / 3}, 3000), (Counts{1000, 1000, 1000}));
}

TEST(CompositionCounts, SumToTheAtomsAndStrayByLessThanOne) {
  base::RandomStream random(3, "compositions");
  for (int draw = 0; draw < 300; ++draw) {
    std::vector<double> fractions(2 + random.below(4));
    for (double& x : fractions) x = 0.05 + random.uniform();
    const double sum = std::accumulate(fractions.begin(), fractions.end(), 0.0);
    for (double& x : fractions) x /= sum;
    const auto atoms = static_cast<std::int64_t>(200 + random.below(10000));
    const Counts counts = composition_counts(fractions, atoms);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), atoms);
    for (std::size_t k = 0; k < counts.size(); ++k)
      EXPECT_LT(std::abs(double(counts[k]) - fractions[k] * double(atoms)), 1.0);
  }
}

TEST(CompositionCounts, RefuseWhatCannotBe) {
  EXPECT_THROW(composition_counts({0.999, 0.001}, 100), base::InputError);
  EXPECT_THROW(composition_counts({0.6, 0.6}, 100), base::InputError);
  EXPECT_THROW(composition_counts({1.2, -0.2}, 100), base::InputError);
  EXPECT_THROW(composition_counts({1.0}, 0), base::InputError);
}

TEST(RandomConfiguration, KeepsEveryPairApartAcrossTheBoundaries) {
  for (const std::int64_t atoms : {2, 5, 12, 500}) {
    base::RandomStream random(11, "random liquid");
    const auto made = random_configuration(cu_zr(atoms), random);
    double nearest = 1e9;
    for (std::size_t i = 0; i < made.atoms.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        nearest = std::min(nearest, math::norm(made.box.nearest_image(made.atoms.position[i] -
                                                                      made.atoms.position[j])));
    EXPECT_GE(nearest, made.minimum_distance) << atoms << " atoms";
    EXPECT_NEAR(made.minimum_distance, 0.8 * std::cbrt(19.0), 1e-12);
    EXPECT_NEAR(made.box.volume(), 19.0 * double(atoms), 1e-9 * double(atoms));
  }
}

TEST(RandomConfiguration, HasTheCompositionTheTemperatureAndNoDrift) {
  base::RandomStream random(11, "random liquid");
  const auto made = random_configuration(cu_zr(1372), random);
  EXPECT_EQ(made.atoms.count(0), 686u);
  EXPECT_EQ(made.atoms.count(1), 686u);
  EXPECT_EQ(made.counts, (Counts{686, 686}));
  EXPECT_NEAR(temperature(made.atoms), 2000.0, 1e-9);
  Vec3 momentum;
  for (std::size_t i = 0; i < made.atoms.size(); ++i)
    momentum += made.atoms.velocity[i] * made.atoms.mass(i);
  EXPECT_LT(math::norm(momentum), 1e-9);
}

TEST(RandomConfiguration, IsItsStreamAndNothingElse) {
  base::RandomStream one(11, "random liquid"), same(11, "random liquid"), other(11, "another");
  const auto a = random_configuration(cu_zr(100), one);
  const auto b = random_configuration(cu_zr(100), same);
  const auto c = random_configuration(cu_zr(100), other);
  EXPECT_EQ(a.atoms.position.x, b.atoms.position.x);
  EXPECT_EQ(a.atoms.species, b.atoms.species);
  EXPECT_EQ(a.atoms.velocity.z, b.atoms.velocity.z);
  EXPECT_NE(a.atoms.position.x, c.atoms.position.x);
}

TEST(RandomConfiguration, MixesTheSpecies) {
  // Among 1999 neighbors in the list, unlike pairs follow N(1000, 22).
  base::RandomStream random(11, "random liquid");
  const auto made = random_configuration(cu_zr(2000), random);
  int unlike = 0;
  for (std::size_t i = 1; i < 2000; ++i)
    unlike += made.atoms.species[i] != made.atoms.species[i - 1];
  EXPECT_NEAR(unlike, 1000, 4 * 22);
}

TEST(DrawVelocities, BothSpeciesShareTheTemperature) {
  base::RandomStream random(11, "velocities");
  auto options = cu_zr(8000);
  auto made = random_configuration(options, random);
  std::array<double, 2> sum{};
  for (std::size_t i = 0; i < made.atoms.size(); ++i)
    sum[std::size_t(made.atoms.species[i])] +=
        made.atoms.mass(i) * math::norm2(made.atoms.velocity[i]);
  // 12000 squares of normal numbers each: a relative error of sqrt(2/12000) = 0.013 each.
  EXPECT_NEAR(sum[0] / sum[1], 1.0, 4 * 0.013 * std::sqrt(2.0));
}

TEST(DrawVelocities, RefuseNegativeTemperaturesAndLoneAtoms) {
  base::RandomStream random(11, "velocities");
  auto made = random_configuration(cu_zr(10), random);
  EXPECT_THROW(draw_velocities(made.atoms, -1.0, random), base::InputError);
  made.atoms.resize(1);
  EXPECT_THROW(draw_velocities(made.atoms, 300.0, random), base::InputError);
}

}  // namespace
}  // namespace vitreous::core
