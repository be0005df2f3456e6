// The loops of the fast forces over tables in memory, written once for vectors of any width.
// kernel_avx2.cpp and kernel_portable.cpp compile them, each for its own instruction set: hence the
// unnamed namespace, and no inline code that is shared with other files.
//
// Of each pair of an entry, with d = r_i - r_j:
//
//   densities   rho_i += rho_{j->i}(r)            rho_j += rho_{i->j}(r)
//   forces      g = phi'/r + F'_i rho'_{j->i}/r + F'_j rho'_{i->j}/r
//               f_i   -= g d                      f_j   += g d
//
// Functions are cubics in t on segments of u = scale r^2 + offset: of the bits of u as a float the
// high ones number the segment, and what is left of u after them is t. Rough functions have their
// segments between the knots of the potential's own tables, u = scale r: the cubics are then those
// that define the potential. A segment's four coefficients lie side by side, a row; the rows of a
// vector's lanes are loaded and transposed.
//
// Vectors are the compiler's own (GCC and Clang: vector_size). An entry's sixteen lanes are taken
// as slices of one vector each; a slice never crosses from one run of eight atoms to the other.
#pragma once

#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {
namespace {

/// `Isa` is an instruction set: its vectors, and what the compiler's vectors cannot say.
template <class Isa>
struct RowLoops {
  static constexpr int width = Isa::width, slices = 16 / width;
  static_assert(width == 4 || width == 8);
  using Float = typename Isa::Float;
  using Int = typename Isa::Int;  ///< also a mask: 0 or -1 a lane
  typedef std::uint32_t Word __attribute__((vector_size(4 * width)));  // wraps around
  typedef float Quad __attribute__((vector_size(16)));

  static Float all(float value) { return value - Float{}; }

  template <class V, class T>
  static V load(const T* from) {
    V value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
  }
  static void store(float* to, Float value) { __builtin_memcpy(to, &value, sizeof value); }
  static void add(float* to, Float value) { store(to, load<Float>(to) + value); }
  /// a b + c, fused where the instruction set can.
  static Float fma(Float a, Float b, Float c) { return Isa::multiply_add(a, b, c); }

  static void add_product(float* to, Float a, Float b) { store(to, fma(a, b, load<Float>(to))); }

  static Float where(Int mask, Float value) { return (Float)((Int)value & mask); }

  static Int lanes_of(std::uint32_t bits) {
    Int lane;
    for (int k = 0; k < width; ++k) lane[k] = 1 << k;
    return (lane & static_cast<std::int32_t>(bits)) == lane;
  }

  /// Lanes s width ... of an entry: consecutive atoms, and which of them are meant.
  struct Slice {
    std::uint32_t start, mask;
    Slice(const Entry& e, int s) {
      const int lane = s * width;
      start = static_cast<std::uint32_t>(lane < 8 ? e.start0 + lane : e.start1 + lane - 8);
      mask = (static_cast<std::uint32_t>(e.mask) >> lane) & ((1u << width) - 1u);
    }
  };

  struct Separation {
    Float x, y, z, r2;
  };

  /// The coordinates' arrays from a part's first partner on.
  static Coordinates from_partner(Coordinates c, const Part& part) {
    c.x += part.first_partner, c.y += part.first_partner, c.z += part.first_partner;
    return c;
  }
  /// The first atom of a part's block, counted like its partners.
  static std::ptrdiff_t block_of(const Part& part) {
    return static_cast<std::ptrdiff_t>(part.first_atom) -
           static_cast<std::ptrdiff_t>(part.first_partner);
  }

  /// r_i - r_j for consecutive atoms j: integer differences wrap to the nearest image.
  template <bool tilted>
  static Separation separation(const Coordinates& c, std::ptrdiff_t i, std::uint32_t j) {
    const auto difference = [i, j](const std::int32_t* p) {
      const Word d = static_cast<std::uint32_t>(p[i]) - load<Word>(p + j);
      return __builtin_convertvector((Int)d, Float);
    };
    const Float sx = difference(c.x), sy = difference(c.y), sz = difference(c.z);
    Separation d{sx * c.cell[0], sy * c.cell[1], sz * c.cell[2], {}};
    if constexpr (tilted) {
      d.x = fma(sy, all(c.cell[3]), fma(sz, all(c.cell[4]), d.x));
      d.y = fma(sz, all(c.cell[5]), d.y);
    }
    d.r2 = fma(d.x, d.x, fma(d.y, d.y, d.z * d.z));
    return d;
  }

  /// Where in the rows each lane looks, and how far into its segment it lies.
  struct Place {
    alignas(4 * width) std::uint32_t row[width];  ///< in floats
    Float t;

