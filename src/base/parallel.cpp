#include "base/parallel.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

namespace vitreous::base {
namespace {

int threads_in_use = 1;

int affinity_cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

/// The quota of cgroup version 2, rounded down to whole cores; a large number where there is none.
int cgroup_cores() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string quota;
  double period = 0.0;
  if (!(file >> quota >> period) || quota == "max" || period <= 0.0) return 1 << 20;
  return std::max(1, static_cast<int>(std::floor(std::strtod(quota.c_str(), nullptr) / period)));
}

int slurm_cores() {
  const char* text = std::getenv("SLURM_CPUS_PER_TASK");
  const int cores = text ? std::atoi(text) : 0;
  return cores > 0 ? cores : 1 << 20;
}

}  // namespace

int available_cores() { return std::min({affinity_cores(), cgroup_cores(), slurm_cores()}); }

void set_threads(int count) { threads_in_use = std::max(1, count); }
int threads() { return threads_in_use; }

void for_each_piece(std::size_t pieces, const std::function<void(std::size_t)>& work) {
  std::exception_ptr failure;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads_in_use) if (threads_in_use > 1)
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    try {
      work(piece);
    } catch (...) {
#pragma omp critical(vitreous_for_each_piece)
      if (!failure) failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

Range piece_range(std::size_t items, std::size_t pieces, std::size_t piece) {
  return {items * piece / pieces, items * (piece + 1) / pieces};
}

}  // namespace vitreous::base
