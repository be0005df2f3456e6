#include "core/atoms.hpp"

#include <gtest/gtest.h>

#include "base/constants.hpp"

namespace vitreous::core {
namespace {

Atoms two_atoms() {
  Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
  atoms.resize(2);
  atoms.species = {0, 1};
  atoms.velocity.set(0, {1, 2, 3});
  atoms.velocity.set(1, {-4, 0, 1});
  return atoms;
}

TEST(KineticEnergy, IsHalfMassTimesVelocitySquaredInElectronvolts) {
  const Atoms atoms = two_atoms();
  const double joule = 0.5 * base::atomic_mass_kg * 1e4 * (63.546 * 14 + 91.224 * 17);
  EXPECT_NEAR(kinetic_energy(atoms), joule / base::elementary_charge_C, 1e-15);
}

TEST(Temperature, CountsThreeDegreesOfFreedomLessForTheCenterOfMass) {
  const Atoms atoms = two_atoms();
  EXPECT_NEAR(temperature(atoms), 2 * kinetic_energy(atoms) / (3 * base::boltzmann), 1e-9);
}

TEST(RemoveDrift, LeavesNoMomentumAndNoRelativeChange) {
  Atoms atoms = two_atoms();
  const math::Vec3 before = atoms.velocity[0] - atoms.velocity[1];
  remove_drift(atoms);
  const math::Vec3 momentum = atoms.velocity[0] * 63.546 + atoms.velocity[1] * 91.224;
  EXPECT_NEAR(math::norm(momentum), 0.0, 1e-12);
  EXPECT_NEAR(math::norm(atoms.velocity[0] - atoms.velocity[1] - before), 0.0, 1e-14);
}

}  // namespace
}  // namespace vitreous::core
