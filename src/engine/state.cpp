#include "engine/state.hpp"

namespace vitreous::engine {
namespace {

void transfer_chain(core::Archive& archive, std::string_view name, Chain& chain) {
  const core::Archive::Group group(archive, name);
  archive.transfer("position", chain.position);
  archive.transfer("velocity", chain.velocity);
}

}  // namespace

void State::reset_ensemble() {
  thermostat = {};
  barostat_thermostat = {};
  strain_rate = 0.0;
  heat = 0.0;
}

void State::transfer(core::Archive& archive) {
  archive.transfer("box", box);
  archive.transfer("atoms", atoms);
  archive.transfer("step", step);
  archive.transfer("time", time);
  transfer_chain(archive, "thermostat", thermostat);
  transfer_chain(archive, "barostat_thermostat", barostat_thermostat);
  archive.transfer("strain_rate", strain_rate);
  archive.transfer("heat", heat);
  archive.transfer("random", random);
}

}  // namespace vitreous::engine
