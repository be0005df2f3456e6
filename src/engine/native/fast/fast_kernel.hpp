// The inner loops of the fast forces as plain functions on plain arrays: one set for each
// instruction set, chosen at run time. No inline code here: what a wider instruction set compiles
// must not leak into the rest of the program.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitreous::engine::fast {

/// Sixteen lanes of one atom's neighbors: two runs of eight consecutive atoms, and which are meant.
/// So that 16 bits do in a box of any size, places are counted from two atoms that many entries
/// share.
struct Entry {
  std::uint16_t start0, start1;  ///< from the first partner
  std::uint16_t mask;
  std::uint16_t i;  ///< from the first atom of a block
};

/// Atoms i are taken in blocks of so many consecutive ones, whose sums are kept in the nearest
/// cache.
inline constexpr std::uint32_t block_atoms = 64;

/// What a kernel looks functions up in: 32 segments that vector registers hold, or rows in memory.
enum class TableForm { registers, rows };

/// Coefficients of 32 segments, [power][segment in the order in which a kernel looks them up].
/// The bits of u name a cell; plus that cell's move, they name the segment:
/// cell = (bits of u >> 20) & 31, segment = ((bits of u + move[cell]) >> 20) & 31.
inline constexpr int phi_degree = 5, rho_degree = 4;
struct RegisterTables {
  alignas(64) std::uint32_t move[32];
  alignas(64) float phi_slope[phi_degree + 1][32];     ///< (dphi/dr)/r, eV/A^2
  alignas(64) float rho[2][rho_degree + 1][32];        ///< [0]: j -> i, [1]: i -> j
  alignas(64) float rho_slope[2][rho_degree + 1][32];  ///< (drho/dr)/r
};

/// Cubics of many segments: a row of four coefficients each, at
/// row = (bits of u >> (23 - bits)) & (4 octaves 2^bits - 1). Or, where the functions are too rough
/// for that, the intervals between the knots of the potential's own tables: u = scale r, and
/// row = floor(u).
inline constexpr int row_degree = 3;
struct RowTables {
  bool on_knots;
  int bits;                ///< of the mantissa that tell segments of an octave apart
  std::uint32_t last_row;  ///< the begin of the last row, in floats; of octaves also their mask
  const float *phi_slope, *rho[2], *rho_slope[2];
};

/// The functions of a pair of species, in the form that the kernel at hand takes.
struct PairTables {
  float scale, offset;       ///< u = scale r^2 + offset; on knots u = scale r
  float low2;                ///< closer pairs are left to the double-precision path (A^2)
  float phi_end2, rho_end2;  ///< where the functions end (A^2)
  bool symmetric;            ///< rho_ab = rho_ba: [0] serves both
  RowTables rows;
  RegisterTables registers;
};

/// Atoms in list order. Positions are fractions of the box edges in units of 2^-32: they wrap by
/// themselves.
struct Coordinates {
  const std::int32_t* x;
  const std::int32_t* y;
  const std::int32_t* z;
  float cell[6];  ///< xx, yy, zz, xy, xz, yz of the lower-triangular cell, times 2^-32
};

/// A pair that lies below the tables.
struct ClosePair {
  std::uint32_t i, j;
};
/// Close pairs found by a loop; `count` may exceed `capacity`, which says how much room was needed.
struct CloseList {
  ClosePair* pairs;
  std::size_t capacity;
  std::size_t count;
};

/// The entries of a block's atoms with partners of one class: consecutive atoms of one species.
struct Part {
  std::uint32_t first_atom, first_partner;  ///< what entries count from, in list order
  std::uint32_t partner_kind;
  const Entry *begin, *end;
  const PairTables* tables;
};

struct Kernel {
  const char* name;
  TableForm tables;
  /// rho_i and rho_j of every pair of the near parts of a block, of which there is at least one,
  /// added to `density`. Pairs below the tables are left out and noted.
  void (*density)(const Coordinates&, const Part* near, std::size_t parts, float* density,
                  CloseList&);
  /// Forces (eV/A) of a block, added to fx, fy, fz: of its near parts the whole, of its far parts
  /// that of phi alone. Pairs below the tables are left out. `virial`, where not null, gains
  /// sum d (x) f in the order xx, yy, zz, xy, xz, yz.
  void (*force)(const Coordinates&, const Part* near, const Part* far, std::size_t parts,
                const float* embedding_slope, float* fx, float* fy, float* fz, double* virial);
  /// Of the lanes that each entry means, those within `reach2` and within `near2` (A^2) of its atom
  /// i: bits of `hits` and `near_hits`. Takes no tables.
  void (*find)(const Coordinates&, const Part&, float reach2, float near2, std::uint16_t* hits,
               std::uint16_t* near_hits);
};

}  // namespace vitreous::engine::fast
