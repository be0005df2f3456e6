#include "base/worker_pool.hpp"

#include <utility>

namespace vitreous::base {
namespace {

constexpr std::uint64_t one_call = std::uint64_t{1} << 32, pieces_mask = one_call - 1;
constexpr int looks_before_sleep = 4000;

/// Tells the processor that this is a loop that waits.
void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until the number is another than `value`.
template <class T>
void wait_for_change(const std::atomic<T>& number, T value) {
  for (int look = 0; look < looks_before_sleep; ++look) {
    if (number.load(std::memory_order_acquire) != value) return;
    pause();
  }
  number.wait(value, std::memory_order_acquire);
}

}  // namespace

WorkerPool::WorkerPool(int threads) {
  for (int k = 1; k < threads; ++k) workers_.emplace_back([this] { wait_for_work(); });
}

WorkerPool::~WorkerPool() {
  ending_ = true;
  pieces_left_ += one_call;
  pieces_left_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void WorkerPool::wait_for_work() {
  while (!ending_) {
    take_pieces();
    const std::uint64_t now = pieces_left_.load(std::memory_order_acquire);
    if ((now & pieces_mask) == 0 && !ending_) wait_for_change(pieces_left_, now);
  }
}

void WorkerPool::take_pieces() {
  std::uint64_t left = pieces_left_.load(std::memory_order_acquire);
  while ((left & pieces_mask) > 0) {
    if (!pieces_left_.compare_exchange_weak(left, left - 1, std::memory_order_acq_rel)) continue;
    work_on((left & pieces_mask) - 1);
    left = pieces_left_.load(std::memory_order_acquire);
  }
}

void WorkerPool::work_on(std::size_t piece) {
  try {
    (*work_)(piece);
  } catch (...) {
    const std::scoped_lock lock(failing_);
    if (!failure_) failure_ = std::current_exception();
  }
  if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_one();
}

void WorkerPool::run(std::size_t pieces, const std::function<void(std::size_t)>& work) {
  if (pieces == 0) return;
  work_ = &work;
  failure_ = nullptr;
  unfinished_.store(pieces, std::memory_order_relaxed);
  const std::uint64_t calls = pieces_left_.load(std::memory_order_relaxed) & ~pieces_mask;
  pieces_left_.store(calls + one_call + pieces, std::memory_order_release);
  pieces_left_.notify_all();
  take_pieces();
  for (std::size_t left; (left = unfinished_.load(std::memory_order_acquire)) > 0;)
    wait_for_change(unfinished_, left);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace vitreous::base
