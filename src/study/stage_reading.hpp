// One [[stage]] of the study as its kind declares it, before it fans out into branches.
#pragma once

#include <map>
#include <optional>

#include "stage/leg.hpp"
#include "study/alloy_reading.hpp"
#include "study/plan.hpp"
#include "study/sections.hpp"

namespace vitreous::study {

/// One value of an axis with the place where it is written.
struct AxisPoint {
  AxisValue value;
  PlacedComposition composition;  ///< of the axis `composition`
  Place place;
};

/// An axis of a stage: a list where one value would do.
struct Axis {
  std::string name;  ///< composition, pressure, rate, temperature
  std::vector<AxisPoint> points;
};

struct StageSpec {
  std::string name, kind;
  std::string from;  ///< a stage; "" where it starts from a random liquid
  const core::Declaration* declaration = nullptr;
  std::vector<Axis> axes;  ///< its own
  /// What it says itself or by default; without what its axes give.
  core::Options options;
  std::optional<std::size_t> rate_segment;  ///< the segment of the schedule that has the rates
  std::optional<int> replicas;
  std::vector<analysis::ObserverRequest> observe;
  std::optional<SaveRequest> save;
  std::vector<std::string> from_defaults;  ///< keys that [defaults] gave
  std::map<std::string, Place> places;     ///< of keys: "temperature", "schedule[0].rate"
  Place place;

  bool is_ramp() const { return stage::is_ramp(kind); }
  bool gives(const std::string& key) const { return places.contains(key); }
  /// Where a key stands; the stage's own place where it is not written.
  const Place& place_of(const std::string& key) const;
};

/// The value of an axis as it is shown: (temperature, 1000) -> "1000K".
AxisValue axis_value(const std::string& axis, double value);
/// The unit in which an axis is told: K, GPa, K/s; "1" for a composition, "" for no axis.
std::string axis_unit(const std::string& axis);

/// Throws InputError where the stage has no kind; gathers as mistakes what is wrong with its keys.
StageSpec read_stage(const StageSection& section, double timestep, Mistakes& mistakes);

/// An axis' order among the others, in folder names and tables.
std::size_t axis_order(const std::string& name);

}  // namespace vitreous::study
