// The TOML file of a relaxation map: branches, single measurements, the modulus that turns
// viscosities into times.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/relaxation/relaxation_branch.hpp"

namespace vitreous::cli {

struct MapBranch {
  std::string name;
  std::optional<core::Measured> energy;            ///< eV, of an Arrhenius branch
  std::optional<models::RelaxationBranch> branch;  ///< none where only the energy is known
};

/// A single measured time, to be held against a branch.
struct MapPoint {
  std::string name, branch, source;
  double temperature = 0.0;  ///< K
  core::Measured log10_tau;  ///< of s
};

struct RelaxationFile {
  std::string title, source;
  std::optional<core::Measured> shear_modulus;  ///< Pa
  std::vector<MapBranch> branches;              ///< alpha, beta, fast, liquid: those there are
  std::vector<MapPoint> points;
  std::vector<std::string> notes;

  /// The line called `name`, or null.
  const models::RelaxationBranch* line(const std::string& name) const;
  const MapBranch* find(const std::string& name) const;
};

/// Sections [alpha] (B, T0 and ln_tau0 or log10_tau0: VFT), [beta], [fast], [liquid] (E and
/// ln_tau0, log10_tau0 or `through`), each with `covariance` or, in place of all, a table of
/// `times` or `viscosities` to be fitted; [[point]] (name, temperature, branch and a time);
/// `shear_modulus`, `title`, `source`. A time is `time`, `log10_time` (of s), `frequency` (of a
/// loss peak, tau = 1/(2 pi f)), `viscosity` or `log10_viscosity` (of Pa s). Values may carry
/// errors. Several files add up, a later one standing for the same section of an earlier. Throws
/// InputError that points at the line.
RelaxationFile read_relaxation_files(const std::vector<std::string>& paths);

}  // namespace vitreous::cli
