#include "engine/native/bath.hpp"

#include <cmath>

#include "base/error.hpp"
#include "engine/native/mtk_barostat.hpp"
#include "engine/native/nose_hoover_chain.hpp"
#include "engine/native/velocity_rescaling.hpp"
#include "engine/native/velocity_verlet.hpp"

namespace vitreous::engine {
namespace {

ChainTarget atoms_target(const State& state, const Protocol& protocol, const Targets& targets) {
  return {targets.kT, freedom(state.atoms), protocol.temperature_damping};
}

/// The barostat is one degree of freedom, as slow as its own damping time says.
ChainTarget barostat_target(const Protocol& protocol, const Targets& targets) {
  return {targets.kT, 1.0, protocol.pressure_damping};
}

double mass_of_barostat(const State& state, const Protocol& protocol, const Targets& targets) {
  return barostat_mass(targets.kT, freedom(state.atoms), protocol.pressure_damping);
}

void prepare_chain(Chain& chain, const Protocol& protocol) {
  const auto links = static_cast<std::size_t>(protocol.chain_length);
  if (chain.position.size() == links && chain.velocity.size() == links) return;
  chain.position.assign(links, 0.0);
  chain.velocity.assign(links, 0.0);
}

void rescale_atoms(State& state, const Protocol& protocol, const Targets& targets, double time) {
  const double before = twice_kinetic_energy(state.atoms);
  if (!(before > 0.0))
    throw base::RunError("velocity rescaling has no velocities to scale: all atoms are at rest", "",
                         {"draw velocities at a temperature first"});
  const double decay = std::exp(-time / protocol.temperature_damping);
  const double factor =
      rescaling_factor(before, targets.kT, freedom(state.atoms), decay, state.random);
  scale_velocities(state.atoms, factor);
  state.heat += 0.5 * (twice_kinetic_energy(state.atoms) - before);
}

/// For one degree of freedom the rule of Bussi et al. is that of Ornstein and Uhlenbeck.
void renew_strain_rate(State& state, const Protocol& protocol, const Targets& targets,
                       double time) {
  const double mass = mass_of_barostat(state, protocol, targets);
  const double decay = std::exp(-time / protocol.pressure_damping);
  const double before = state.strain_rate;
  state.strain_rate = std::sqrt(decay) * before +
                      std::sqrt((1.0 - decay) * targets.kT / mass) * state.random.normal();
  state.heat += 0.5 * mass * (state.strain_rate * state.strain_rate - before * before);
}

void advance_chains(State& state, const Protocol& protocol, const Targets& targets, double time) {
  const double factor = advance_chain(state.thermostat, atoms_target(state, protocol, targets),
                                      twice_kinetic_energy(state.atoms), time);
  scale_velocities(state.atoms, factor);
  if (protocol.ensemble != Ensemble::npt) return;
  const double twice_kinetic =
      mass_of_barostat(state, protocol, targets) * state.strain_rate * state.strain_rate;
  state.strain_rate *= advance_chain(state.barostat_thermostat, barostat_target(protocol, targets),
                                     twice_kinetic, time);
}

}  // namespace

double freedom(const core::Atoms& atoms) { return 3.0 * static_cast<double>(atoms.size()) - 3.0; }

void prepare_bath(State& state, const Protocol& protocol) {
  if (protocol.ensemble == Ensemble::nve || protocol.thermostat != Thermostat::nose_hoover) return;
  prepare_chain(state.thermostat, protocol);
  if (protocol.ensemble == Ensemble::npt) prepare_chain(state.barostat_thermostat, protocol);
}

void apply_thermostat(State& state, const Protocol& protocol, const Targets& targets, double time) {
  if (protocol.ensemble == Ensemble::nve) return;
  if (protocol.thermostat == Thermostat::nose_hoover)
    return advance_chains(state, protocol, targets, time);
  rescale_atoms(state, protocol, targets, time);
  if (protocol.ensemble == Ensemble::npt) renew_strain_rate(state, protocol, targets, time);
}

double bath_energy(const State& state, const Protocol& protocol, const Targets& targets) {
  if (protocol.ensemble == Ensemble::nve) return 0.0;
  const bool chains = protocol.thermostat == Thermostat::nose_hoover;
  double energy =
      chains ? chain_energy(state.thermostat, atoms_target(state, protocol, targets)) : 0.0;
  if (protocol.ensemble != Ensemble::npt) return energy;
  if (chains) energy += chain_energy(state.barostat_thermostat, barostat_target(protocol, targets));
  energy +=
      0.5 * mass_of_barostat(state, protocol, targets) * state.strain_rate * state.strain_rate;
  return energy + targets.pressure * state.box.volume();
}

}  // namespace vitreous::engine
