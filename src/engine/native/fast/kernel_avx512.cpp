// Compiled with AVX-512 flags: includes nothing that has inline code shared with other files, and
// nothing here runs before fast_kernel.cpp has asked the processor.
#include <immintrin.h>

#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {
namespace {

/// Table lookup: 32 floats in two registers, picked by the low five bits of each index.
template <int degree>
struct Polynomial {
  __m512 low[degree + 1], high[degree + 1];

  explicit Polynomial(const float (*c)[32]) {
    for (int k = 0; k <= degree; ++k) {
      low[k] = _mm512_load_ps(c[k]);
      high[k] = _mm512_load_ps(c[k] + 16);
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

struct Separation {
  __m512 x, y, z, r2;
};

inline __m512i load_runs(const std::int32_t* p, const Entry& e) {
  const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + e.start0));
  const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + e.start1));
  return _mm512_inserti64x4(_mm512_castsi256_si512(a), b, 1);
}

inline __m512 load_runs(const float* p, const Entry& e) {
  return _mm512_insertf32x8(_mm512_castps256_ps512(_mm256_loadu_ps(p + e.start0)),
                            _mm256_loadu_ps(p + e.start1), 1);
}

/// r_i - r_j: integer differences wrap to the nearest image.
template <bool tilted>
inline Separation separation(const Coordinates& c, const Cell& cell, __m512i xj, __m512i yj,
                             __m512i zj, std::uint32_t i) {
  const __m512 sx = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.x[i]), xj));
  const __m512 sy = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.y[i]), yj));
  const __m512 sz = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(c.z[i]), zj));
  Separation d;
  d.x = _mm512_mul_ps(sx, cell.xx);
  d.y = _mm512_mul_ps(sy, cell.yy);
  d.z = _mm512_mul_ps(sz, cell.zz);
  if constexpr (tilted) {
    d.x = _mm512_fmadd_ps(sy, cell.xy, _mm512_fmadd_ps(sz, cell.xz, d.x));
    d.y = _mm512_fmadd_ps(sz, cell.yz, d.y);
  }
  d.r2 = _mm512_fmadd_ps(d.x, d.x, _mm512_fmadd_ps(d.y, d.y, _mm512_mul_ps(d.z, d.z)));
  return d;
}

/// Adds the lower eight lanes to p[start0...] and the upper to p[start1...], in this order: the
/// runs may overlap.
inline void add_runs(float* p, const Entry& e, __m512 value) {
  _mm256_storeu_ps(p + e.start0,
                   _mm256_add_ps(_mm256_loadu_ps(p + e.start0), _mm512_castps512_ps256(value)));
  _mm256_storeu_ps(p + e.start1,
                   _mm256_add_ps(_mm256_loadu_ps(p + e.start1), _mm512_extractf32x8_ps(value, 1)));
}

struct Lookup {
  __m512i index;
  __m512 t;
};
inline Lookup look_up(__m512 r2, __m512 scale, __m512 offset) {
  const __m512 u = _mm512_fmadd_ps(scale, r2, offset);
  const __m512i bits = _mm512_castps_si512(u);
  const __m512i begin = _mm512_and_si512(bits, _mm512_set1_epi32(static_cast<int>(0xfff00000u)));
  return {_mm512_srli_epi32(bits, 20), _mm512_sub_ps(u, _mm512_castsi512_ps(begin))};
}

__attribute__((noinline)) void note_close(const Entry& e, __mmask16 close, CloseList& list) {
  for (int lane = 0; lane < 16; ++lane) {
    if (!((close >> lane) & 1)) continue;
    const int j = lane < 8 ? e.start0 + lane : e.start1 + lane - 8;
    if (list.count < list.capacity) list.pairs[list.count] = {e.i, static_cast<std::uint16_t>(j)};
    ++list.count;
  }
}

template <bool tilted, bool symmetric>
void density(const Coordinates& c, const PairTables& tables, const Entry* entries,
             const Block* blocks, std::size_t block_count, float* rho, CloseList& close_list) {
  const Cell cell(c);
  const Polynomial<rho_degree> to_i(tables.rho[0]), to_j(tables.rho[symmetric ? 0 : 1]);
  const __m512 scale = _mm512_set1_ps(tables.scale), offset = _mm512_set1_ps(tables.offset);
  const __m512 end2 = _mm512_set1_ps(tables.rho_end2), low2 = _mm512_set1_ps(tables.low2);
  alignas(64) float sums[block_atoms][16];
  for (std::size_t b = 0; b < block_count; ++b) {
    const Block block = blocks[b];
    for (auto& row : sums) _mm512_store_ps(row, _mm512_setzero_ps());
    for (std::uint32_t k = block.begin; k < block.end; ++k) {
      const Entry e = entries[k];
      const Separation d =
          separation<tilted>(c, cell, load_runs(c.x, e), load_runs(c.y, e), load_runs(c.z, e), e.i);
      __mmask16 mask = _mm512_mask_cmp_ps_mask(e.mask, d.r2, end2, _CMP_LT_OQ);
      const __mmask16 close = _mm512_mask_cmp_ps_mask(e.mask, d.r2, low2, _CMP_LT_OQ);
      if (__builtin_expect(close != 0, 0)) {
        note_close(e, close, close_list);
        mask = static_cast<__mmask16>(mask & ~close);
      }
      const Lookup at = look_up(d.r2, scale, offset);
      const __m512 rho_i = _mm512_maskz_mov_ps(mask, to_i(at.index, at.t));
      float* row = sums[e.i - block.first_atom];
      _mm512_store_ps(row, _mm512_add_ps(_mm512_load_ps(row), rho_i));
      add_runs(rho, e, symmetric ? rho_i : _mm512_maskz_mov_ps(mask, to_j(at.index, at.t)));
    }
    for (std::uint32_t k = 0; k < block_atoms; ++k)
      rho[block.first_atom + k] += _mm512_reduce_add_ps(_mm512_load_ps(sums[k]));
  }
}

