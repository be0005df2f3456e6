#include "analysis/bond_order.hpp"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "analysis/bond_order_parameters.hpp"
#include "interrupted_run.hpp"
#include "neighbor/voronoi.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;
using math::Vec3;

std::vector<Bond> bonds_to(const std::vector<Vec3>& neighbors) {
  std::vector<Bond> bonds;
  for (const Vec3& r : neighbors) bonds.push_back({r, 1.0});
  return bonds;
}

/// All permutations and signs of one neighbor of a cubic shell.
std::vector<Vec3> cubic_shell(double a, double b, double c) {
  std::vector<Vec3> all;
  std::array<double, 3> r{a, b, c};
  std::sort(r.begin(), r.end());
  do {
    for (int signs = 0; signs < 8; ++signs) {
      const Vec3 v{signs & 1 ? -r[0] : r[0], signs & 2 ? -r[1] : r[1], signs & 4 ? -r[2] : r[2]};
      if (std::find(all.begin(), all.end(), v) == all.end()) all.push_back(v);
    }
  } while (std::next_permutation(r.begin(), r.end()));
  return all;
}

std::vector<Vec3> hexagonal_close_packed() {
  std::vector<Vec3> all;
  for (int k = 0; k < 6; ++k) {
    const double angle = k * std::numbers::pi / 3;
    all.push_back({std::cos(angle), std::sin(angle), 0});
  }
  const double across = 1 / std::sqrt(3.0), up = std::sqrt(2.0 / 3.0);
  for (int k = 0; k < 3; ++k) {
    const double angle = std::numbers::pi / 6 + k * 2 * std::numbers::pi / 3;
    for (const double z : {up, -up})
      all.push_back({across * std::cos(angle), across * std::sin(angle), z});
  }
  return all;
}

std::vector<Vec3> icosahedron() {
  std::vector<Vec3> all;
  for (const double s : {-1.0, 1.0})
    for (const double g : {-std::numbers::phi, std::numbers::phi}) {
      all.push_back({0, s, g});
      all.push_back({s, g, 0});
      all.push_back({g, 0, s});
    }
  return all;
}

