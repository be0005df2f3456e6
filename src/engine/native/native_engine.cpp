#include "engine/native/native_engine.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "engine/native/bath.hpp"
#include "engine/native/mtk_barostat.hpp"
#include "engine/native/velocity_verlet.hpp"
#include "engine/require_sense.hpp"

namespace vitreous::engine {
namespace {

/// Rounding lets the total momentum wander, by about 1e-16 of one atom's a step. It is put back to
/// zero at every such absolute step, so that where a run is cut does not matter.
constexpr std::int64_t steps_between_drift_removals = 1000;

/// Atoms at 10000 K move 0.05 A in 3 fs; a step ten times as long is no motion but an explosion.
constexpr double longest_move = 0.5;  // A

/// Largest change of a box edge in one step, relative.
constexpr double largest_strain = 0.01;

void hold_momentum_at_zero(State& state) {
  if (state.step % steps_between_drift_removals == 0) core::remove_drift(state.atoms);
}

/// What a change of the targets costs with the bath as it stands.
double cost_of_change(const State& state, const Protocol& protocol, const Targets& from,
                      const Targets& to) {
  return bath_energy(state, protocol, to) - bath_energy(state, protocol, from);
}

std::string temperature_text(const State& state) {
  const double temperature = core::temperature(state.atoms);
  return std::isfinite(temperature) ? fmt::format("the temperature is {:.4g} K", temperature)
                                    : "the velocities are not finite any more";
}

std::string moment(const State& state) {
  return fmt::format("at step {} ({:.6g} ps)", state.step, state.time);
}

[[noreturn]] void stop_exploding(const State& state, double timestep) {
  const std::size_t i = fastest_atom(state.atoms);
  throw base::RunError(
      fmt::format("atom {} would move {:.3g} A in one step, {}; {}", state.atoms.id[i],
                  math::norm(state.atoms.velocity[i]) * timestep, moment(state),
                  temperature_text(state)),
      "the timestep is too long for these forces, or atoms overlap",
      {"use a shorter timestep", "check the starting configuration for atoms that overlap"});
}

/// A failure of the forces, told with its moment.
template <class Evaluate>
void at_moment(const State& state, const Evaluate& evaluate) {
  try {
    evaluate();
  } catch (const base::RunError& error) {
    base::Message message = error.message();
    message.problem += fmt::format(", {}", moment(state));
    message.tries.push_back("use a shorter timestep");
    throw base::RunError(message);
  }
}

}  // namespace

NativeEngine::NativeEngine(std::unique_ptr<Forces> forces) : forces_(std::move(forces)) {}

void NativeEngine::step(State& state, const Protocol& protocol, Want want) {
  const Targets now = targets_at(protocol, state.step);
  const Targets next = targets_at(protocol, state.step + 1);
  const double half = 0.5 * protocol.timestep;

  hold_momentum_at_zero(state);
  apply_thermostat(state, protocol, now, half);
  push_barostat(state, protocol, now, half);
  kick_atoms(state, protocol, half);

  state.heat += 0.5 * cost_of_change(state, protocol, now, next);
  drift_atoms(state, protocol);
  state.heat += 0.5 * cost_of_change(state, protocol, now, next);
  ++state.step;
  state.time += protocol.timestep;
  find_forces(state, want);

  kick_atoms(state, protocol, half);
  push_barostat(state, protocol, next, half);
  apply_thermostat(state, protocol, next, half);
}

void NativeEngine::push_barostat(State& state, const Protocol& protocol, const Targets& targets,
                                 double time) {
  if (protocol.ensemble != Ensemble::npt) return;
  state.strain_rate +=
      time * strain_acceleration(twice_kinetic_energy(state.atoms), math::trace(result_.virial),
                                 state.box.volume(), targets, freedom(state.atoms),
                                 protocol.pressure_damping);
}

void NativeEngine::kick_atoms(State& state, const Protocol& protocol, double time) {
  const double strain_rate = protocol.ensemble == Ensemble::npt ? state.strain_rate : 0.0;
  kick(state.atoms, result_.force, strained_kick(strain_rate, freedom(state.atoms), time));
}

void NativeEngine::drift_atoms(State& state, const Protocol& protocol) {
  const double strain_rate = protocol.ensemble == Ensemble::npt ? state.strain_rate : 0.0;
  const MoveFactors factors = strained_drift(strain_rate, protocol.timestep);
  if (!(std::abs(strain_rate) * protocol.timestep <= largest_strain))
    throw base::RunError(
        fmt::format("the box would change by {:.3g} % in one step, {}; {}",
                    100.0 * strain_rate * protocol.timestep, moment(state),
                    temperature_text(state)),
        "the barostat runs away: the pressure is far from its target, or it reacts too fast",
        {"use a longer pressure damping or a shorter timestep",
         "start from a density closer to the final one"});
  if (!drift(state.atoms, state.box.origin(), factors, longest_move))
    stop_exploding(state, protocol.timestep);
  if (strain_rate == 0.0) return;
  core::Mat3 cell = state.box.cell();
  cell *= factors.scale;
  state.box = core::Box(cell, state.box.origin());
}

void NativeEngine::find_forces(const State& state, Want want) {
  known_step_.reset();
  at_moment(state, [&] { forces_->evaluate(state.box, state.atoms, want, result_); });
  known_step_ = state.step;
  known_want_ = want;
}

void NativeEngine::require_forces(const State& state, Want want) {
  const bool enough = known_step_ == state.step && (known_want_.virial || !want.virial);
  if (!enough) find_forces(state, want);
}

void NativeEngine::measure(const State& state) {
  if (measured_step_ == state.step) return;
  measured_step_.reset();
  at_moment(state, [&] { forces_->measure(state.box, state.atoms, measured_); });
  measured_step_ = state.step;
}

void NativeEngine::forget() {
  known_step_.reset();
  measured_step_.reset();
}

void NativeEngine::advance(State& state, const Protocol& protocol, std::int64_t steps) {
  require_sense(state, protocol, steps);
  if (steps == 0) return;
  prepare_bath(state, protocol);
  const Want want{.virial = protocol.ensemble == Ensemble::npt};
  require_forces(state, want);
  for (; steps > 0; --steps) step(state, protocol, want);
}

core::Thermo NativeEngine::thermo(State& state, const Protocol& protocol) {
  require_sense(state, protocol, 0);
  measure(state);
  const core::Atoms& atoms = state.atoms;
  core::Thermo thermo;
  thermo.potential_energy = measured_.energy;
  thermo.kinetic_energy = 0.5 * twice_kinetic_energy(atoms);
  thermo.temperature = core::temperature(atoms);
  for (std::size_t i = 0; i < atoms.size(); ++i)
    thermo.pressure += math::outer(atoms.velocity[i], atoms.velocity[i]) * atoms.mass(i);
  thermo.pressure *= base::mv2_to_eV;
  thermo.pressure += measured_.virial;
  thermo.pressure *= 1.0 / state.box.volume();
  thermo.conserved = thermo.potential_energy + thermo.kinetic_energy +
                     bath_energy(state, protocol, targets_at(protocol, state.step)) - state.heat;
  return thermo;
}

void NativeEngine::transfer(core::Archive& archive) {
  const core::Archive::Group group(archive, "forces");
  forces_->transfer(archive);
  if (archive.loading()) forget();
}

void NativeEngine::reset() {
  forces_->reset();
  forget();
}

std::string NativeEngine::description() const { return "native; forces " + forces_->description(); }

}  // namespace vitreous::engine
