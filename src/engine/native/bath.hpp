// What stands beside the atoms in an extended ensemble: thermostat and barostat together.
#pragma once

#include "engine/native/targets.hpp"
#include "engine/state.hpp"

namespace vitreous::engine {

/// Degrees of freedom of the atoms, 3N - 3: their total momentum is held at zero.
double freedom(const core::Atoms& atoms);

/// Gives chains that have no links (or another number than the protocol's) their links, at rest.
void prepare_bath(State& state, const Protocol& protocol);

/// Lets the thermostat act for `time` (ps) on the atoms and, under npt, on the barostat. What a
/// stochastic thermostat gives is added to State::heat.
void apply_thermostat(State& state, const Protocol& protocol, const Targets& targets, double time);

/// The bath's part of the conserved quantity (eV): chains, barostat, P V; without State::heat.
double bath_energy(const State& state, const Protocol& protocol, const Targets& targets);

}  // namespace vitreous::engine
