#include "base/made_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "base/error.hpp"

namespace vitreous::base {
namespace {

/// 0 ... count-1 in a vector each, then the end or an error.
class Counting {
 public:
  Counting(int count, bool fails, std::atomic<int>& made)
      : count_(count), fails_(fails), made_(made) {}
  bool operator()(std::vector<int>& item) {
    if (at_ == count_ && fails_) throw InputError("damaged");
    if (at_ == count_) return false;
    item.assign(3, at_++);
    ++made_;
    return true;
  }

 private:
  int count_, at_ = 0;
  bool fails_;
  std::atomic<int>& made_;
};

TEST(MadeAhead, HandsOutEveryItemInItsOrder) {
  std::atomic<int> made = 0;
  MadeAhead<std::vector<int>> items(Counting(1000, false, made));
  std::vector<int> item;
  for (int k = 0; k < 1000; ++k) {
    ASSERT_TRUE(items.next(item));
    ASSERT_EQ(item, std::vector<int>(3, k));
    EXPECT_LE(made, k + 4);  // two wait, and one is being made
  }
  EXPECT_FALSE(items.next(item));
  EXPECT_FALSE(items.next(item));
}

TEST(MadeAhead, ThrowsAnErrorBehindTheItemsBeforeIt) {
  std::atomic<int> made = 0;
  MadeAhead<std::vector<int>> items(Counting(3, true, made));
  std::vector<int> item;
  for (int k = 0; k < 3; ++k) ASSERT_TRUE(items.next(item));
  EXPECT_THROW(items.next(item), InputError);
  EXPECT_FALSE(items.next(item));
}

TEST(MadeAhead, ThatIsLeftEarlyEnds) {
  std::atomic<int> made = 0;
  {
    MadeAhead<std::vector<int>> items(Counting(1'000'000, false, made));
    std::vector<int> item;
    EXPECT_TRUE(items.next(item));
  }
  EXPECT_LE(made, 4);
}

}  // namespace
}  // namespace vitreous::base
