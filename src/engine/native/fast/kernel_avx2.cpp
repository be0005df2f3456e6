// The loops over tables in memory, eight lanes at a time. Compiled with AVX2 and FMA flags: nothing
// here runs before kernel_choice.cpp has asked the processor.
#include <immintrin.h>

#include "engine/native/fast/kernel_rows.hpp"

namespace vitreous::engine::fast {
namespace {

struct Avx2 {
  static constexpr int width = 8;
  typedef float Float __attribute__((vector_size(32)));
  typedef std::int32_t Int __attribute__((vector_size(32)));

  static Float multiply_add(Float a, Float b, Float c) { return _mm256_fmadd_ps(a, b, c); }
  static Float square_root(Float a) { return _mm256_sqrt_ps(a); }
  static std::uint32_t bits_of(Int mask) {
    return static_cast<std::uint32_t>(_mm256_movemask_ps((__m256)mask));
  }
};

using Avx2Loops = RowLoops<Avx2>;

}  // namespace

extern const Kernel avx2_loops;
const Kernel avx2_loops = {"AVX2", TableForm::rows, Avx2Loops::density, Avx2Loops::force,
                           Avx2Loops::find};

}  // namespace vitreous::engine::fast
