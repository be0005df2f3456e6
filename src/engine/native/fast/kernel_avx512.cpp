// Compiled with AVX-512 flags: includes nothing that has inline code shared with other files, and
// nothing here runs before kernel_choice.cpp has asked the processor.
#include <immintrin.h>

#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {
namespace {

/// Table lookup: 32 floats in two registers, picked by the low five bits of each index.
template <int degree>
struct Polynomial {
  __m512 low[degree + 1], high[degree + 1];

  Polynomial(const float (*c)[32], float factor) {
    for (int k = 0; k <= degree; ++k) {
      low[k] = _mm512_mul_ps(_mm512_set1_ps(factor), _mm512_load_ps(c[k]));
      high[k] = _mm512_mul_ps(_mm512_set1_ps(factor), _mm512_load_ps(c[k] + 16));
    }
  }
  __m512 operator()(__m512i index, __m512 t) const {
    __m512 value = _mm512_permutex2var_ps(low[degree], index, high[degree]);
#pragma GCC unroll 8
    for (int k = degree - 1; k >= 0; --k)
      value = _mm512_fmadd_ps(value, t, _mm512_permutex2var_ps(low[k], index, high[k]));
    return value;
  }
};

/// In a cube separations stay fractions of its edge, and three products fewer are needed for each.
enum class Shape { cube, orthogonal, tilted };

Shape shape_of(const Coordinates& c) {
  if (c.cell[3] != 0.0f || c.cell[4] != 0.0f || c.cell[5] != 0.0f) return Shape::tilted;
  return c.cell[0] == c.cell[1] && c.cell[0] == c.cell[2] ? Shape::cube : Shape::orthogonal;
}

/// What separations are multiples of (A).
template <Shape shape>
float length_unit(const Coordinates& c) {
  return shape == Shape::cube ? c.cell[0] : 1.0f;
}

struct Cell {
  __m512 xx, yy, zz, xy, xz, yz;
  explicit Cell(const Coordinates& c)
      : xx(_mm512_set1_ps(c.cell[0])),
        yy(_mm512_set1_ps(c.cell[1])),
        zz(_mm512_set1_ps(c.cell[2])),
        xy(_mm512_set1_ps(c.cell[3])),
        xz(_mm512_set1_ps(c.cell[4])),
        yz(_mm512_set1_ps(c.cell[5])) {}
};

/// The coordinates' arrays, from a part's first partner on. As a local: the compiler then knows
/// that no store changes the pointers.
struct Pointers {
  const std::int32_t *x, *y, *z;
  Pointers(const Coordinates& c, const Part& part)
      : x(c.x + part.first_partner), y(c.y + part.first_partner), z(c.z + part.first_partner) {}
};

/// The first atom of a part's block, counted like its partners.
std::ptrdiff_t block_of(const Part& part) {
  return static_cast<std::ptrdiff_t>(part.first_atom) -
         static_cast<std::ptrdiff_t>(part.first_partner);
}

struct Separation {
  __m512 x, y, z, r2;
};

/// Eight values from start0 on and eight from start1 on. The second load is a masked broadcast: an
/// insert would take the port that the table lookups need.
inline __m512i load_runs(const std::int32_t* p, const Entry& e) {
  const __m512i first =
      _mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + e.start0)));
  return _mm512_mask_broadcast_i64x4(
      first, 0xf0, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + e.start1)));
}

inline __m512 load_runs(const float* p, const Entry& e) {
  const __m512 first = _mm512_castps256_ps512(_mm256_loadu_ps(p + e.start0));
  return _mm512_mask_broadcast_f32x8(first, 0xff00, _mm256_loadu_ps(p + e.start1));
}

