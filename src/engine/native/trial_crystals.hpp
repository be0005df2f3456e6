// A trial of the fast forces before a run takes them: against the reference, in small crystals.
#pragma once

#include <string>

#include "engine/forces.hpp"
#include "engine/native/fast/fast_tables.hpp"
#include "potential/eam_potential.hpp"

namespace vitreous::engine {

/// Root mean square of the difference, relative to that of the exact forces.
double relative_error(const ForceResult& found, const ForceResult& exact);

/// Compares forces by this kernel and these tables with the double-precision reference's in fcc and
/// bcc crystals of some 250 atoms: the potential's species in random order, at the mean volume of
/// their own crystals and at 1.04 times that, all atoms moved at random by 0.03, 0.08 and 0.2 A
/// along each axis, as in copper at 40 and 300 K and in a liquid. Tells where they differ by more
/// than 2e-5 of their root mean square; "" where they do nowhere, or where no species has a crystal
/// (potential::element_volume). Always the same answer, in less than a tenth of a second.
///
/// It is for tables in registers: objection_to_tables, which bounds the error of a pair, does not
/// see how small forces are in a cold solid, where those of all neighbors nearly cancel. Rows have
/// a bound so low that hardly any crystal misses but where a pair stands within 2e-7 A of a step in
/// the force, which may happen to any kernel: single precision does not tell on which side it is.
std::string objection_to_forces(const potential::EamPotential& potential,
                                const fast::Kernel& kernel, const fast::FastTables& tables);

}  // namespace vitreous::engine
