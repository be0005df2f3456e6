// Work over the cores, with the same bits for any number of threads: a loop is cut into a fixed
// number of pieces, and whatever is summed over pieces is summed in piece order.
#pragma once

#include <cstddef>
#include <functional>

namespace vitreous::base {

/// Cores that this process may use: affinity mask, cgroup quota and SLURM_CPUS_PER_TASK, whichever
/// is least.
int available_cores();

/// Threads that `for_each_piece` uses; 1 until set.
void set_threads(int threads);
int threads();

/// Calls work(piece) for piece = 0 .. pieces-1, fewer than 2^24, on up to threads() threads. The
/// first exception is rethrown.
void for_each_piece(std::size_t pieces, const std::function<void(std::size_t)>& work);

/// Items [begin, end) of piece `piece` when `items` are cut evenly into `pieces`.
struct Range {
  std::size_t begin = 0, end = 0;
};
Range piece_range(std::size_t items, std::size_t pieces, std::size_t piece);

}  // namespace vitreous::base
