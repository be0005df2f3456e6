// The loops over tables in memory, four lanes at a time: what every 64-bit processor has.
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "engine/native/fast/kernel_rows.hpp"

namespace vitreous::engine::fast {
namespace {

struct Portable {
  static constexpr int width = 4;
  typedef float Float __attribute__((vector_size(16)));
  typedef std::int32_t Int __attribute__((vector_size(16)));

  static Float multiply_add(Float a, Float b, Float c) { return a * b + c; }
  static Float square_root(Float a) {
#if defined(__SSE2__)
    return _mm_sqrt_ps(a);
#else
    for (int lane = 0; lane < width; ++lane) a[lane] = __builtin_sqrtf(a[lane]);
    return a;
#endif
  }
  static std::uint32_t bits_of(Int mask) {
#if defined(__SSE2__)
    return static_cast<std::uint32_t>(_mm_movemask_ps((__m128)mask));
#else
    const Int bits = mask & Int{1, 2, 4, 8};
    return static_cast<std::uint32_t>(bits[0] | bits[1] | bits[2] | bits[3]);
#endif
  }
};

using PortableLoops = RowLoops<Portable>;

}  // namespace

extern const Kernel portable_loops;
const Kernel portable_loops = {"portable", TableForm::rows, PortableLoops::density,
                               PortableLoops::force, PortableLoops::find};

}  // namespace vitreous::engine::fast
