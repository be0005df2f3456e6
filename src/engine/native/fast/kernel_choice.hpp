// Which kernels the program has, and which of them this processor can run.
#pragma once

#include <string>
#include <vector>

#include "engine/native/fast/fast_kernel.hpp"

namespace vitreous::engine::fast {

/// The kernels of this program, the fastest first; the last runs everywhere.
const std::vector<const Kernel*>& all_kernels();

/// Why this processor cannot run a kernel; "" where it can.
std::string objection_to_processor(const Kernel& kernel);

}  // namespace vitreous::engine::fast
