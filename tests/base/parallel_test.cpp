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

TEST(ForEachPiece, MayBeUsedWithinAPiece) {
  set_threads(3);
  std::vector<int> visits(5 * 7, 0);
  for_each_piece(5, [&](std::size_t outer) {
    for_each_piece(7, [&](std::size_t inner) { ++visits[7 * outer + inner]; });
  });
  for (const int v : visits) EXPECT_EQ(v, 1);
  set_threads(1);
}

TEST(ForEachPiece, GivesTheSameOverThousandsOfCallsAndChangesOfThreads) {
  std::vector<long> sums(16, 0);
  for (int call = 0; call < 20000; ++call) {
    if (call % 1000 == 0) set_threads(1 + call / 1000 % 4);
    for_each_piece(sums.size(), [&](std::size_t piece) { sums[piece] += long(piece) + call; });
  }
  for (std::size_t piece = 0; piece < sums.size(); ++piece)
    EXPECT_EQ(sums[piece], 20000L * long(piece) + 19999L * 20000 / 2);
  set_threads(1);
}

TEST(ForEachPiece, GoesOnAfterAnException) {
  set_threads(4);
  for (int call = 0; call < 200; ++call)
    EXPECT_THROW(for_each_piece(8, [](std::size_t) { throw std::runtime_error("every piece"); }),
                 std::runtime_error);
  int visits = 0;
  for_each_piece(1, [&](std::size_t) { ++visits; });
  EXPECT_EQ(visits, 1);
  set_threads(1);
}

TEST(AvailableCores, IsAtLeastOne) { EXPECT_GE(available_cores(), 1); }

}  // namespace
}  // namespace vitreous::base
