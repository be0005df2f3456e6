#include "potential/density_guess.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::potential {
namespace {

/// Springs of these lengths (none for a length of 0) between like atoms, a cutoff beyond the first
/// neighbors: the fcc crystal has the volume d^3/sqrt(2) per atom.
EamPotential springs_of_lengths(const std::vector<double>& lengths) {
  EamTables t;
  t.name = "springs";
  const std::vector<std::string> names = {"Xa", "Yb"};
  t.rho_points = 5, t.drho = 1.0;
  t.r_points = 1001, t.dr = 0.006, t.cutoff = 3.2;
  t.embedding.assign(2, std::vector<double>(5, 0.0));
  t.density.assign(4, std::vector<double>(1001, 0.0));
  t.r_phi.assign(4, std::vector<double>(1001, 0.0));
  for (std::size_t e = 0; e < 2; ++e) {
    t.elements.push_back({names[e], int(e) + 1, 1.0, 0.0, ""});
    for (std::size_t k = 0; k < 1001; ++k) {
      const double r = 0.006 * static_cast<double>(k), stretch = r - lengths[e];
      t.r_phi[3 * e][k] = lengths[e] == 0.0 ? 0.0 : r * (20.0 * stretch * stretch - 1.0);
    }
  }
  return EamPotential(t, names);
}

TEST(LiquidVolumeGuess, IsTheMixedVolumeOfTheElementsCrystals) {
  const double x = std::pow(2.4, 3) / std::sqrt(2.0), y = std::pow(2.8, 3) / std::sqrt(2.0);
  const auto potential = springs_of_lengths({2.4, 2.8});
  EXPECT_NEAR(liquid_volume_guess(potential, {0.5, 0.5}), 1.08 * (x + y) / 2.0, 1e-4);
  EXPECT_NEAR(liquid_volume_guess(potential, {0.9, 0.1}), 1.08 * (0.9 * x + 0.1 * y), 1e-4);
}

TEST(LiquidVolumeGuess, NeedsACrystalOnlyOfElementsThatArePresent) {
  const auto potential = springs_of_lengths({2.4, 0.0});
  EXPECT_NO_THROW(liquid_volume_guess(potential, {1.0, 0.0}));
  EXPECT_THROW(liquid_volume_guess(potential, {0.5, 0.5}), base::InputError);
}

}  // namespace
}  // namespace vitreous::potential
