// Do the fast forces that a run takes stay within 2e-5 of the reference, for every potential there
// is? All EAM models of Debian's openkim-models, all their species and each alone, by every kernel
// of this processor, in crystals that the program's own trial does not use. Prints how many models
// each kernel takes and the worst of them, and the errors for three alloys of the papers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../tests/engine/eam_systems.hpp"
#include "base/error.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/fast/kernel_choice.hpp"
#include "engine/native/reference_forces.hpp"
#include "engine/native/trial_crystals.hpp"
#include "potential/reference_crystal.hpp"

namespace vitreous::engine {
namespace {

using testing::disordered;
using testing::System;
using testing::tables_of;
using Species = std::vector<std::string>;

struct Difference {
  double force = 0.0;     ///< root mean square, relative
  double pressure = 0.0;  ///< eV/A^3
};

Difference from_the_reference(Forces& forces, const System& system) {
  ForceResult found, exact;
  forces.evaluate(system.box, system.atoms, {.virial = true}, found);
  ReferenceForces(potential::EamPotential(tables_of(system.model), system.species))
      .evaluate(system.box, system.atoms, {.virial = true}, exact);
  return {
      relative_error(found, exact),
      std::abs(math::trace(found.virial) - math::trace(exact.virial)) / 3.0 / system.box.volume()};
}

std::vector<const fast::Kernel*> kernels_of_this_processor() {
  std::vector<const fast::Kernel*> kernels;
  for (const fast::Kernel* kernel : fast::all_kernels())
    if (fast::objection_to_processor(*kernel).empty()) kernels.push_back(kernel);
  return kernels;
}

/// Nothing where the kernel is refused.
std::unique_ptr<Forces> forces_by(const fast::Kernel& kernel, const std::string& model,
                                  const Species& species) {
  try {
    return choose_forces(potential::EamPotential(tables_of(model), species), "auto", kernel.name);
  } catch (const base::InputError&) {
    return nullptr;
  }
}

/// Edge of a bcc cell (A) 2 % denser than the mean crystal of the species that have one; 0 where
/// none has.
double lattice_constant(const potential::EamPotential& potential) {
  double sum = 0.0;
  int elements = 0;
  for (std::size_t k = 0; k < potential.species_count(); ++k)
    if (const auto volume = potential::element_volume(potential, k)) sum += *volume, ++elements;
  return elements == 0 ? 0.0 : std::cbrt(2.0 * 0.98 * sum / elements);
}

/// All elements of a model, and each alone.
std::vector<Species> alloys_of(const std::string& model) {
  Species all;
  for (const auto& element : tables_of(model).elements) all.push_back(element.name);
  std::vector<Species> alloys = {all};
  if (all.size() > 1)
    for (const std::string& element : all) alloys.push_back({element});
  return alloys;
}

/// What a kernel made of all alloys.
struct Tally {
  int models = 0, models_taken = 0, alloys = 0, alloys_taken = 0, crystals = 0, missed = 0;
  double worst = 0.0;  ///< of those within the bound
};

void compare_in_crystals(Forces& forces, const std::string& model, const Species& species,
                         Tally& tally) {
  const double a = lattice_constant(potential::EamPotential(tables_of(model), species));
  if (a == 0.0) return;
  for (const double displacement : {0.03, 0.05, 0.08, 0.2, 0.3}) {
    const System system = disordered(model, model, species, a, 7, displacement);
    const double error = from_the_reference(forces, system).force;
    ++tally.crystals;
    if (error < 2e-5) {
      tally.worst = std::max(tally.worst, error);
    } else {
      ++tally.missed;
      fmt::print("{} of {}, atoms moved by {} A: {:.1e}\n", fmt::join(species, "-"), model,
                 displacement, error);
    }
  }
}

/// Some potentials end with a step in the force, of 2e-3 eV/A for Ni of Foiles 1986. Single
/// precision does not tell on which side a pair within 2e-7 A of it stands, so that one crystal in
/// some hundreds may miss the bound.
TEST(FastForces, KeepTwoPartsIn100000InEveryAlloyThatAKernelTakes) {
  for (const fast::Kernel* kernel : kernels_of_this_processor()) {
    Tally tally;
    for (const std::string& name : io::list_kim_models({})) {
      const auto alloys = alloys_of("kim:" + name);
      for (const Species& species : alloys) {
        const auto forces = forces_by(*kernel, "kim:" + name, species);
        const bool is_whole = species == alloys.front();
        ++tally.alloys, tally.models += is_whole;
        if (!forces) continue;
        ++tally.alloys_taken, tally.models_taken += is_whole;
        compare_in_crystals(*forces, "kim:" + name, species, tally);
      }
    }
    EXPECT_LT(tally.missed, 0.005 * tally.crystals) << kernel->name;
    fmt::print(
        "{}: {} of {} models, {} of {} with each element alone; {} of {} crystals missed, "
        "the others within {:.1e}\n",
        kernel->name, tally.models_taken, tally.models, tally.alloys_taken, tally.alloys,
        tally.missed, tally.crystals, tally.worst);
  }
}

TEST(FastForces, AgreeWithTheReferenceInAlloysOfThePapers) {
  constexpr double bar = 6.241509e-7;  // eV/A^3
  for (const fast::Kernel* kernel : kernels_of_this_processor())
    for (const auto& [model, species, a] :
         {std::tuple{"kim:MO_600021860456_005", Species{"Cu", "Zr"}, 3.25},
          std::tuple{"kim:MO_338600200739_000", Species{"Al", "Sm"}, 3.6},
          std::tuple{"kim:MO_149104665840_005", Species{"Ni", "Zr"}, 3.2},
          std::tuple{"kim:MO_137572817842_000", Species{"Al", "Mn", "Pd"}, 3.1}}) {
      const auto forces = forces_by(*kernel, model, species);
      fmt::print("{} {}:", kernel->name, fmt::join(species, "-"));
      double pressure = 0.0;
      for (const double displacement : {0.02, 0.08, 0.2, 0.3}) {
        if (!forces) continue;
        const auto difference =
            from_the_reference(*forces, disordered("table", model, species, a, 9, displacement));
        EXPECT_LT(difference.force, 2e-5) << model;
        EXPECT_LT(difference.pressure, 10.0 * bar) << model;
        pressure = std::max(pressure, difference.pressure);
        fmt::print(" {:.1e}", difference.force);
      }
      fmt::print("{}\n", forces ? fmt::format(", {:.2f} bar", pressure / bar) : " refused");
    }
}

}  // namespace
}  // namespace vitreous::engine
