// Crystals by their neighbor shells, density and stacking.
#include "core/crystal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/error.hpp"

namespace vitreous::core {
namespace {

/// Number of neighbors of atom `i` by distance (rounded to 1e-6), over the 27 nearest images.
std::map<long, int> shells(const Crystal& crystal, std::size_t i, double cutoff) {
  std::map<long, int> count;
  for (std::size_t j = 0; j < crystal.atoms.size(); ++j)
    for (int x = -1; x <= 1; ++x)
      for (int y = -1; y <= 1; ++y)
        for (int z = -1; z <= 1; ++z) {
          const double r = math::norm(crystal.atoms.position[j] - crystal.atoms.position[i] +
                                      crystal.box.translation(x, y, z));
          if (r > 1e-9 && r < cutoff) ++count[std::lround(r * 1e6)];
        }
  return count;
}

const std::vector<Species> copper = {{"Cu", 63.546}};

TEST(Crystal, FccHasTwelveAndSixNeighborsAroundEveryAtom) {
  const double a = 3.6;
  const Crystal c = supercell(fcc_cell(a), copper, 3, 2, 2);
  ASSERT_EQ(c.atoms.size(), 48u);
  EXPECT_NEAR(c.box.volume(), 12 * a * a * a, 1e-9);
  for (std::size_t i = 0; i < c.atoms.size(); ++i) {
    const std::map<long, int> expected = {{std::lround(a / std::sqrt(2.0) * 1e6), 12},
                                          {std::lround(a * 1e6), 6}};
    EXPECT_EQ(shells(c, i, 1.1 * a), expected);
  }
}

TEST(Crystal, BccHasEightAndSix) {
  const double a = 3.0;
  const Crystal c = supercell(bcc_cell(a), copper, 2, 2, 2);
  const std::map<long, int> expected = {{std::lround(a * std::sqrt(0.75) * 1e6), 8},
                                        {std::lround(a * 1e6), 6}};
  EXPECT_EQ(shells(c, 5, 1.1 * a), expected);
}

TEST(Crystal, IdealHcpHasTwelveNeighborsAndFccDensity) {
  const double a = 2.5, ca = std::sqrt(8.0 / 3.0);
  const Crystal c = supercell(hcp_cell(a, ca * a), copper, 3, 2, 2);
  for (std::size_t i = 0; i < c.atoms.size(); ++i) {
    const auto s = shells(c, i, 1.35 * a);
    ASSERT_EQ(s.size(), 1u);
    EXPECT_EQ(s.begin()->first, std::lround(a * 1e6));
    EXPECT_EQ(s.begin()->second, 12);
  }
  // Stacking ABAB: two third neighbors straight above and below at c, absent in fcc.
  EXPECT_EQ(shells(c, 0, 1.64 * a).at(std::lround(ca * a * 1e6)), 2);
  EXPECT_NEAR(c.box.volume() / static_cast<double>(c.atoms.size()), a * a * a / std::sqrt(2.0),
              1e-9);
}

TEST(Crystal, B2SurroundsEachSpeciesWithTheOther) {
  const Crystal c = supercell(b2_cell(3.2), {{"Cu", 63.5}, {"Zr", 91.2}}, 2, 3, 2);
  EXPECT_EQ(c.atoms.count(0), 12u);
  EXPECT_EQ(c.atoms.count(1), 12u);
  for (std::size_t i = 0; i < c.atoms.size(); ++i)
    for (std::size_t j = 0; j < c.atoms.size(); ++j) {
      const double r = math::norm(c.box.nearest_image(c.atoms.position[j] - c.atoms.position[i]));
      if (i != j && r < 3.0) {
        EXPECT_NE(c.atoms.species[i], c.atoms.species[j]);
      }
    }
}

TEST(Crystal, RefusesNoCellsAndUnknownSpecies) {
  EXPECT_THROW(supercell(fcc_cell(3.6), copper, 0, 1, 1), base::InputError);
  EXPECT_THROW(supercell(b2_cell(3.6), copper, 1, 1, 1), base::InputError);
}

}  // namespace
}  // namespace vitreous::core
