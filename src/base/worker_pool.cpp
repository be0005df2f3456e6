#include "base/worker_pool.hpp"

#include <chrono>
#include <utility>

namespace vitreous::base {
namespace {

/// How long a thread waits awake: longer than what one thread alone does between a step's loops.
constexpr std::chrono::microseconds patience{300};

/// What `pieces_left_` says: [begin, end) are not taken yet; the rest counts the calls of `run`.
constexpr int bits = 24;
constexpr std::uint64_t one_begin = 1, one_end = one_begin << bits, one_call = one_end << bits;
std::uint64_t begin_of(std::uint64_t left) { return left % one_end; }
std::uint64_t end_of(std::uint64_t left) { return left % one_call / one_end; }
bool has_pieces(std::uint64_t left) { return begin_of(left) < end_of(left); }

/// Tells the processor that this is a loop that waits.
void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until the number is another than `value`.
template <class T>
void wait_for_change(const std::atomic<T>& number, T value) {
  using Clock = std::chrono::steady_clock;
  for (const auto end = Clock::now() + patience; Clock::now() < end; pause())
    if (number.load(std::memory_order_acquire) != value) return;
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
    take_pieces(From::back);
    const std::uint64_t now = pieces_left_.load(std::memory_order_acquire);
    if (!has_pieces(now) && !ending_) wait_for_change(pieces_left_, now);
  }
}

void WorkerPool::take_pieces(From from) {
  std::uint64_t left = pieces_left_.load(std::memory_order_acquire);
  while (has_pieces(left)) {
    const std::uint64_t fewer = from == From::front ? left + one_begin : left - one_end;
    if (!pieces_left_.compare_exchange_weak(left, fewer, std::memory_order_acq_rel)) continue;
    work_on(from == From::front ? begin_of(left) : end_of(left) - 1);
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
  const std::uint64_t calls = pieces_left_.load(std::memory_order_relaxed) / one_call + 1;
  pieces_left_.store(calls * one_call + pieces * one_end, std::memory_order_release);
  pieces_left_.notify_all();
  take_pieces(From::front);
  for (std::size_t left; (left = unfinished_.load(std::memory_order_acquire)) > 0;)
    wait_for_change(unfinished_, left);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace vitreous::base
