#include "io/read_ahead.hpp"

#include <utility>

namespace vitreous::io {

ReadAhead::ReadAhead(std::unique_ptr<TrajectoryReader> reader)
    : reader_(std::move(reader)), thread_([this] { read_all(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ReadAhead::read_all() {
  constexpr std::size_t most_waiting = 2;
  bool more = true;
  while (more) {
    Configuration frame;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || waiting_.size() < most_waiting; });
      if (stopped_) return;
      if (!spare_.empty()) {
        frame = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    std::exception_ptr failure;
    try {
      more = reader_->next(frame);
    } catch (...) {
      failure = std::current_exception();
      more = false;
    }
    {
      const std::lock_guard lock(mutex_);
      if (more) waiting_.push_back(std::move(frame));
      at_end_ = !more;
      failure_ = failure;
    }
    changed_.notify_all();
  }
}

bool ReadAhead::next(Configuration& frame) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return at_end_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
      return false;
    }
    spare_.push_back(std::exchange(frame, std::move(waiting_.front())));
    waiting_.erase(waiting_.begin());
  }
  changed_.notify_all();
  return true;
}

bool ReadAhead::skip() {
  Configuration passed;
  return next(passed);
}

}  // namespace vitreous::io
