// Loops and sums over atoms in fixed pieces: the same bits for any number of threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "base/parallel.hpp"

namespace vitreous::core {

/// A piece is large enough that handing it to a thread costs little; how many there are depends on
/// the number of atoms alone.
inline constexpr std::size_t atoms_per_piece = 2048;

inline std::size_t atom_pieces(std::size_t atoms) {
  return (atoms + atoms_per_piece - 1) / atoms_per_piece;
}

/// Calls work(range) for every piece of the atoms.
template <class Work>
void for_atoms(std::size_t atoms, const Work& work) {
  const std::size_t pieces = atom_pieces(atoms);
  if (pieces == 1) return work(base::Range{0, atoms});
  base::for_each_piece(pieces,
                       [&](std::size_t piece) { work(base::piece_range(atoms, pieces, piece)); });
}

/// Whether holds(range) is true of every piece.
template <class Holds>
bool all_atoms(std::size_t atoms, const Holds& holds) {
  const std::size_t pieces = atom_pieces(atoms);
  if (pieces == 1) return holds(base::Range{0, atoms});
  std::atomic<bool> all{true};
  base::for_each_piece(pieces, [&](std::size_t piece) {
    if (!holds(base::piece_range(atoms, pieces, piece)))
      all.store(false, std::memory_order_relaxed);
  });
  return all;
}

/// The sum of term(range) over the pieces, in their order.
template <class Term>
double sum_atoms(std::size_t atoms, const Term& term) {
  const std::size_t pieces = atom_pieces(atoms);
  std::vector<double> part(pieces, 0.0);
  if (pieces == 1)
    part[0] = term(base::Range{0, atoms});
  else
    base::for_each_piece(pieces, [&](std::size_t piece) {
      part[piece] = term(base::piece_range(atoms, pieces, piece));
    });
  double sum = 0.0;
  for (const double value : part) sum += value;
  return sum;
}

}  // namespace vitreous::core