    /// Out of a vector of eight, two come cheaper than one (of x86: the first is the lower half).
    std::uint64_t row_of(int lane) const {
      if constexpr (width == 4) return row[lane];
      std::uint64_t two;
      __builtin_memcpy(&two, row + (lane & ~1), sizeof two);
      return lane % 2 == 0 ? two & 0xffffffffu : two >> 32;
    }
  };
  /// From r^2 to the place in rows by octaves.
  struct OctaveMap {
    Float scale, offset;
    Word last_row, begin_of_segment;  ///< masks of bits
    int shift;

    explicit OctaveMap(const PairTables& tables)
        : scale(all(tables.scale)),
          offset(all(tables.offset)),
          last_row(Word{} + tables.rows.last_row) {
      const int below = 23 - tables.rows.bits;  // bits of the mantissa that lie within a segment
      begin_of_segment = Word{} + (~0u << below);
      shift = below - 2;
    }
    Place operator()(Float r2) const {
      const Float u = fma(scale, r2, offset);
      const Word bits = (Word)u, row = (bits >> shift) & last_row;
      Place place;
      __builtin_memcpy(place.row, &row, sizeof row);
      place.t = u - (Float)(bits & begin_of_segment);
      return place;
    }
  };
  /// The same in rows on knots. The last one holds zeros.
  struct KnotMap {
    Float scale, last;

    explicit KnotMap(const PairTables& tables)
        : scale(all(tables.scale)), last(all(static_cast<float>(tables.rows.last_row / 4))) {}
    Place operator()(Float r2) const {
      const Float beyond = Isa::square_root(r2) * scale;
      const Float u = beyond < last ? beyond : last;  // also where it is not a number
      const Int knot = __builtin_convertvector(u, Int), row = knot << 2;
      Place place;
      __builtin_memcpy(place.row, &row, sizeof row);
      place.t = u - __builtin_convertvector(knot, Float);
      return place;
    }
  };

  /// Cubics of each lane's own segment: rows of four coefficients are loaded and transposed.
  static Float cubic(const float* rows, const Place& place) {
    const auto row = [&](int lane) { return load<Quad>(rows + place.row_of(lane)); };
    Float a, b, c, d;  // a: rows 0 and 4, b: 1 and 5, ...
    if constexpr (width == 8) {
      const auto two_rows = [&](int lane) {
        return __builtin_shufflevector(row(lane), row(lane + 4), 0, 1, 2, 3, 4, 5, 6, 7);
      };
      a = two_rows(0), b = two_rows(1), c = two_rows(2), d = two_rows(3);
    } else {
      a = row(0), b = row(1), c = row(2), d = row(3);
    }
    const Float ab01 = low_pairs(a, b), ab23 = high_pairs(a, b);
    const Float cd01 = low_pairs(c, d), cd23 = high_pairs(c, d);
    const Float c0 = low_halves(ab01, cd01), c1 = high_halves(ab01, cd01);
    const Float c2 = low_halves(ab23, cd23), c3 = high_halves(ab23, cd23);
    return fma(fma(fma(c3, place.t, c2), place.t, c1), place.t, c0);
  }
  /// Within each four lanes: a0 b0 a1 b1.
  static Float low_pairs(Float a, Float b) {
    if constexpr (width == 8)
      return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
    else
      return __builtin_shufflevector(a, b, 0, 4, 1, 5);
  }
  /// a2 b2 a3 b3.
  static Float high_pairs(Float a, Float b) {
    if constexpr (width == 8)
      return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
    else
      return __builtin_shufflevector(a, b, 2, 6, 3, 7);
  }
  /// a0 a1 b0 b1.
  static Float low_halves(Float a, Float b) {
    if constexpr (width == 8)
      return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
    else
      return __builtin_shufflevector(a, b, 0, 1, 4, 5);
  }
  /// a2 a3 b2 b3.
  static Float high_halves(Float a, Float b) {
    if constexpr (width == 8)
      return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    else
      return __builtin_shufflevector(a, b, 2, 3, 6, 7);
  }

  __attribute__((noinline)) static void note_close(const Part& part, std::uint32_t i,
                                                   std::uint32_t start, std::uint32_t close,
                                                   CloseList& list) {
    for (std::uint32_t lane = 0; lane < width; ++lane) {
      if (!((close >> lane) & 1u)) continue;
      if (list.count < list.capacity)
        list.pairs[list.count] = {part.first_atom + i, part.first_partner + start + lane};
      ++list.count;
    }
  }

  /// Sums of a block's atoms: each has `components` vectors of partial sums, next to each other.
  template <int components>
  struct BlockSums {
    Float row[block_atoms][components]{};

