// Perfect crystals: unit cells of common structures, and supercells of them as box and atoms.
#pragma once

#include <cstdint>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::core {

/// A cell (edges as columns, A) and what stands in it, in fractions of the edges.
struct UnitCell {
  struct Site {
    Vec3 fraction;
    std::int32_t species = 0;
  };
  Mat3 cell;
  std::vector<Site> sites;
};

/// Face-centered cubic, 4 atoms.
UnitCell fcc_cell(double a);
/// Body-centered cubic, 2 atoms.
UnitCell bcc_cell(double a);
/// Hexagonal close-packed in its orthogonal cell a, sqrt(3) a, c: 4 atoms.
UnitCell hcp_cell(double a, double c);
/// B2 (CsCl): species 0 at the corner, species 1 in the center.
UnitCell b2_cell(double a);

/// A box with its atoms at rest, ids from 1.
struct Crystal {
  Box box;
  Atoms atoms;
};

/// nx x ny x nz copies of a cell; throws InputError where a count is below 1 or a site's species
/// is not among `kinds`.
Crystal supercell(const UnitCell& cell, const std::vector<Species>& kinds, int nx, int ny, int nz);

}  // namespace vitreous::core
