#include "io/read_ahead.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

/// Frames 0 ... count-1, then the end or an error.
class Counting : public TrajectoryReader {
 public:
  Counting(std::int64_t count, bool fails, std::atomic<int>& read)
      : count_(count), fails_(fails), read_(read) {}
  bool next(Configuration& frame) override {
    if (at_ == count_ && fails_) throw base::InputError("damaged");
    if (at_ == count_) return false;
    frame.step = at_++;
    ++read_;
    return true;
  }
  bool skip() override { return false; }

 private:
  std::int64_t count_, at_ = 0;
  bool fails_;
  std::atomic<int>& read_;
};

TEST(ReadAhead, HandsOutEveryFrameInItsOrder) {
  std::atomic<int> read = 0;
  ReadAhead reader(std::make_unique<Counting>(1000, false, read));
  Configuration frame;
  for (std::int64_t k = 0; k < 1000; ++k) {
    if (k % 7 == 3) {
      EXPECT_TRUE(reader.skip());
      continue;
    }
    ASSERT_TRUE(reader.next(frame));
    ASSERT_EQ(frame.step, k);
    EXPECT_LE(read, k + 4);  // two wait, and one is being read
  }
  EXPECT_FALSE(reader.next(frame));
  EXPECT_FALSE(reader.next(frame));
}

TEST(ReadAhead, ThrowsAnErrorBehindTheFramesBeforeIt) {
  std::atomic<int> read = 0;
  ReadAhead reader(std::make_unique<Counting>(3, true, read));
  Configuration frame;
  for (int k = 0; k < 3; ++k) ASSERT_TRUE(reader.next(frame));
  EXPECT_THROW(reader.next(frame), base::InputError);
  EXPECT_FALSE(reader.next(frame));
}

TEST(ReadAhead, ThatIsLeftEarlyEnds) {
  std::atomic<int> read = 0;
  {
    ReadAhead reader(std::make_unique<Counting>(1'000'000, false, read));
    Configuration frame;
    EXPECT_TRUE(reader.next(frame));
  }
  EXPECT_LE(read, 4);
}

}  // namespace
}  // namespace vitreous::io