/// r_i - r_j in length units: integer differences wrap to the nearest image.
template <Shape shape>
inline Separation separation(const Pointers& c, const Cell& cell, std::ptrdiff_t i,
                             const Entry& e) {
  __m512 dx = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.x[i]), load_runs(c.x, e)));
  __m512 dy = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.y[i]), load_runs(c.y, e)));
  __m512 dz = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.z[i]), load_runs(c.z, e)));
  if constexpr (shape != Shape::cube) dx = _mm512_mul_ps(dx, cell.xx);
  if constexpr (shape == Shape::tilted)
    dx = _mm512_fmadd_ps(dy, cell.xy, _mm512_fmadd_ps(dz, cell.xz, dx));
  if constexpr (shape != Shape::cube) dy = _mm512_mul_ps(dy, cell.yy);
  if constexpr (shape == Shape::tilted) dy = _mm512_fmadd_ps(dz, cell.yz, dy);
  if constexpr (shape != Shape::cube) dz = _mm512_mul_ps(dz, cell.zz);
  const __m512 r2 = _mm512_fmadd_ps(dx, dx, _mm512_fmadd_ps(dy, dy, _mm512_mul_ps(dz, dz)));
  return {dx, dy, dz, r2};
}

/// Adds the lower eight lanes to p[start0...] and the upper to p[start1...], in this order: the
/// runs may overlap.
inline void add_runs(float* p, const Entry& e, __m512 value) {
  _mm256_storeu_ps(p + e.start0,
                   _mm256_add_ps(_mm256_loadu_ps(p + e.start0), _mm512_castps512_ps256(value)));
  _mm256_storeu_ps(p + e.start1,
                   _mm256_add_ps(_mm256_loadu_ps(p + e.start1), _mm512_extractf32x8_ps(value, 1)));
}

/// The same with a product, whose first factor is given as its halves.
inline void add_product(float* p, const Entry& e, __m256 a0, __m256 a1, __m512 b) {
  _mm256_storeu_ps(p + e.start0,
                   _mm256_fmadd_ps(a0, _mm512_castps512_ps256(b), _mm256_loadu_ps(p + e.start0)));
  _mm256_storeu_ps(p + e.start1, _mm256_fmadd_ps(a1, _mm512_extractf32x8_ps(b, 1),
                                                 _mm256_loadu_ps(p + e.start1)));
}

/// The segment that u = offset + scale r^2 lies on, and how far from the beginning of its cell.
struct Lookup {
  __m512i index;
  __m512 t;
};
struct Segments {
  __m512 scale, offset;
  __m512i low, high;  ///< moves of the edges

  Segments(const PairTables& tables, float unit2)
      : scale(_mm512_set1_ps(tables.scale * unit2)),
        offset(_mm512_set1_ps(tables.offset)),
        low(_mm512_load_si512(tables.registers.move)),
        high(_mm512_load_si512(tables.registers.move + 16)) {}

  Lookup operator()(__m512 r2) const {
    const __m512 u = _mm512_fmadd_ps(scale, r2, offset);
    const __m512i bits = _mm512_castps_si512(u);
    const __m512i move = _mm512_permutex2var_epi32(low, _mm512_srli_epi32(bits, 20), high);
    const __m512i moved = _mm512_add_epi32(bits, move);
    const __m512i begin = _mm512_and_si512(moved, _mm512_set1_epi32(static_cast<int>(0xfff00000u)));
    return {_mm512_srli_epi32(moved, 20), _mm512_sub_ps(u, _mm512_castsi512_ps(begin))};
  }
};

__attribute__((noinline)) void note_close(const Part& part, const Entry& e, __mmask16 close,
                                          CloseList& list) {
  for (std::uint32_t lane = 0; lane < 16; ++lane) {
    if (!((close >> lane) & 1)) continue;
    const std::uint32_t j = lane < 8 ? e.start0 + lane : e.start1 + lane - 8;
    if (list.count < list.capacity)
      list.pairs[list.count] = {part.first_atom + e.i, part.first_partner + j};
    ++list.count;
  }
}