    /// Adds the sums times `sign` to out[0 ... block_atoms).
    void flush(int component, float sign, float* out) const {
      for (std::uint32_t atom = 0; atom < block_atoms; ++atom) {
        float sum = 0.0f;
        for (int lane = 0; lane < width; ++lane) sum += row[atom][component][lane];
        out[atom] += sign * sum;
      }
    }
  };

  template <class Map, bool tilted, bool symmetric>
  static void add_density(const Coordinates& coordinates, const Part& part, BlockSums<1>& sums,
                          float* rho, CloseList& close_list) {
    // Locals: the compiler then knows that no store changes them.
    const Coordinates c = from_partner(coordinates, part);
    const std::ptrdiff_t block = block_of(part);
    rho += part.first_partner;
    const Map map(*part.tables);
    const float *to_i = part.tables->rows.rho[0], *to_j = part.tables->rows.rho[1];
    const Float end2 = all(part.tables->rho_end2), low2 = all(part.tables->low2);
    for (const Entry* entry = part.begin; entry != part.end; ++entry) {
      const Entry e = *entry;
      Float sum{};
      for (int s = 0; s < slices; ++s) {
        const Slice slice(e, s);
        if (slice.mask == 0) continue;
        const Separation d = separation<tilted>(c, block + e.i, slice.start);
        const Int lanes = lanes_of(slice.mask);
        const Int close = lanes & (d.r2 < low2);
        if (const std::uint32_t bits = Isa::bits_of(close); __builtin_expect(bits != 0, 0))
          note_close(part, e.i, slice.start, bits, close_list);
        const Int mask = lanes & (d.r2 < end2) & ~close;
        const Place place = map(d.r2);
        const Float rho_i = where(mask, cubic(to_i, place));
        sum += rho_i;
        add(rho + slice.start, symmetric ? rho_i : where(mask, cubic(to_j, place)));
      }
      sums.row[e.i][0] += sum;
    }
  }

  struct Virial {
    Float xx{}, yy{}, zz{}, xy{}, xz{}, yz{};
    void add(const Separation& d, Float g) {
      const Float fx = g * d.x, fy = g * d.y, fz = g * d.z;
      xx = fma(d.x, fx, xx);
      yy = fma(d.y, fy, yy);
      zz = fma(d.z, fz, zz);
      xy = fma(d.x, fy, xy);
      xz = fma(d.x, fz, xz);
      yz = fma(d.y, fz, yz);
    }
    /// The loop's vectors point against the force on i: hence the sign.
    void flush(double* out) const {
      const Float parts[6] = {xx, yy, zz, xy, xz, yz};
      for (int k = 0; k < 6; ++k)
        for (int lane = 0; lane < width; ++lane) out[k] -= static_cast<double>(parts[k][lane]);
    }
  };

  /// `densities`: whether the pairs also act through the densities (the near parts). The sums are
  /// minus the force on each i.
  template <class Map, bool tilted, bool densities, bool symmetric, bool with_virial>
  static void add_force(const Coordinates& coordinates, const Part& part, const float* slope,
                        BlockSums<3>& sums, float* fx, float* fy, float* fz, double* virial) {
    const Coordinates c = from_partner(coordinates, part);
    const std::ptrdiff_t block = block_of(part);
    slope += part.first_partner;
    fx += part.first_partner, fy += part.first_partner, fz += part.first_partner;
    const Map map(*part.tables);
    const RowTables rows = part.tables->rows;
    const Float phi_end2 = all(part.tables->phi_end2), rho_end2 = all(part.tables->rho_end2),
                low2 = all(part.tables->low2);
    Virial virial_sum;
    for (const Entry* entry = part.begin; entry != part.end; ++entry) {
      const Entry e = *entry;
      Float sum_x{}, sum_y{}, sum_z{};
      for (int s = 0; s < slices; ++s) {
        const Slice slice(e, s);
        if (slice.mask == 0) continue;
        const Separation d = separation<tilted>(c, block + e.i, slice.start);
        const Place place = map(d.r2);
        Int lanes = lanes_of(slice.mask);
        if constexpr (densities) lanes &= d.r2 >= low2;
        Float g = where(lanes & (d.r2 < phi_end2), cubic(rows.phi_slope, place));
        if constexpr (densities) {
          const Float slope_j = load<Float>(slope + slice.start);
          const Float to_i = cubic(rows.rho_slope[0], place);
          Float both;
          if constexpr (symmetric)
            both = (slope[block + e.i] + slope_j) * to_i;
          else
            both = fma(slope_j, cubic(rows.rho_slope[1], place), slope[block + e.i] * to_i);
          g += where(lanes & (d.r2 < rho_end2), both);
        }
        add_product(fx + slice.start, g, d.x);
        add_product(fy + slice.start, g, d.y);
        add_product(fz + slice.start, g, d.z);
        sum_x = fma(g, d.x, sum_x);
        sum_y = fma(g, d.y, sum_y);
        sum_z = fma(g, d.z, sum_z);
        if constexpr (with_virial) virial_sum.add(d, g);
      }
      Float(&row)[3] = sums.row[e.i];
      row[0] += sum_x;
      row[1] += sum_y;
      row[2] += sum_z;
    }
    if constexpr (with_virial) virial_sum.flush(virial);
  }

