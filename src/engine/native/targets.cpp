#include "engine/native/targets.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::engine {

Targets targets_at(const Protocol& protocol, std::int64_t step) {
  Targets targets;
  if (protocol.ensemble == Ensemble::nve) return targets;
  const std::int64_t since = step - protocol.first_step;
  const double temperature = protocol.temperature.at(since);
  if (!(temperature > 0.0) || !std::isfinite(temperature))
    throw base::InputError(
        fmt::format("the target temperature at step {} is {} K", step, temperature),
        "a thermostat needs a temperature above zero");
  targets.kT = base::boltzmann * temperature;
  if (protocol.ensemble == Ensemble::npt) targets.pressure = protocol.pressure.at(since);
  return targets;
}

}  // namespace vitreous::engine
