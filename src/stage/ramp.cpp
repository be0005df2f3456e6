#include "stage/ramp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::stage {
namespace {

/// A slope is averaged over intervals of this, or of as many times this as last long enough.
constexpr double narrowest_interval = 10.0;       // K
constexpr std::int64_t shortest_interval = 1000;  // steps

[[noreturn]] void refuse(const std::string& key, const std::string& problem,
                         const std::string& why = {}) {
  base::Message message;
  message.key = key;
  message.problem = problem;
  message.why = why;
  throw base::InputError(message);
}

void require_positive(double value, const std::string& key, const char* unit) {
  if (!(value > 0.0)) refuse(key, fmt::format("{:g} {} must be above zero", value, unit));
}

void add_slope(RampCourse& course, double from, const RampSegment& segment, double timestep) {
  const double range = std::abs(segment.to - from);
  const std::int64_t steps = whole_steps(range / segment.rate, timestep, "schedule.rate");
  if (steps == 0) refuse("schedule.rate", "the ramp would take less than one step");
  const std::int64_t begin = course.temperature.steps();
  course.temperature.ramp(from, segment.to, steps);
  const double steps_per_K = static_cast<double>(steps) / range;
  const double width =
      narrowest_interval * std::max(1.0, std::ceil(static_cast<double>(shortest_interval) /
                                                   (narrowest_interval * steps_per_K)));
  const auto count = std::max<std::int64_t>(1, std::llround(range / width));
  for (std::int64_t k = 0; k < count; ++k) {
    const double middle = (static_cast<double>(k) + 0.5) / static_cast<double>(count);
    course.intervals.push_back({begin + steps * k / count, begin + steps * (k + 1) / count,
                                from + (segment.to - from) * middle});
  }
}

void add_staircase(RampCourse& course, double from, const RampSegment& segment, double timestep) {
  const double range = std::abs(segment.to - from);
  const auto count = static_cast<std::int64_t>(std::ceil(range / segment.step - 1e-9));
  const std::int64_t each = whole_steps(segment.step / segment.rate, timestep, "schedule.rate");
  if (each < 2) refuse("schedule.rate", "a plateau would take less than two steps");
  const double sign = segment.to < from ? -1.0 : 1.0;
  for (std::int64_t k = 1; k <= count; ++k) {
    const double target =
        k == count ? segment.to : from + sign * segment.step * static_cast<double>(k);
    const std::int64_t begin = course.temperature.steps();
    course.temperature.hold(target, each);
    course.intervals.push_back({begin + each / 2, begin + each, target});
  }
}

/// The target runs one way, so the last step at which it is not beyond `temperature` is found by
/// halves; -1 where it begins beyond.
std::int64_t last_step_not_beyond(const RampCourse& course, double temperature) {
  const std::int64_t last = course.temperature.steps();
  const double sign = course.temperature.at(last) < course.start ? -1.0 : 1.0;
  std::int64_t before = -1, after = last + 1;
  while (after - before > 1) {
    const std::int64_t middle = before + (after - before) / 2;
    const bool beyond = sign * (course.temperature.at(middle) - temperature) > 1e-9;
    (beyond ? after : before) = middle;
  }
  return before;
}

}  // namespace

std::vector<RampSegment> ramp_segments(const core::Options& options) {
  const auto& to = options.numbers("schedule.to");
  const auto& rate = options.numbers("schedule.rate");
  const std::vector<double> step = options.has("schedule.step")
                                       ? options.numbers("schedule.step")
                                       : std::vector<double>(to.size(), 0.0);
  if (to.empty()) refuse("schedule", "a ramp needs a segment or more");
  if (rate.size() != to.size() || step.size() != to.size())
    refuse("schedule", fmt::format("{} temperatures, {} rates and {} steps do not make segments",
                                   to.size(), rate.size(), step.size()));
  std::vector<RampSegment> segments;
  for (std::size_t k = 0; k < to.size(); ++k) {
    const std::string key = fmt::format("schedule[{}].", k);
    require_positive(to[k], key + "to", "K");
    require_positive(rate[k], key + "rate", "K/ps");
    if (!(step[k] >= 0.0))
      refuse(key + "step", fmt::format("{:g} K must not be negative", step[k]));
    segments.push_back({to[k], rate[k], step[k]});
  }
  return segments;
}

RampCourse ramp_course(const std::string& kind, const std::vector<RampSegment>& segments,
                       double timestep, double start_temperature) {
  RampCourse course;
  course.start = start_temperature;
  double from = start_temperature;
  for (std::size_t k = 0; k < segments.size(); ++k) {
    const RampSegment& segment = segments[k];
    const bool leads_on = kind == "quench" ? segment.to < from : segment.to > from;
    if (!leads_on)
      refuse(fmt::format("schedule[{}].to", k),
             fmt::format("{} cannot go from {:g} K to {:g} K", kind, from, segment.to),
             kind == "quench" ? "a quench cools; `heat` warms" : "`heat` warms; a quench cools");
    if (segment.step > 0.0)
      add_staircase(course, from, segment, timestep);
    else
      add_slope(course, from, segment, timestep);
    from = segment.to;
  }
  return course;
}

std::int64_t step_at_temperature(const RampCourse& course, double temperature) {
  const double end = course.temperature.at(course.temperature.steps());
  const double low = std::min(course.start, end), high = std::max(course.start, end);
  if (temperature < low - 1e-9 || temperature > high + 1e-9)
    refuse("temperature", fmt::format("the ramp it comes from runs from {:g} K to {:g} K, and "
                                      "never stands at {:g} K",
                                      course.start, end, temperature));
  const std::int64_t before = last_step_not_beyond(course, temperature);
  if (before < 0) return 0;
  const double here = course.temperature.at(before), next = course.temperature.at(before + 1);
  const bool next_is_nearer = std::abs(next - temperature) < std::abs(here - temperature);
  return last_step_not_beyond(course, next_is_nearer ? next : here);
}

Leg ramp_leg(const std::string& kind, const core::Options& options, double timestep,
             double start_temperature) {
  const RampCourse course = ramp_course(kind, ramp_segments(options), timestep, start_temperature);
  Leg leg;
  leg.name = kind;
  leg.protocol = common_protocol(options, timestep);
  leg.protocol.temperature = course.temperature;
  leg.steps = course.temperature.steps();
  leg.observed = true;
  return leg;
}

}  // namespace vitreous::stage