/// The sums of sixteen rows, one a lane: each step adds neighboring halves.
inline __m512 sum_rows(const float* first, std::size_t stride) {
  __m512 four[4];
  for (int q = 0; q < 4; ++q) {
    const float* row = first + static_cast<std::size_t>(4 * q) * stride;
    const __m512 a = _mm512_load_ps(row), b = _mm512_load_ps(row + stride),
                 c = _mm512_load_ps(row + 2 * stride), d = _mm512_load_ps(row + 3 * stride);
    const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
    const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
    four[q] = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xee));
  }
  // Each quarter of four[q] now holds partial sums of rows 4q ... 4q + 3.
  const __m512 low = _mm512_add_ps(_mm512_shuffle_f32x4(four[0], four[1], 0x88),
                                   _mm512_shuffle_f32x4(four[0], four[1], 0xdd));
  const __m512 high = _mm512_add_ps(_mm512_shuffle_f32x4(four[2], four[3], 0x88),
                                    _mm512_shuffle_f32x4(four[2], four[3], 0xdd));
  return _mm512_add_ps(_mm512_shuffle_f32x4(low, high, 0x88),
                       _mm512_shuffle_f32x4(low, high, 0xdd));
}

/// Sums of a block's atoms: each has `components` rows of sixteen partial sums, next to each other
/// (a page apart, a load of one would wait for the store of another).
template <int components>
struct BlockSums {
  alignas(64) float row[block_atoms][components][16];

  BlockSums() {
    for (auto& atom : row)
      for (auto& component : atom) _mm512_store_ps(component, _mm512_setzero_ps());
  }
  void add(std::uint32_t atom, int component, __m512 value) {
    float* at = row[atom][component];
    _mm512_store_ps(at, _mm512_add_ps(_mm512_load_ps(at), value));
  }
  void add_product(std::uint32_t atom, int component, __m512 a, __m512 b) {
    float* at = row[atom][component];
    _mm512_store_ps(at, _mm512_fmadd_ps(a, b, _mm512_load_ps(at)));
  }
  /// Adds the sums times `sign` to out[0 ... block_atoms).
  void flush(int component, float sign, float* out) const {
    for (std::uint32_t atom = 0; atom < block_atoms; atom += 16) {
      const __m512 sum = sum_rows(row[atom][component], components * 16);
      _mm512_storeu_ps(out + atom,
                       _mm512_fmadd_ps(_mm512_set1_ps(sign), sum, _mm512_loadu_ps(out + atom)));
    }
  }
};

template <Shape shape, bool symmetric>
void add_density(const Coordinates& c, const Part& part, BlockSums<1>& sums, float* rho,
                 CloseList& close_list) {
  const PairTables& tables = *part.tables;
  const Cell cell(c);
  const float unit = length_unit<shape>(c), unit2 = unit * unit;
  const Polynomial<rho_degree> to_i(tables.registers.rho[0], 1.0f),
      to_j(tables.registers.rho[symmetric ? 0 : 1], 1.0f);
  const Segments segments(tables, unit2);
  const __m512 end2 = _mm512_set1_ps(tables.rho_end2 / unit2),
               low2 = _mm512_set1_ps(tables.low2 / unit2);
  const Pointers from(c, part);
  const std::ptrdiff_t block = block_of(part);
  rho += part.first_partner;
  for (const Entry* entry = part.begin; entry != part.end; ++entry) {
    const Entry e = *entry;
    const Separation d = separation<shape>(from, cell, block + e.i, e);
    __mmask16 mask = _mm512_mask_cmp_ps_mask(e.mask, d.r2, end2, _CMP_LT_OQ);
    const __mmask16 close = _mm512_mask_cmp_ps_mask(e.mask, d.r2, low2, _CMP_LT_OQ);
    if (__builtin_expect(close != 0, 0)) {
      note_close(part, e, close, close_list);
      mask = static_cast<__mmask16>(mask & ~close);
    }
    const Lookup at = segments(d.r2);
    const __m512 rho_i = _mm512_maskz_mov_ps(mask, to_i(at.index, at.t));
    sums.add(e.i, 0, rho_i);
    add_runs(rho, e, symmetric ? rho_i : _mm512_maskz_mov_ps(mask, to_j(at.index, at.t)));
  }
}

