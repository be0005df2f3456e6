// A stretch of a stage under one protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/observer.hpp"
#include "core/declaration.hpp"
#include "engine/protocol.hpp"

namespace vitreous::stage {

struct Leg {
  std::string name;           ///< for progress: "equilibrate", "hold", "quench"
  engine::Protocol protocol;  ///< its courses begin at the leg's first step
  std::int64_t steps = 0;
  bool observed = false;
  /// Begins by scaling the box to the mean volume of the second half of the leg before.
  bool in_mean_box = false;
  /// Begins by opening the box.
  std::optional<analysis::Slab> opening;
  /// Takes no steps: minimizes to this force (eV/A) instead.
  std::optional<double> minimized_to;
};

/// Whether a kind of stage follows a schedule of temperatures; the others hold one.
bool is_ramp(const std::string& kind);

/// Whether time passes in a kind of stage: without it there is nothing to observe or to save.
bool passes_time(const std::string& kind);

/// A duration in whole steps, to the nearest; throws InputError where `duration` (ps, called `key`
/// in the message) is negative or not finite.
std::int64_t whole_steps(double duration, double timestep, const std::string& key);

/// The protocol that the options common to all stages ask for, as an npt ensemble where there is a
/// pressure among them.
engine::Protocol common_protocol(const core::Options& options, double timestep);

/// The slab that these legs open; empty where they open none.
std::optional<analysis::Slab> slab_of(const std::vector<Leg>& legs);

/// What observers are told of these legs: the steps that are observed, and the slab; atoms are not
/// known here.
analysis::Setting observed_setting(const std::vector<Leg>& legs, double timestep);

/// What a stage of this kind does, in order. `start_temperature` (K) is where a ramp begins.
/// Throws InputError, with the option as its key, where the options do not go together.
std::vector<Leg> legs_of(const std::string& kind, const core::Options& options, double timestep,
                         double start_temperature);

}  // namespace vitreous::stage
