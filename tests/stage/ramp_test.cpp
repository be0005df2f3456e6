#include "stage/ramp.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

constexpr double fs2 = 0.002;

RampCourse slope() { return ramp_course("quench", {{1000.0, 10.0, 0.0}}, fs2, 2000.0); }
RampCourse staircase() { return ramp_course("quench", {{1000.0, 10.0, 50.0}}, fs2, 2000.0); }

TEST(Ramp, LastsItsRangeOverItsRate) {
  EXPECT_EQ(slope().temperature.steps(), 50000);      // 1000 K / (10 K/ps) = 100 ps
  EXPECT_EQ(staircase().temperature.steps(), 50000);  // 20 plateaus of 5 ps
}

TEST(Ramp, SlopeIsLinearAndExactAtBothEnds) {
  const RampCourse course = slope();
  EXPECT_EQ(course.temperature.at(0), 2000.0);
  EXPECT_EQ(course.temperature.at(50000), 1000.0);
  EXPECT_NEAR(course.temperature.at(25000), 1500.0, 1e-9);
}

TEST(Ramp, StaircaseStandsAtEveryStepOfItsWay) {
  const RampCourse course = staircase();
  EXPECT_EQ(course.temperature.at(0), 1950.0);
  EXPECT_EQ(course.temperature.at(2499), 1950.0);
  EXPECT_EQ(course.temperature.at(2500), 1900.0);
  EXPECT_EQ(course.temperature.at(50000), 1000.0);
}

TEST(Ramp, StaircaseThatDoesNotDivideItsRangeEndsWhereItWasTold) {
  const auto course = ramp_course("quench", {{1730.0, 10.0, 100.0}}, fs2, 2000.0);
  EXPECT_EQ(course.intervals.size(), 3u);
  EXPECT_EQ(course.temperature.at(course.temperature.steps()), 1730.0);
}

TEST(Ramp, IntervalsOfASlopeTileIt) {
  const RampCourse course = slope();
  std::int64_t end = 0;
  for (const auto& interval : course.intervals) {
    EXPECT_EQ(interval.begin, end);
    end = interval.end;
    const double middle = 0.5 * static_cast<double>(interval.begin + interval.end);
    EXPECT_NEAR(interval.target, 2000.0 - 10.0 * fs2 * middle, 0.02);
  }
  EXPECT_EQ(end, 50000);
}

TEST(Ramp, FindsTheStepAtWhichASlopeStandsAtATemperature) {
  const RampCourse course = slope();
  for (const double T : {2000.0, 1999.99, 1700.0, 1234.5, 1000.0})
    EXPECT_NEAR(course.temperature.at(step_at_temperature(course, T)), T, 0.0101);
  EXPECT_EQ(step_at_temperature(course, 2000.0), 0);
  EXPECT_EQ(step_at_temperature(course, 1000.0), 50000);
}

TEST(Ramp, LeavesAStaircaseAtTheEndOfTheNearestPlateau) {
  const RampCourse course = staircase();
  EXPECT_EQ(step_at_temperature(course, 2000.0), 0);
  EXPECT_EQ(step_at_temperature(course, 1950.0), 2499);
  EXPECT_EQ(step_at_temperature(course, 1910.0), 4999);
  EXPECT_EQ(step_at_temperature(course, 1000.0), 50000);
}

TEST(Ramp, HeatsAsItCools) {
  const auto course = ramp_course("heat", {{1500.0, 10.0, 0.0}}, fs2, 1000.0);
  EXPECT_EQ(course.temperature.at(0), 1000.0);
  EXPECT_NEAR(course.temperature.at(step_at_temperature(course, 1250.0)), 1250.0, 0.011);
}

TEST(Ramp, RefusesATemperatureItNeverMeets) {
  EXPECT_THROW(step_at_temperature(slope(), 999.0), base::InputError);
  EXPECT_THROW(step_at_temperature(slope(), 2001.0), base::InputError);
}

TEST(Ramp, RefusesToTurnBackOrToStandStill) {
  EXPECT_THROW(ramp_course("quench", {{2100.0, 10.0, 0.0}}, fs2, 2000.0), base::InputError);
  EXPECT_THROW(ramp_course("quench", {{2000.0, 10.0, 0.0}}, fs2, 2000.0), base::InputError);
  EXPECT_THROW(ramp_course("heat", {{500.0, 10.0, 0.0}}, fs2, 1000.0), base::InputError);
}

TEST(Ramp, RefusesRatesAndTemperaturesThatAreNotAboveZero) {
  const auto segments = [](const char* to, const char* rate) {
    return ramp_segments(
        testing::options_of("quench", {{"schedule.to", to}, {"schedule.rate", rate}}));
  };
  EXPECT_EQ(segments("300 K", "1e12 K/s").front().rate, 1.0);
  EXPECT_THROW(segments("-300 K", "1e12 K/s"), base::InputError);
  EXPECT_THROW(segments("300 K", "0 K/s"), base::InputError);
  EXPECT_THROW(segments("300 K, 200 K", "1e12 K/s"), base::InputError);
}

}  // namespace
}  // namespace vitreous::stage
