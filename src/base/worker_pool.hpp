// Threads that wait for work: awake for some hundred microseconds, as a step's loops follow each
// other, then asleep, so that a core that others need is given up.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vitreous::base {

class WorkerPool {
 public:
  /// The thread that calls `run` works too: `threads` - 1 are started.
  explicit WorkerPool(int threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  /// Calls work(piece) for piece = 0 .. pieces-1, fewer than 2^24. The calling thread takes pieces
  /// from the front, the others from the back, until they meet: in one loop after another a thread
  /// mostly has the same part of the data, which stays in its core's cache, and a thread that finds
  /// no core holds nobody up. One call at a time. The first exception is rethrown.
  void run(std::size_t pieces, const std::function<void(std::size_t)>& work);

 private:
  void wait_for_work();
  enum class From { front, back };
  void take_pieces(From from);
  void work_on(std::size_t piece);

  // The pieces of the present call of `run` that are not taken yet, and a count of the calls: one
  // number, so that a piece is taken of the call whose work is then read.
  std::atomic<std::uint64_t> pieces_left_{0};
  std::atomic<std::size_t> unfinished_{0};
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::mutex failing_;
  std::exception_ptr failure_;
  std::atomic<bool> ending_{false};
  std::vector<std::thread> workers_;
};

}  // namespace vitreous::base