  static bool is_tilted(const Coordinates& c) {
    return c.cell[3] != 0.0f || c.cell[4] != 0.0f || c.cell[5] != 0.0f;
  }

  template <class Map, bool tilted>
  static void density_of_part(const Coordinates& c, const Part& near, BlockSums<1>& sums,
                              float* rho, CloseList& close) {
    if (near.tables->symmetric)
      add_density<Map, tilted, true>(c, near, sums, rho, close);
    else
      add_density<Map, tilted, false>(c, near, sums, rho, close);
  }

  template <bool tilted>
  static void density_of_block(const Coordinates& c, const Part* near, std::size_t parts,
                               float* rho, CloseList& close) {
    BlockSums<1> sums;
    for (std::size_t k = 0; k < parts; ++k)
      if (near[k].tables->rows.on_knots)
        density_of_part<KnotMap, tilted>(c, near[k], sums, rho, close);
      else
        density_of_part<OctaveMap, tilted>(c, near[k], sums, rho, close);
    sums.flush(0, 1.0f, rho + near->first_atom);
  }

  template <class Map, bool tilted, bool with_virial>
  static void force_of_part(const Coordinates& c, const Part& near, const Part& far,
                            const float* slope, BlockSums<3>& sums, float* fx, float* fy, float* fz,
                            double* virial) {
    if (near.tables->symmetric)
      add_force<Map, tilted, true, true, with_virial>(c, near, slope, sums, fx, fy, fz, virial);
    else
      add_force<Map, tilted, true, false, with_virial>(c, near, slope, sums, fx, fy, fz, virial);
    add_force<Map, tilted, false, true, with_virial>(c, far, slope, sums, fx, fy, fz, virial);
  }

  template <bool tilted, bool with_virial>
  static void force_of_block(const Coordinates& c, const Part* near, const Part* far,
                             std::size_t parts, const float* slope, float* fx, float* fy, float* fz,
                             double* virial) {
    BlockSums<3> sums;
    for (std::size_t k = 0; k < parts; ++k)
      if (near[k].tables->rows.on_knots)
        force_of_part<KnotMap, tilted, with_virial>(c, near[k], far[k], slope, sums, fx, fy, fz,
                                                    virial);
      else
        force_of_part<OctaveMap, tilted, with_virial>(c, near[k], far[k], slope, sums, fx, fy, fz,
                                                      virial);
    sums.flush(0, -1.0f, fx + near->first_atom);
    sums.flush(1, -1.0f, fy + near->first_atom);
    sums.flush(2, -1.0f, fz + near->first_atom);
  }

  static void density(const Coordinates& c, const Part* near, std::size_t parts, float* rho,
                      CloseList& close) {
    (is_tilted(c) ? density_of_block<true> : density_of_block<false>)(c, near, parts, rho, close);
  }

  static void force(const Coordinates& c, const Part* near, const Part* far, std::size_t parts,
                    const float* slope, float* fx, float* fy, float* fz, double* virial) {
    const auto orthogonal = virial ? force_of_block<false, true> : force_of_block<false, false>;
    const auto tilted = virial ? force_of_block<true, true> : force_of_block<true, false>;
    (is_tilted(c) ? tilted : orthogonal)(c, near, far, parts, slope, fx, fy, fz, virial);
  }

  static void find(const Coordinates& coordinates, const Part& part, float reach2, float near2,
                   std::uint16_t* hits, std::uint16_t* near_hits) {
    const Coordinates c = from_partner(coordinates, part);
    const std::ptrdiff_t block = block_of(part);
    const auto count = static_cast<std::size_t>(part.end - part.begin);
    for (std::size_t k = 0; k < count; ++k) {
      const Entry e = part.begin[k];
      std::uint32_t within_reach = 0, within_near = 0;
      for (int s = 0; s < slices; ++s) {
        const Separation d = separation<true>(c, block + e.i, Slice(e, s).start);
        within_reach |= Isa::bits_of(d.r2 < reach2) << (s * width);
        within_near |= Isa::bits_of(d.r2 < near2) << (s * width);
      }
      hits[k] = static_cast<std::uint16_t>(within_reach & e.mask);
      near_hits[k] = static_cast<std::uint16_t>(within_near & e.mask);
    }
  }
};

}  // namespace
}  // namespace vitreous::engine::fast
