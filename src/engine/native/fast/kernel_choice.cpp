#include "engine/native/fast/kernel_choice.hpp"

namespace vitreous::engine::fast {

extern const Kernel portable_loops;

#if defined(__x86_64__)

extern const Kernel avx512_loops, avx2_loops;

const std::vector<const Kernel*>& all_kernels() {
  static const std::vector<const Kernel*> kernels = {&avx512_loops, &avx2_loops, &portable_loops};
  return kernels;
}

std::string objection_to_processor(const Kernel& kernel) {
  __builtin_cpu_init();
  if (&kernel == &avx512_loops) {
    const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    return has ? "" : "this processor has no AVX-512";
  }
  if (&kernel == &avx2_loops) {
    const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return has ? "" : "this processor has no AVX2";
  }
  return "";
}

#else

const std::vector<const Kernel*>& all_kernels() {
  static const std::vector<const Kernel*> kernels = {&portable_loops};
  return kernels;
}

std::string objection_to_processor(const Kernel&) { return ""; }

#endif

}  // namespace vitreous::engine::fast
