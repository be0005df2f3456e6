// The tables of an embedded-atom potential as a file or a KIM model gives them: plain data.
#pragma once

#include <string>
#include <vector>

namespace vitreous::potential {

/// One element's line of a setfl file.
struct EamElement {
  std::string name;
  int atomic_number = 0;
  double mass = 0.0;              ///< amu
  double lattice_constant = 0.0;  ///< A; 0 where the source does not say
  std::string lattice;            ///< fcc, bcc, hcp, ...; "" where the source does not say
};

/// General Finnis-Sinclair form (Finnis and Sinclair 1984; Daw and Baskes 1984):
///   E = sum_i F_i(rho_i) + sum_{i<j} phi_ij(r_ij),  rho_i = sum_j rho_{j->i}(r_ij).
/// Radial tables hold `r_points` values at r = k dr, embedding tables `rho_points` values at rho =
/// k drho.
struct EamTables {
  std::string name;                   ///< as the user named it: a path or a KIM model
  std::string format;                 ///< "eam.alloy", "eam.fs" or "kim"
  std::vector<std::string> comments;  ///< the source's own description and citation
  std::vector<EamElement> elements;

  std::size_t rho_points = 0, r_points = 0;
  double drho = 0.0, dr = 0.0;
  double cutoff = 0.0;  ///< A

  std::vector<std::vector<double>> embedding;  ///< [element], eV
  /// [source * elements + site]: the density that an atom `source` puts at the place of an atom
  /// `site`.
  std::vector<std::vector<double>> density;
  /// [a * elements + b] = r phi_ab(r), eV A; symmetric.
  std::vector<std::vector<double>> r_phi;

  /// Index of an element by name; throws InputError that lists the elements there are.
  std::size_t element(const std::string& symbol) const;
};

}  // namespace vitreous::potential