struct Virial {
  __m512 xx = _mm512_setzero_ps(), yy = xx, zz = xx, xy = xx, xz = xx, yz = xx;
  void add(const Separation& d, __m512 fx, __m512 fy, __m512 fz) {
    xx = _mm512_fmadd_ps(d.x, fx, xx);
    yy = _mm512_fmadd_ps(d.y, fy, yy);
    zz = _mm512_fmadd_ps(d.z, fz, zz);
    xy = _mm512_fmadd_ps(d.x, fy, xy);
    xz = _mm512_fmadd_ps(d.x, fz, xz);
    yz = _mm512_fmadd_ps(d.y, fz, yz);
  }
  /// The loop's vectors point against the force on i: hence the sign.
  void flush(double* out) {
    const __m512 parts[6] = {xx, yy, zz, xy, xz, yz};
    for (int k = 0; k < 6; ++k) out[k] -= static_cast<double>(_mm512_reduce_add_ps(parts[k]));
    xx = yy = zz = xy = xz = yz = _mm512_setzero_ps();
  }
};

/// Accumulators of a block: minus the force on each i, one lane a partial sum. x, y and z of an
/// atom stand together: 4096 bytes apart, a load of one would wait for the store of another.
struct BlockForces {
  alignas(64) float sum[block_atoms][3][16];

  void clear() {
    for (auto& atom : sum)
      for (auto& component : atom) _mm512_store_ps(component, _mm512_setzero_ps());
  }
  void add(std::uint32_t k, __m512 fx, __m512 fy, __m512 fz) {
    auto& [x, y, z] = sum[k];
    _mm512_store_ps(x, _mm512_add_ps(_mm512_load_ps(x), fx));
    _mm512_store_ps(y, _mm512_add_ps(_mm512_load_ps(y), fy));
    _mm512_store_ps(z, _mm512_add_ps(_mm512_load_ps(z), fz));
  }
  void subtract_from(float* fx, float* fy, float* fz) const {
    for (std::uint32_t k = 0; k < block_atoms; ++k) {
      fx[k] -= _mm512_reduce_add_ps(_mm512_load_ps(sum[k][0]));
      fy[k] -= _mm512_reduce_add_ps(_mm512_load_ps(sum[k][1]));
      fz[k] -= _mm512_reduce_add_ps(_mm512_load_ps(sum[k][2]));
    }
  }
};

