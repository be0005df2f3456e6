#include "engine/require_sense.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::engine {
namespace {

void require_positive(double value, const char* what) {
  if (!(value > 0.0) || !std::isfinite(value))
    throw base::InputError(fmt::format("the {} is {} ps; it must be above zero", what, value));
}

}  // namespace

void require_sense(const State& state, const Protocol& protocol, std::int64_t steps) {
  if (state.atoms.size() < 2)
    throw base::InputError(
        fmt::format("dynamics needs two atoms or more, not {}", state.atoms.size()));
  if (steps < 0) throw base::InputError(fmt::format("cannot advance by {} steps", steps));
  require_positive(protocol.timestep, "timestep");
  if (protocol.ensemble == Ensemble::nve) return;
  require_positive(protocol.temperature_damping, "damping time of the temperature");
  if (protocol.chain_length < 1)
    throw base::InputError(
        fmt::format("a Nose-Hoover chain needs one link or more, not {}", protocol.chain_length));
  if (protocol.ensemble == Ensemble::npt)
    require_positive(protocol.pressure_damping, "damping time of the pressure");
}

}  // namespace vitreous::engine
