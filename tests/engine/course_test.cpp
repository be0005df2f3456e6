#include <gtest/gtest.h>

#include "base/error.hpp"
#include "engine/protocol.hpp"

namespace vitreous::engine {
namespace {

TEST(Course, AConstantHoldsForever) {
  const Course course = Course::constant(0.1);
  for (const std::int64_t step : {-5, 0, 1, 1000000}) EXPECT_EQ(course.at(step), 0.1);
  EXPECT_EQ(course.steps(), 0);
}

TEST(Course, ARampMeetsBothEndsAndIsLinearToTheLastBit) {
  Course course;
  course.ramp(2000.0, 500.0, 3000);
  EXPECT_EQ(course.at(0), 2000.0);
  EXPECT_EQ(course.at(3000), 500.0);
  for (std::int64_t k = 0; k <= 3000; ++k) EXPECT_EQ(course.at(k), 2000.0 - 0.5 * double(k));
}

TEST(Course, AfterTheLastPieceTheLastValueHolds) {
  Course course;
  course.ramp(300.0, 301.7, 7).hold(400.0, 5);
  EXPECT_EQ(course.steps(), 12);
  EXPECT_EQ(course.at(12), 400.0);
  EXPECT_EQ(course.at(1 << 30), 400.0);
}

TEST(Course, ARampStartsWhereTheCourseStands) {
  Course course = Course::constant(1000.0);
  course.ramp(-1.0, 900.0, 100);
  EXPECT_EQ(course.at(0), 1000.0);
  EXPECT_EQ(course.at(50), 950.0);
}

TEST(Course, AStaircaseJumpsAtTheFirstStepOfAPlateau) {
  Course stairs;
  stairs.hold(1000.0, 100).hold(950.0, 100).hold(900.0, 100);
  EXPECT_EQ(stairs.at(99), 1000.0);
  EXPECT_EQ(stairs.at(100), 950.0);
  EXPECT_EQ(stairs.at(199), 950.0);
  EXPECT_EQ(stairs.at(200), 900.0);
}

TEST(Course, PiecesOfNoLengthAreJumps) {
  Course course;
  course.hold(1.0, 10).ramp(1.0, 5.0, 0).hold(5.0, 10);
  EXPECT_EQ(course.at(9), 1.0);
  EXPECT_EQ(course.at(10), 5.0);
}

TEST(Course, AStretchEndsBeforeTheJumpThatFollows) {
  Course course;
  course.ramp(1000.0, 900.0, 100).hold(850.0, 50);
  EXPECT_EQ(course.stretch_from(0).end, 100);
  EXPECT_EQ(course.stretch_from(99).value_at_end, 900.0);
  EXPECT_EQ(course.stretch_from(100).end, 150);
  EXPECT_EQ(course.stretch_from(100).value_at_end, 850.0);
  EXPECT_GT(course.stretch_from(150).end, std::int64_t{1} << 60);
  EXPECT_EQ(course.stretch_from(150).value_at_end, 850.0);
  EXPECT_THROW(Course{}.stretch_from(0), base::InputError);
}

TEST(Course, ThatIsEmptyOrRunsBackwardsIsRefused) {
  EXPECT_THROW(Course{}.at(0), base::InputError);
  EXPECT_THROW(Course{}.hold(1.0, -1), base::InputError);
  EXPECT_THROW(Course{}.ramp(1.0, 2.0, -1), base::InputError);
}

}  // namespace
}  // namespace vitreous::engine