/// `densities`: whether the pairs also act through the densities (the near stream).
template <bool tilted, bool densities, bool symmetric, bool with_virial>
void force(const Coordinates& c, const PairTables& tables, const Entry* entries,
           const Block* blocks, std::size_t block_count, const float* slope, float* fx, float* fy,
           float* fz, double* virial) {
  const Cell cell(c);
  const Polynomial<phi_degree> phi(tables.phi_slope);
  const Polynomial<rho_degree> to_i(tables.rho_slope[0]), to_j(tables.rho_slope[symmetric ? 0 : 1]);
  const __m512 scale = _mm512_set1_ps(tables.scale), offset = _mm512_set1_ps(tables.offset);
  const __m512 phi_end2 = _mm512_set1_ps(tables.phi_end2),
               rho_end2 = _mm512_set1_ps(tables.rho_end2);
  const __m512 low2 = _mm512_set1_ps(tables.low2);
  BlockForces sums;
  Virial sum;
  for (std::size_t b = 0; b < block_count; ++b) {
    const Block block = blocks[b];
    sums.clear();
    for (std::uint32_t k = block.begin; k < block.end; ++k) {
      const Entry e = entries[k];
      const Separation d =
          separation<tilted>(c, cell, load_runs(c.x, e), load_runs(c.y, e), load_runs(c.z, e), e.i);
      const Lookup at = look_up(d.r2, scale, offset);
      __mmask16 mask = e.mask;
      if constexpr (densities) {
        const __mmask16 close = _mm512_mask_cmp_ps_mask(mask, d.r2, low2, _CMP_LT_OQ);
        mask = static_cast<__mmask16>(mask & ~close);
      }
      const __mmask16 phi_mask = _mm512_mask_cmp_ps_mask(mask, d.r2, phi_end2, _CMP_LT_OQ);
      __m512 g = _mm512_maskz_mov_ps(phi_mask, phi(at.index, at.t));
      if constexpr (densities) {
        const __mmask16 rho_mask = _mm512_mask_cmp_ps_mask(mask, d.r2, rho_end2, _CMP_LT_OQ);
        const __m512 slope_i = _mm512_set1_ps(slope[e.i]), slope_j = load_runs(slope, e);
        if constexpr (symmetric) {
          g = _mm512_mask3_fmadd_ps(_mm512_add_ps(slope_i, slope_j), to_i(at.index, at.t), g,
                                    rho_mask);
        } else {
          g = _mm512_mask3_fmadd_ps(slope_i, to_i(at.index, at.t), g, rho_mask);
          g = _mm512_mask3_fmadd_ps(slope_j, to_j(at.index, at.t), g, rho_mask);
        }
      }
      const __m512 gx = _mm512_mul_ps(g, d.x), gy = _mm512_mul_ps(g, d.y),
                   gz = _mm512_mul_ps(g, d.z);
      sums.add(e.i - block.first_atom, gx, gy, gz);
      add_runs(fx, e, gx);
      add_runs(fy, e, gy);
      add_runs(fz, e, gz);
      if constexpr (with_virial) sum.add(d, gx, gy, gz);
    }
    sums.subtract_from(fx + block.first_atom, fy + block.first_atom, fz + block.first_atom);
    if constexpr (with_virial) sum.flush(virial);
  }
}

bool is_tilted(const Coordinates& c) {
  return c.cell[3] != 0.0f || c.cell[4] != 0.0f || c.cell[5] != 0.0f;
}

void any_density(const Coordinates& c, const PairTables& t, const Entry* e, const Block* b,
                 std::size_t n, float* rho, CloseList& close) {
  if (is_tilted(c))
    t.symmetric ? density<true, true>(c, t, e, b, n, rho, close)
                : density<true, false>(c, t, e, b, n, rho, close);
  else
    t.symmetric ? density<false, true>(c, t, e, b, n, rho, close)
                : density<false, false>(c, t, e, b, n, rho, close);
}

template <bool tilted, bool densities, bool symmetric>
void force_for(const Coordinates& c, const PairTables& t, const Entry* e, const Block* b,
               std::size_t n, const float* slope, float* fx, float* fy, float* fz, double* virial) {
  if (virial)
    force<tilted, densities, symmetric, true>(c, t, e, b, n, slope, fx, fy, fz, virial);
  else
    force<tilted, densities, symmetric, false>(c, t, e, b, n, slope, fx, fy, fz, virial);
}

void any_near_force(const Coordinates& c, const PairTables& t, const Entry* e, const Block* b,
                    std::size_t n, const float* slope, float* fx, float* fy, float* fz,
                    double* virial) {
  if (is_tilted(c))
    t.symmetric ? force_for<true, true, true>(c, t, e, b, n, slope, fx, fy, fz, virial)
                : force_for<true, true, false>(c, t, e, b, n, slope, fx, fy, fz, virial);
  else
    t.symmetric ? force_for<false, true, true>(c, t, e, b, n, slope, fx, fy, fz, virial)
                : force_for<false, true, false>(c, t, e, b, n, slope, fx, fy, fz, virial);
}

void any_far_force(const Coordinates& c, const PairTables& t, const Entry* e, const Block* b,
                   std::size_t n, float* fx, float* fy, float* fz, double* virial) {
  if (is_tilted(c))
    force_for<true, false, true>(c, t, e, b, n, nullptr, fx, fy, fz, virial);
  else
    force_for<false, false, true>(c, t, e, b, n, nullptr, fx, fy, fz, virial);
}

void find(const Coordinates& c, std::uint32_t i, const Group* groups, std::size_t count,
          float reach2, float near2, std::uint16_t* hits, std::uint16_t* near_hits) {
  const Cell cell(c);
  const __m512 reach = _mm512_set1_ps(reach2), near = _mm512_set1_ps(near2);
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t j = groups[k].begin;
    const auto lanes = static_cast<__mmask16>((1u << groups[k].count) - 1u);
    const Separation d =
        separation<true>(c, cell, _mm512_loadu_si512(c.x + j), _mm512_loadu_si512(c.y + j),
                         _mm512_loadu_si512(c.z + j), i);
    hits[k] = _mm512_mask_cmp_ps_mask(lanes, d.r2, reach, _CMP_LT_OQ);
    near_hits[k] = _mm512_mask_cmp_ps_mask(lanes, d.r2, near, _CMP_LT_OQ);
  }
}

}  // namespace

extern const Kernel avx512_loops;
const Kernel avx512_loops = {"AVX-512", any_density, any_near_force, any_far_force, find};

}  // namespace vitreous::engine::fast
