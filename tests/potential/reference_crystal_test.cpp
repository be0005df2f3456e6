// Lattice sums against a potential whose crystal energies are known in closed form.
#include "potential/reference_crystal.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace vitreous::potential {
namespace {

/// phi(r) = 20 (r - d)^2 - 1 up to a cutoff between first and second neighbors; no embedding:
/// the energy of z neighbors at r is z/2 phi(r), least at r = d. r phi is a cubic, so the spline
/// holds it exactly.
EamPotential springs(double d, double cutoff) {
  EamTables t;
  t.name = "springs";
  t.elements = {{"Xa", 1, 1.0, 0.0, ""}, {"Yb", 2, 1.0, 0.0, ""}};
  t.rho_points = 5, t.drho = 1.0;
  t.r_points = 1001, t.dr = 0.006, t.cutoff = cutoff;
  t.embedding.assign(2, std::vector<double>(5, 0.0));
  t.density.assign(4, std::vector<double>(1001, 0.0));
  std::vector<double> like(1001), unlike(1001);
  for (std::size_t k = 0; k < 1001; ++k) {
    const double r = 0.006 * static_cast<double>(k);
    like[k] = r * (20.0 * (r - d) * (r - d) - 1.0);
    unlike[k] = 2.0 * like[k];
  }
  t.r_phi = {like, unlike, unlike, like};
  return EamPotential(t, {"Xa", "Yb"});
}

TEST(ReferenceCrystal, SpringsRelaxToTheirLength) {
  const auto potential = springs(2.5, 2.8);
  const auto fcc = relax_crystal(potential, Structure::fcc, 0, 0);
  ASSERT_TRUE(fcc);
  EXPECT_NEAR(fcc->a, 2.5 * std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(fcc->energy, -6.0, 1e-12);
  EXPECT_NEAR(fcc->volume, std::pow(2.5, 3) / std::sqrt(2.0), 1e-5);
  const auto bcc = relax_crystal(potential, Structure::bcc, 0, 0);
  ASSERT_TRUE(bcc);
  EXPECT_NEAR(bcc->a, 2.5 / std::sqrt(0.75), 1e-6);
  EXPECT_NEAR(bcc->energy, -4.0, 1e-12);
  const auto hcp = relax_crystal(potential, Structure::hcp, 1, 1);
  ASSERT_TRUE(hcp);
  EXPECT_NEAR(hcp->c_over_a, std::sqrt(8.0 / 3.0), 1e-5);
  EXPECT_NEAR(hcp->energy, -6.0, 1e-10);
}

TEST(ReferenceCrystal, B2TakesTheUnlikePair) {
  const auto b2 = relax_crystal(springs(2.5, 2.8), Structure::b2, 0, 1);
  ASSERT_TRUE(b2);
  EXPECT_NEAR(b2->energy, -8.0, 1e-12);
}

TEST(ReferenceCrystal, OfAtomsAsLargeAsCaesiumIsFoundWithoutAGuess) {
  const auto potential = springs(5.24, 5.8);
  const auto bcc = relax_crystal(potential, Structure::bcc, 0, 0);
  ASSERT_TRUE(bcc);
  EXPECT_NEAR(bcc->a, 5.24 / std::sqrt(0.75), 1e-6);
  ASSERT_TRUE(element_volume(potential, 0));
  EXPECT_NEAR(*element_volume(potential, 0), std::pow(5.24, 3) / std::sqrt(2.0), 1e-4);
}

TEST(ReferenceCrystal, AGuessBoundsTheSearch) {
  const auto potential = springs(2.5, 2.8);
  EXPECT_TRUE(relax_crystal(potential, Structure::fcc, 0, 0, 3.6));
  EXPECT_FALSE(relax_crystal(potential, Structure::fcc, 0, 0, 2.0)) << "only repulsion in reach";
}

TEST(ReferenceCrystal, AnyRepeatOfTheCellHasTheSameEnergy) {
  const auto potential = springs(2.5, 5.5);
  const core::UnitCell one = core::fcc_cell(3.5);
  core::UnitCell two = one;
  two.cell.column[0] *= 2.0;
  for (auto& site : two.sites) site.fraction.x *= 0.5;
  for (auto site : one.sites) {
    site.fraction.x = 0.5 * site.fraction.x + 0.5;
    two.sites.push_back(site);
  }
  EXPECT_NEAR(crystal_energy(potential, one), crystal_energy(potential, two), 1e-10);
}

}  // namespace
}  // namespace vitreous::potential
