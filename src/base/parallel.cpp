#include "base/parallel.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/worker_pool.hpp"

namespace vitreous::base {
namespace {

int threads_in_use = 1;

/// Calls what it was given when its scope ends, however that ends.
template <class Call>
class OnExit {
 public:
  explicit OnExit(Call call) : call_(std::move(call)) {}
  ~OnExit() { call_(); }
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;

 private:
  Call call_;
};

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
  static std::mutex one_at_a_time;
  static std::unique_ptr<WorkerPool> pool;
  thread_local bool within = false;  // a piece that is itself cut into pieces has one thread
  std::unique_lock<std::mutex> lock(one_at_a_time, std::defer_lock);
  if (threads_in_use == 1 || pieces < 2 || within || !lock.try_lock()) {
    for (std::size_t piece = 0; piece < pieces; ++piece) work(piece);
    return;
  }
  if (!pool || pool->threads() != threads_in_use)
    pool = std::make_unique<WorkerPool>(threads_in_use);
  pool->run(pieces, [&](std::size_t piece) {
    within = true;
    const OnExit leave([] { within = false; });
    work(piece);
  });
}

Range piece_range(std::size_t items, std::size_t pieces, std::size_t piece) {
  return {items * piece / pieces, items * (piece + 1) / pieces};
}

}  // namespace vitreous::base
