// The minimum below a configuration, with what each atom's energy is there.
#pragma once

#include <memory>
#include <vector>

#include "core/archive.hpp"
#include "engine/forces.hpp"

namespace vitreous::analysis {

struct InherentStructure {
  core::Box box;
  core::Atoms atoms;           ///< at rest
  std::vector<double> energy;  ///< of each atom, eV
  bool converged = false;      ///< no component of any force is above the tolerance

  void transfer(core::Archive& archive);
};

/// One that is kept for several uses.
using SharedStructure = std::shared_ptr<const InherentStructure>;
void transfer_structure(core::Archive& archive, SharedStructure& structure);

/// To a force tolerance (eV/A); see engine::minimize.
InherentStructure find_inherent_structure(engine::Forces& forces, const core::Box& box,
                                          const core::Atoms& atoms, double force_tolerance);

/// The one that it becomes where the box is strained into another: a barostat may have changed it
/// meanwhile.
SharedStructure in_box(engine::Forces& forces, const SharedStructure& structure,
                       const core::Box& box, double force_tolerance);

/// What each atom of a configuration has of its energy (eV).
std::vector<double> energies_of_atoms(engine::Forces& forces, const core::Box& box,
                                      const core::Atoms& atoms);

}  // namespace vitreous::analysis