struct Virial {
  __m512 xx = _mm512_setzero_ps(), yy = xx, zz = xx, xy = xx, xz = xx, yz = xx;
  void add(const Separation& d, __m512 g) {
    const __m512 fx = _mm512_mul_ps(g, d.x), fy = _mm512_mul_ps(g, d.y), fz = _mm512_mul_ps(g, d.z);
    xx = _mm512_fmadd_ps(d.x, fx, xx);
    yy = _mm512_fmadd_ps(d.y, fy, yy);
    zz = _mm512_fmadd_ps(d.z, fz, zz);
    xy = _mm512_fmadd_ps(d.x, fy, xy);
    xz = _mm512_fmadd_ps(d.x, fz, xz);
    yz = _mm512_fmadd_ps(d.y, fz, yz);
  }
  /// The loop's vectors point against the force on i: hence the sign.
  void flush(float unit, double* out) {
    const __m512 parts[6] = {xx, yy, zz, xy, xz, yz};
    for (int k = 0; k < 6; ++k)
      out[k] -= static_cast<double>(unit) * static_cast<double>(_mm512_reduce_add_ps(parts[k]));
    xx = yy = zz = xy = xz = yz = _mm512_setzero_ps();
  }
};

/// `densities`: whether the pairs also act through the densities (the near parts). The sums are
/// minus the force on each i.
template <Shape shape, bool densities, bool symmetric, bool with_virial>
void add_force(const Coordinates& c, const Part& part, const float* slope, BlockSums<3>& sums,
               float* fx, float* fy, float* fz, double* virial) {
  const PairTables& tables = *part.tables;
  const Cell cell(c);
  // The functions take over the unit of the separation that they are multiplied with.
  const float unit = length_unit<shape>(c), unit2 = unit * unit;
  const Polynomial<phi_degree> phi(tables.registers.phi_slope, unit);
  const Polynomial<rho_degree> to_i(tables.registers.rho_slope[0], unit),
      to_j(tables.registers.rho_slope[symmetric ? 0 : 1], unit);
  const Segments segments(tables, unit2);
  const __m512 phi_end2 = _mm512_set1_ps(tables.phi_end2 / unit2),
               rho_end2 = _mm512_set1_ps(tables.rho_end2 / unit2),
               low2 = _mm512_set1_ps(tables.low2 / unit2);
  const Pointers from(c, part);
  const std::ptrdiff_t block = block_of(part);
  slope += part.first_partner;
  fx += part.first_partner, fy += part.first_partner, fz += part.first_partner;
  Virial sum;
  for (const Entry* entry = part.begin; entry != part.end; ++entry) {
    const Entry e = *entry;
    const Separation d = separation<shape>(from, cell, block + e.i, e);
    const Lookup at = segments(d.r2);
    __mmask16 mask = e.mask;
    if constexpr (densities) mask = _mm512_mask_cmp_ps_mask(mask, d.r2, low2, _CMP_GE_OQ);
    const __mmask16 phi_mask = _mm512_mask_cmp_ps_mask(mask, d.r2, phi_end2, _CMP_LT_OQ);
    __m512 g = _mm512_maskz_mov_ps(phi_mask, phi(at.index, at.t));
    if constexpr (densities) {
      const __mmask16 rho_mask = _mm512_mask_cmp_ps_mask(mask, d.r2, rho_end2, _CMP_LT_OQ);
      const __m512 slope_i = _mm512_set1_ps(slope[block + e.i]), slope_j = load_runs(slope, e);
      if constexpr (symmetric) {
        g = _mm512_mask3_fmadd_ps(_mm512_add_ps(slope_i, slope_j), to_i(at.index, at.t), g,
                                  rho_mask);
      } else {
        g = _mm512_mask3_fmadd_ps(slope_i, to_i(at.index, at.t), g, rho_mask);
        g = _mm512_mask3_fmadd_ps(slope_j, to_j(at.index, at.t), g, rho_mask);
      }
    }
    sums.add_product(e.i, 0, g, d.x);
    sums.add_product(e.i, 1, g, d.y);
    sums.add_product(e.i, 2, g, d.z);
    const __m256 g0 = _mm512_castps512_ps256(g), g1 = _mm512_extractf32x8_ps(g, 1);
    add_product(fx, e, g0, g1, d.x);
    add_product(fy, e, g0, g1, d.y);
    add_product(fz, e, g0, g1, d.z);
    if constexpr (with_virial) sum.add(d, g);
  }
  if constexpr (with_virial) sum.flush(unit, virial);
}

