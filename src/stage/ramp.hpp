// Cooling and heating along a schedule of slopes and staircases.
#pragma once

#include "stage/leg.hpp"

namespace vitreous::stage {

/// One segment of a schedule.
struct RampSegment {
  double to = 0.0;    ///< K
  double rate = 0.0;  ///< K/ps, positive
  double step = 0.0;  ///< K between plateaus; 0 is a slope
};

/// The segments that the options hold; throws InputError where the lists differ in length, or a
/// temperature, rate or step is not above zero.
std::vector<RampSegment> ramp_segments(const core::Options& options);

/// A stretch of a ramp over which its volume and enthalpy are averaged.
struct RampInterval {
  std::int64_t begin = 0, end = 0;  ///< steps since the ramp's start
  double target = 0.0;              ///< mean target temperature, K
};

/// A ramp in whole steps.
struct RampCourse {
  double start = 0.0;  ///< K, before the first step
  engine::Course temperature;
  std::vector<RampInterval> intervals;  ///< 10 K of a slope or more, the second half of a plateau
};

/// Throws InputError where a segment leads nowhere, or turns back: `kind` is quench or heat.
RampCourse ramp_course(const std::string& kind, const std::vector<RampSegment>& segments,
                       double timestep, double start_temperature);

/// The step, since the ramp's start, at which its target stands at `temperature`: on a staircase
/// the end of the nearest plateau. Throws InputError beyond its range.
std::int64_t step_at_temperature(const RampCourse& course, double temperature);

Leg ramp_leg(const std::string& kind, const core::Options& options, double timestep,
             double start_temperature);

}  // namespace vitreous::stage
