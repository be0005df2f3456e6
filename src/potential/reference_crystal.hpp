// Lattice constant and energy of the crystals that a potential is known by: lattice sums,
// minimized.
#pragma once

#include <optional>
#include <string>

#include "core/crystal.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::potential {

/// What the neighbors of one site add up to.
struct SiteSums {
  double density = 0.0;      ///< in the potential's own units
  double pair_energy = 0.0;  ///< eV, each bond whole
};
/// Over every neighbor within the cutoff in the infinite crystal of this cell; the sites' species
/// index the potential's.
SiteSums site_sums(const EamPotential& potential, const core::UnitCell& cell, std::size_t site);

/// Energy per atom (eV) of the infinite crystal of this cell.
double crystal_energy(const EamPotential& potential, const core::UnitCell& cell);

enum class Structure { fcc, bcc, hcp, b2 };
std::string to_text(Structure structure);
/// The structure that a source calls "fcc", "bcc", "hcp"; empty for any other word.
std::optional<Structure> structure_named(const std::string& name);

struct RelaxedCrystal {
  Structure structure = Structure::fcc;
  double a = 0.0;         ///< A
  double c_over_a = 1.0;  ///< relaxed too; 1 for cubic structures
  double energy = 0.0;    ///< eV/atom, at zero temperature and pressure
  double volume = 0.0;    ///< A^3/atom
};

/// Where a crystal's nearest neighbors are looked for without a guess, A: those of caesium, the
/// largest atoms, stand 5.2 A apart.
inline constexpr double closest_contact = 1.8, farthest_contact = 6.0;

/// The crystal of least energy. With a guess of its lattice constant (A): the minimum nearest to
/// it, between 0.7 and 1.4 times. Without (0): the lowest with nearest neighbors between those
/// distances. `first` (and `second` for B2) are species of the potential. Minima behind a repulsion
/// that undoes the binding do not count: tables end there. Empty where no minimum is left.
std::optional<RelaxedCrystal> relax_crystal(const EamPotential& potential, Structure structure,
                                            std::size_t first, std::size_t second,
                                            double a_guess = 0.0);

/// Volume per atom (A^3) of an element's crystal: of fcc, or of bcc where fcc is none; close-packed
/// and body-centered crystals of an element differ by few per cent. Empty where neither is.
std::optional<double> element_volume(const EamPotential& potential, std::size_t element);

}  // namespace vitreous::potential