template <Shape shape>
void density_of_block(const Coordinates& c, const Part* near, std::size_t parts, float* rho,
                      CloseList& close) {
  BlockSums<1> sums;
  for (std::size_t k = 0; k < parts; ++k)
    if (near[k].tables->symmetric)
      add_density<shape, true>(c, near[k], sums, rho, close);
    else
      add_density<shape, false>(c, near[k], sums, rho, close);
  sums.flush(0, 1.0f, rho + near->first_atom);
}

template <Shape shape, bool with_virial>
void force_of_block(const Coordinates& c, const Part* near, const Part* far, std::size_t parts,
                    const float* slope, float* fx, float* fy, float* fz, double* virial) {
  BlockSums<3> sums;
  for (std::size_t k = 0; k < parts; ++k) {
    if (near[k].tables->symmetric)
      add_force<shape, true, true, with_virial>(c, near[k], slope, sums, fx, fy, fz, virial);
    else
      add_force<shape, true, false, with_virial>(c, near[k], slope, sums, fx, fy, fz, virial);
    add_force<shape, false, true, with_virial>(c, far[k], slope, sums, fx, fy, fz, virial);
  }
  sums.flush(0, -1.0f, fx + near->first_atom);
  sums.flush(1, -1.0f, fy + near->first_atom);
  sums.flush(2, -1.0f, fz + near->first_atom);
}

void density(const Coordinates& c, const Part* near, std::size_t parts, float* rho,
             CloseList& close) {
  constexpr decltype(&density_of_block<Shape::cube>) of_shape[] = {
      density_of_block<Shape::cube>, density_of_block<Shape::orthogonal>,
      density_of_block<Shape::tilted>};
  of_shape[static_cast<int>(shape_of(c))](c, near, parts, rho, close);
}

template <bool with_virial>
void force_of_shape(const Coordinates& c, const Part* near, const Part* far, std::size_t parts,
                    const float* slope, float* fx, float* fy, float* fz, double* virial) {
  constexpr decltype(&force_of_block<Shape::cube, with_virial>) of_shape[] = {
      force_of_block<Shape::cube, with_virial>, force_of_block<Shape::orthogonal, with_virial>,
      force_of_block<Shape::tilted, with_virial>};
  of_shape[static_cast<int>(shape_of(c))](c, near, far, parts, slope, fx, fy, fz, virial);
}

void force(const Coordinates& c, const Part* near, const Part* far, std::size_t parts,
           const float* slope, float* fx, float* fy, float* fz, double* virial) {
  (virial ? force_of_shape<true> : force_of_shape<false>)(c, near, far, parts, slope, fx, fy, fz,
                                                          virial);
}

template <Shape shape>
void find_in(const Coordinates& c, const Part& part, float reach2, float near2, std::uint16_t* hits,
             std::uint16_t* near_hits) {
  const Cell cell(c);
  const float unit = length_unit<shape>(c), unit2 = unit * unit;
  const __m512 reach = _mm512_set1_ps(reach2 / unit2), near = _mm512_set1_ps(near2 / unit2);
  const Pointers from(c, part);
  const std::ptrdiff_t block = block_of(part);
  const auto count = static_cast<std::size_t>(part.end - part.begin);
  for (std::size_t k = 0; k < count; ++k) {
    const Entry e = part.begin[k];
    const Separation d = separation<shape>(from, cell, block + e.i, e);
    hits[k] = _mm512_mask_cmp_ps_mask(e.mask, d.r2, reach, _CMP_LT_OQ);
    near_hits[k] = _mm512_mask_cmp_ps_mask(e.mask, d.r2, near, _CMP_LT_OQ);
  }
}

void find(const Coordinates& c, const Part& part, float reach2, float near2, std::uint16_t* hits,
          std::uint16_t* near_hits) {
  constexpr decltype(&find_in<Shape::cube>) of_shape[] = {
      find_in<Shape::cube>, find_in<Shape::orthogonal>, find_in<Shape::tilted>};
  of_shape[static_cast<int>(shape_of(c))](c, part, reach2, near2, hits, near_hits);
}

}  // namespace

extern const Kernel avx512_loops;
const Kernel avx512_loops = {"AVX-512", TableForm::registers, density, force, find};

}  // namespace vitreous::engine::fast
