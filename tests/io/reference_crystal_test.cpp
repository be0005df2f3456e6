// Static values of published potentials, computed with LAMMPS (metal units, box relaxed).
#include "potential/reference_crystal.hpp"

#include <gtest/gtest.h>

#include "io/potential_source.hpp"

namespace vitreous::io {
namespace {

using potential::EamPotential;
using potential::relax_crystal;
using potential::Structure;

struct Known {
  const char* model;
  std::vector<std::string> elements;
  Structure structure;
  double a, energy;         ///< A, eV/atom
  double a_error, e_error;  ///< half of the last digit that LAMMPS' value was noted with
};

class KnownCrystal : public testing::TestWithParam<Known> {};

TEST_P(KnownCrystal, HasTheLatticeConstantAndEnergyOfLammps) {
  const Known& known = GetParam();
  const EamPotential p(read_potential(known.model), known.elements);
  const auto crystal = relax_crystal(p, known.structure, 0, known.elements.size() - 1);
  ASSERT_TRUE(crystal);
  EXPECT_NEAR(crystal->a, known.a, known.a_error);
  EXPECT_NEAR(crystal->energy, known.energy, known.e_error);
}

INSTANTIATE_TEST_SUITE_P(
    Published, KnownCrystal,
    testing::Values(
        Known{"kim:MO_600021860456_005", {"Cu"}, Structure::fcc, 3.639085, -3.283116, 6e-7, 6e-7},
        Known{
            "kim:MO_600021860456_005", {"Cu", "Zr"}, Structure::b2, 3.22857, -5.02623, 6e-6, 6e-6},
        Known{
            "kim:MO_120596890176_005", {"Zr", "Cu"}, Structure::b2, 3.23693, -5.01532, 6e-6, 6e-6},
        Known{
            "kim:MO_097471813275_000", {"Cu", "Zr"}, Structure::b2, 3.22222, -5.07504, 6e-6, 6e-6},
        Known{"kim:MO_338600200739_000", {"Al"}, Structure::fcc, 4.040926, -3.905149, 6e-7, 6e-7}));

}  // namespace
}  // namespace vitreous::io
