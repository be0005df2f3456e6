#include "engine/native/choose_forces.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "eam_systems.hpp"
#include "engine/native/fast/kernel_choice.hpp"
#include "engine/native/reference_forces.hpp"
#include "engine/native/trial_crystals.hpp"

namespace vitreous::engine {
namespace {

TEST(ForcesMaker, MakesTheSameForcesEveryTime) {
  const auto system =
      testing::disordered("glass", "kim:MO_600021860456_005", {"Cu", "Zr"}, 3.25, 6, 0.08);
  const potential::EamPotential potential(testing::tables_of(system.model), system.species);
  for (const std::string precision : {"auto", "double"}) {
    const ForcesMaker make = choose_forces_maker(potential, precision);
    const auto one = make(), other = make();
    EXPECT_EQ(one->description(), other->description());
    ForceResult of_one, of_other;
    one->evaluate(system.box, system.atoms, {}, of_one);
    other->evaluate(system.box, system.atoms, {}, of_other);
    EXPECT_EQ(of_one.force.x, of_other.force.x);
  }
}

/// Alloys whose tables in registers err by 1e-4 or more of the forces in a cold crystal, though
/// by little between any two atoms: Ag of Adams 1989, Al of Mendelev 2008, Zr of Mendelev 2007, and
/// copper alone in the tables for Cu-Zr.
const std::vector<testing::System>& cold_crystals() {
  static const auto made = [] {
    std::vector<testing::System> all;
    for (const auto& [model, species, a] : {std::tuple{"kim:MO_681640899874_000", "Ag", 3.25},
                                            std::tuple{"kim:MO_106969701023_005", "Al", 3.24},
                                            std::tuple{"kim:MO_537826574817_000", "Zr", 3.58},
                                            std::tuple{"kim:MO_600021860456_005", "Cu", 2.87}})
      all.push_back(testing::disordered("cold", model, {species}, a, 7, 0.04));
    return all;
  }();
  return made;
}

TEST(ChosenForces, AreWithinTwoPartsIn100000OfTheReferenceInColdCrystals) {
  for (const testing::System& system : cold_crystals()) {
    const potential::EamPotential potential(testing::tables_of(system.model), system.species);
    const auto chosen = choose_forces(potential, "auto");
    ForceResult found, exact;
    chosen->evaluate(system.box, system.atoms, {}, found);
    ReferenceForces(potential).evaluate(system.box, system.atoms, {}, exact);
    EXPECT_LT(relative_error(found, exact), 2e-5) << system.model;
    EXPECT_EQ(chosen->description().find("reference"), std::string::npos) << system.model;
  }
}

TEST(ChosenForces, OfRegistersAreRefusedWhereTheyMissThat) {
  const fast::Kernel& registers = *fast::all_kernels().front();
  if (registers.tables != fast::TableForm::registers || !objection_to_processor(registers).empty())
    GTEST_SKIP() << "this processor has no AVX-512";
  for (const testing::System& system : cold_crystals()) {
    const potential::EamPotential potential(testing::tables_of(system.model), system.species);
    const auto tables = fast::fit_tables(potential, registers.tables);
    EXPECT_EQ(fast::objection_to_tables(potential, tables), "") << system.model;
    EXPECT_NE(objection_to_forces(potential, registers, tables), "") << system.model;
    EXPECT_THROW(choose_forces(potential, "auto", registers.name), base::InputError);
  }
}

}  // namespace
}  // namespace vitreous::engine
