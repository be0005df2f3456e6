#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {

#if defined(__x86_64__)

extern const Kernel avx512_loops;

const Kernel* avx512_kernel() {
  __builtin_cpu_init();
  const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  return has ? &avx512_loops : nullptr;
}

#else

const Kernel* avx512_kernel() { return nullptr; }

#endif

}  // namespace vitreous::engine::fast
