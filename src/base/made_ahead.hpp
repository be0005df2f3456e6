// Items made in a thread of their own while those before are worked on.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace vitreous::base {

/// Hands out what `make` makes, in its order; what it throws is thrown behind the items before. At
/// most two items wait. `make` is called by that thread alone, with an item whose memory may be
/// used again; it returns false at the end.
template <class Item>
class MadeAhead {
 public:
  using Make = std::function<bool(Item&)>;

  explicit MadeAhead(Make make) : make_(std::move(make)), thread_([this] { make_all(); }) {}
  ~MadeAhead() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  MadeAhead(const MadeAhead&) = delete;
  MadeAhead& operator=(const MadeAhead&) = delete;

  /// False at the end.
  bool next(Item& item) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return at_end_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        return false;
      }
      spare_.push_back(std::exchange(item, std::move(waiting_.front())));
      waiting_.erase(waiting_.begin());
    }
    changed_.notify_all();
    return true;
  }

 private:
  static constexpr std::size_t most_waiting = 2;

  void make_all() {
    Item item;
    while (find_room(item)) {
      bool more = false;
      std::exception_ptr failure;
      try {
        more = make_(item);
      } catch (...) {
        failure = std::current_exception();
      }
      {
        const std::lock_guard lock(mutex_);
        if (more) waiting_.push_back(std::move(item));
        at_end_ = !more;
        failure_ = failure;
      }
      changed_.notify_all();
      if (!more) return;
    }
  }

  /// False where nobody wants more.
  bool find_room(Item& item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || waiting_.size() < most_waiting; });
    if (!spare_.empty()) {
      item = std::move(spare_.back());
      spare_.pop_back();
    }
    return !stopped_;
  }

  Make make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Item> waiting_, spare_;  ///< spare: memory to be used again
  bool at_end_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace vitreous::base
