#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace vitreous::base {
namespace {

TEST(Pieces, CoverEveryItemOnce) {
  for (std::size_t items : {0, 1, 5, 16, 17, 1000})
    for (std::size_t pieces : {1, 3, 16}) {
      std::size_t next = 0;
      for (std::size_t piece = 0; piece < pieces; ++piece) {
        const Range range = piece_range(items, pieces, piece);
        EXPECT_EQ(range.begin, next);
        next = range.end;
      }
      EXPECT_EQ(next, items);
    }
}

TEST(ForEachPiece, VisitsEachPieceOnceOnAnyNumberOfThreads) {
  for (const int count : {1, 2, 5}) {
    set_threads(count);
    std::vector<int> visits(37, 0);
    for_each_piece(visits.size(), [&](std::size_t piece) { ++visits[piece]; });
    for (const int v : visits) EXPECT_EQ(v, 1);
  }
  set_threads(1);
}

TEST(ForEachPiece, PassesAnExceptionOn) {
  set_threads(2);
  EXPECT_THROW(for_each_piece(8,
                              [](std::size_t piece) {
                                if (piece == 5) throw std::runtime_error("piece 5");
                              }),
               std::runtime_error);
  set_threads(1);
}

TEST(AvailableCores, IsAtLeastOne) { EXPECT_GE(available_cores(), 1); }

}  // namespace
}  // namespace vitreous::base
