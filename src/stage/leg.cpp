#include "stage/leg.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "stage/free_surface.hpp"
#include "stage/hold.hpp"
#include "stage/minimize.hpp"
#include "stage/ramp.hpp"

namespace vitreous::stage {

bool is_ramp(const std::string& kind) { return kind == "quench" || kind == "heat"; }

bool passes_time(const std::string& kind) { return kind != "minimize"; }

std::int64_t whole_steps(double duration, double timestep, const std::string& key) {
  const double steps = std::round(duration / timestep);
  if (!(steps >= 0.0) || steps > 1e15) {
    base::Message message;
    message.key = key;
    message.problem = fmt::format("{:g} ps is not a time that can be run", duration);
    throw base::InputError(message);
  }
  return static_cast<std::int64_t>(steps);
}

engine::Protocol common_protocol(const core::Options& options, double timestep) {
  engine::Protocol protocol;
  protocol.timestep = timestep;
  protocol.ensemble = engine::Ensemble::nvt;
  protocol.thermostat = options.text("thermostat") == "nose_hoover"
                            ? engine::Thermostat::nose_hoover
                            : engine::Thermostat::velocity_rescaling;
  protocol.temperature_damping = options.number("temperature_damping");
  if (!options.has("pressure")) return protocol;
  protocol.ensemble = engine::Ensemble::npt;
  protocol.pressure = engine::Course::constant(options.number("pressure") / base::eV_per_A3_to_GPa);
  protocol.pressure_damping = options.number("pressure_damping");
  return protocol;
}

std::optional<analysis::Slab> slab_of(const std::vector<Leg>& legs) {
  for (const Leg& leg : legs)
    if (leg.opening) return leg.opening;
  return std::nullopt;
}

analysis::Setting observed_setting(const std::vector<Leg>& legs, double timestep) {
  analysis::Setting setting;
  setting.timeline.timestep = timestep;
  for (const Leg& leg : legs) {
    if (leg.observed) setting.timeline.first = setting.timeline.last;
    setting.timeline.last += leg.steps;
  }
  setting.slab = slab_of(legs);
  return setting;
}

std::vector<Leg> legs_of(const std::string& kind, const core::Options& options, double timestep,
                         double start_temperature) {
  if (kind == "hold") return hold_legs(options, timestep);
  if (kind == "free_surface") return free_surface_legs(options, timestep);
  if (kind == "minimize") return minimize_legs(options, timestep);
  return {ramp_leg(kind, options, timestep, start_temperature)};
}

}  // namespace vitreous::stage
