// Coordination numbers: how many atoms stand within the first minimum of g(r) of an atom, each pair
// of kinds with a minimum of its own.
#pragma once

#include <string>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "core/declaration.hpp"

namespace vitreous::analysis {

/// How near (A) neighbors of each pair of kinds are.
struct PairCutoffs {
  std::size_t kinds = 0;
  std::vector<double> values;  ///< [a][b >= a]; 0 where there are no such pairs

  /// The option `cutoff`.
  static core::OptionDeclaration option();
  /// One cutoff for all pairs, or one each as rdf lists them; empty where none is given. Throws
  /// InputError for another number of them, or one that is not above zero.
  static PairCutoffs from(const core::Options& options, const std::vector<core::Species>& kinds);
  /// The first minima of g(r) of one configuration. Throws RunError where a pair is too rare for
  /// its minimum to be seen.
  static PairCutoffs first_minima(const core::Box& box, const core::Atoms& atoms);

  bool empty() const { return values.empty(); }
  double of(std::size_t a, std::size_t b) const;
  double longest() const;
  /// "Cu-Cu 3.5, Cu-Zr 3.9, Zr-Zr 4.3 A".
  std::string text(const std::vector<core::Species>& kinds) const;
};

/// Of every atom, periodic images counted, in any periodic box; over the cores.
std::vector<int> coordination_numbers(const core::Box& box, const core::Atoms& atoms,
                                      const PairCutoffs& cutoffs);

}  // namespace vitreous::analysis