std::vector<Vec3> joined(std::vector<Vec3> a, const std::vector<Vec3>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

struct Shell {
  std::string name;
  std::vector<Vec3> neighbors;
  double q4, q6, w4, w6;
};

// Steinhardt, Nelson and Ronchetti (1983), with more digits.
const std::vector<Shell>& shells() {
  static const std::vector<Shell> all = {
      {"fcc, 12", cubic_shell(1, 1, 0), 0.190941, 0.574524, -0.15931737, -0.01316060},
      {"hcp, 12", hexagonal_close_packed(), 0.097222, 0.484762, 0.13409705, -0.01244196},
      {"bcc, 8", cubic_shell(1, 1, 1), 0.509175, 0.628539, -0.15931737, 0.01316060},
      {"bcc, 14", joined(cubic_shell(1, 1, 1), cubic_shell(2, 0, 0)), 0.036370, 0.510688,
       0.15931737, 0.01316060},
      {"sc, 6", cubic_shell(1, 0, 0), 0.763763, 0.353553, 0.15931737, 0.01316060}};
  return all;
}

TEST(BondOrderParameters, OfCrystalsAreTheKnownOnes) {
  for (const Shell& shell : shells()) {
    const auto four = BondOrderParameters(4).of(bonds_to(shell.neighbors));
    const auto six = BondOrderParameters(6).of(bonds_to(shell.neighbors));
    ASSERT_TRUE(four && six) << shell.name;
    EXPECT_NEAR(four->q, shell.q4, 6e-7) << shell.name;
    EXPECT_NEAR(six->q, shell.q6, 6e-7) << shell.name;
    EXPECT_NEAR(*four->w_hat, shell.w4, 6e-9) << shell.name;
    EXPECT_NEAR(*six->w_hat, shell.w6, 6e-9) << shell.name;
  }
}

TEST(BondOrderParameters, OfAnIcosahedronAreOfSixthDegreeAlone) {
  const auto six = BondOrderParameters(6).of(bonds_to(icosahedron()));
  EXPECT_NEAR(six->q, 0.663325, 6e-7);
  EXPECT_NEAR(*six->w_hat, -0.16975389, 6e-9);
  const auto four = BondOrderParameters(4).of(bonds_to(icosahedron()));
  EXPECT_NEAR(four->q, 0.0, 1e-14);
  EXPECT_FALSE(four->w_hat);
}

TEST(BondOrderParameters, DoNotChangeUnderRotation) {
  base::RandomStream random(64, "rotation");
  std::vector<Bond> bonds;
  for (int k = 0; k < 13; ++k)
    bonds.push_back({{random.normal(), random.normal(), random.normal()}, random.uniform()});
  for (const int l : {4, 6}) {
    const BondOrderParameters parameters(l);
    const auto before = parameters.of(bonds);
    for (int turn = 0; turn < 20; ++turn) {
      const Eigen::Quaterniond by =
          Eigen::Quaterniond(random.normal(), random.normal(), random.normal(), random.normal())
              .normalized();
      auto turned = bonds;
      for (Bond& bond : turned) {
        const Eigen::Vector3d r =
            by * Eigen::Vector3d(bond.separation.x, bond.separation.y, bond.separation.z);
        bond.separation = Vec3{r.x(), r.y(), r.z()} * (0.5 + random.uniform());
      }
      const auto after = parameters.of(turned);
      EXPECT_NEAR(after->q, before->q, 1e-12);
      EXPECT_NEAR(*after->w_hat, *before->w_hat, 1e-12);
    }
  }
}

TEST(BondOrderParameters, CountANeighborByItsWeight) {
  // Thrice as heavy is three times there; without weight is not there.
  auto bonds = bonds_to(hexagonal_close_packed());
  bonds[2].weight = 3.0;
  bonds.push_back({{0.3, 0.4, 0.5}, 0.0});
  auto repeated = bonds_to(hexagonal_close_packed());
  repeated.push_back(repeated[2]);
  repeated.push_back(repeated[2]);
  const BondOrderParameters six(6);
  EXPECT_NEAR(six.of(bonds)->q, six.of(repeated)->q, 1e-14);
  EXPECT_NEAR(*six.of(bonds)->w_hat, *six.of(repeated)->w_hat, 1e-14);
  EXPECT_FALSE(six.of({bonds[0]}));
}

TEST(BondOrderObserver, OfAWarmFaceCenteredCrystalHasItsTwelveNeighborsOnceSmallFacesAreLeftOut) {
  World world = crystal_world(core::fcc_cell(3.6), 4);
  const World sites = world;
  base::RandomStream random(65, "warm crystal");
  ObserverSet set(world.setting(400), {{"bond_order", {}}});
  drive(set, world, 400, [&](std::int64_t) { shake(world, sites, random, 0.01); });
  const auto result = set.result();
  EXPECT_NEAR(quantity_of(result, "q6").measured->value, 0.5745, 0.002);
  EXPECT_NEAR(quantity_of(result, "w6").measured->value, -0.01316, 2e-4);
  EXPECT_NEAR(quantity_of(result, "w6_by_area").measured->value, -0.0132, 3e-4);
  EXPECT_NEAR(quantity_of(result, "q6_by_area").measured->value, 0.574, 0.004);
}

TEST(BondOrderObserver, EqualsTheNaiveCountOverFrames) {
  World world = crystal_world(core::b2_cell(3.2), 4);
  const World sites = world;
  base::RandomStream random(66, "hot crystal");
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s < 12; ++s) steps.push_back(s);
  ObserverSet set(world.setting(11, steps), {{"bond_order", {}}});
  double sum = 0.0, between = 0.0, atoms = 0.0;
  for (const auto step : steps) {
    shake(world, sites, random, 0.5);
    set.take(world.frame(step));
    std::vector<double> w6(world.atoms.size());
    neighbor::for_each_voronoi_cell(
        world.box, world.atoms, [&](std::size_t i, const std::vector<neighbor::VoronoiFace>& f) {
          double surface = 0.0;
          for (const auto& face : f) surface += face.area;
          std::vector<Vec3> near;
          for (const auto& face : f)
            if (face.area >= 0.01 * surface) near.push_back(face.separation);
          w6[i] = *BondOrderParameters(6).of(bonds_to(near))->w_hat;
        });
    for (std::size_t i = 0; i < w6.size(); ++i) {
      if (world.atoms.species[i] != 1) continue;
      atoms += 1.0;
      sum += w6[i];
      between += w6[i] >= -0.035 && w6[i] < -0.028;
    }
  }
  const auto result = set.result();
  EXPECT_NEAR(quantity_of(result, "w6.Zr").measured->value, sum / atoms, 1e-14);
  EXPECT_GT(quantity_of(result, "w6.Zr").measured->standard_error, 0.0);
  const auto table = table_of(result, "bond_order");
  const auto species = words(table, "species"), parameter = words(table, "parameter");
  const auto value = numbers(table, "value"), density = numbers(table, "density");
  double whole = 0.0, found = -1.0;
  for (std::size_t row = 0; row < value.size(); ++row) {
    if (species[row] != "Zr" || parameter[row] != "w6") continue;
    whole += density[row] * 0.007;
    if (std::abs(value[row] + 0.0315) < 1e-9) found = density[row] * 0.007;
  }
  EXPECT_NEAR(whole, 1.0, 1e-12);
  ASSERT_GT(between, 10.0);
  EXPECT_NEAR(found, between / atoms, 1e-12);
}

TEST(BondOrderObserver, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"bond_order", {}}});
}

TEST(BondOrderObserver, SaysHowManyFramesAreMissing) {
  World world(20, 20);
  ObserverSet set(world.setting(800), {{"bond_order", {}}});
  drive(set, world, 300, [](std::int64_t) {});
  EXPECT_EQ(quantity_of(set.result(), "q6.Cu").reason, "4 frames, 8 needed for an error");
}

}  // namespace
}  // namespace vitreous::analysis
