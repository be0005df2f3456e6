#include "engine/lammps/lammps_engine.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <numeric>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "engine/native/bath.hpp"
#include "engine/native/targets.hpp"
#include "engine/native/velocity_rescaling.hpp"
#include "engine/require_sense.hpp"

namespace vitreous::engine {
namespace {

constexpr const char* fix_name = "vitreous";
constexpr std::int64_t steps_between_momentum_removals = 1000;
/// A hundredth of a damping time or two: what a thermostat does between does not matter.
constexpr std::int64_t steps_between_rescalings = 10;

bool has_chains(const Protocol& protocol) {
  return protocol.ensemble != Ensemble::nve && protocol.thermostat == Thermostat::nose_hoover;
}

bool is_rescaled(const Protocol& protocol) {
  return protocol.ensemble != Ensemble::nve && !has_chains(protocol);
}

bool breathes(const Protocol& protocol) { return protocol.ensemble == Ensemble::npt; }

std::string fix_style(const Protocol& protocol) {
  if (has_chains(protocol)) return breathes(protocol) ? "npt" : "nvt";
  return breathes(protocol) ? "nph" : "nve";
}

bool has_targets(const Protocol& protocol) { return fix_style(protocol) != "nve"; }

/// A Nose-Hoover fix tells positions and velocities of its chain, of the strain and of the
/// barostat's chain, then their energies in the same order. The energy that it tells as a whole
/// counts too much of the barostat's chain in some versions.
LammpsTerms bath_terms(const Protocol& protocol) {
  const std::int64_t chain = has_chains(protocol) ? 2 * protocol.chain_length : 0;
  const std::int64_t strain = breathes(protocol) ? 2 + chain : 0;
  return {fix_name, chain + strain, chain + strain};
}

/// Whether the same fix can go on; its targets are set before each run.
bool goes_on(const Protocol& a, const Protocol& b) {
  return a.first_step == b.first_step && fix_style(a) == fix_style(b) && a.timestep == b.timestep &&
         a.temperature_damping == b.temperature_damping &&
         a.pressure_damping == b.pressure_damping && a.chain_length == b.chain_length;
}

/// LAMMPS on a GPU keeps atoms there: what is changed here is seen where a run begins anew.
bool keeps_atoms_elsewhere(const LammpsOptions& options) {
  const auto& all = options.arguments;
  return std::find(all.begin(), all.end(), "kk") != all.end();
}

/// A signal that another process caught is as good as one of our own.
void heed_signals(const LammpsProcesses& processes) {
  if (processes.signal() != 0 && base::interrupted_by() == 0) std::raise(processes.signal());
}

std::string date_text(int version) {
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int month = std::clamp(version / 100 % 100, 1, 12);
  return fmt::format("{} {} {}", version % 100, months[month - 1], version / 10000);
}

}  // namespace

LammpsEngine::LammpsEngine(LammpsProcesses& processes, LammpsOptions options)
    : processes_(processes), options_(std::move(options)) {
  std::vector<std::string> arguments = {"-log", "none", "-screen", "none"};
  arguments.insert(arguments.end(), options_.arguments.begin(), options_.arguments.end());
  try {
    processes_.open(arguments);
    processes_.command("units metal");
    constants_ = processes_.constants();
    version_ = processes_.version();
  } catch (const std::runtime_error& error) {
    base::Message message;
    message.problem = error.what();
    if (!options_.arguments.empty())
      message.why = fmt::format("it was started with {}", fmt::join(options_.arguments, " "));
    throw base::RunError(message);
  }
  copy_.emplace(processes_, options_);
}

LammpsEngine::~LammpsEngine() {
  try {
    if (processes_.is_open()) processes_.close();
  } catch (const std::exception&) {
    // What cannot be closed is left as it is.
  }
}

template <class Work>
auto LammpsEngine::at_moment(const State& state, const Work& work) {
  try {
    return work();
  } catch (const base::Error&) {
    throw;
  } catch (const std::runtime_error& error) {
    copy_->forget();
    fixed_.reset();
    throw base::RunError(
        fmt::format("{}, after step {} ({:.6g} ps)", error.what(), state.step, state.time));
  }
}

void LammpsEngine::bring(State& state, const Protocol& protocol) {
  if (!copy_->is_of(state)) {
    copy_->put(state);
    copy_->command("compute vitreous_virial all pressure NULL virial");
    copy_->command(
        "thermo_style custom step pe ke c_vitreous_virial[1] c_vitreous_virial[2] "
        "c_vitreous_virial[3] c_vitreous_virial[4] c_vitreous_virial[5] c_vitreous_virial[6]");
    copy_->command(fmt::format("fix vitreous_momentum all momentum {} linear 1 1 1",
                               steps_between_momentum_removals));
    if (fixed_) memory_.numbers.clear();  // of atoms that are no more
    fixed_.reset();
    forces_known_ = false;
  }
  if (!fixed_ || !goes_on(*fixed_, protocol)) start_fix(state, protocol);
  fixed_ = protocol;
  if (!forces_known_) run(0);
}

void LammpsEngine::start_fix(const State& state, const Protocol& protocol) {
  if (fixed_) copy_->command(fmt::format("unfix {}", fix_name));
  const std::string style = fix_style(protocol);
  std::string line = fmt::format("fix {} all {}", fix_name, style);
  if (has_chains(protocol))
    line +=
        fmt::format(" temp 1 1 {} tchain {}", protocol.temperature_damping, protocol.chain_length);
  const math::Vec3& fixed = state.box.origin();
  if (breathes(protocol))
    line +=
        fmt::format(" iso 0 0 {} pchain {} fixedpoint {} {} {}", protocol.pressure_damping,
                    has_chains(protocol) ? protocol.chain_length : 0, fixed.x, fixed.y, fixed.z);
  copy_->command(line);
  copy_->command(fmt::format("timestep {}", protocol.timestep));
  const bool remembers =
      !memory_.numbers.empty() && memory_.fix == style && memory_.first_step == protocol.first_step;
  if (remembers)
    processes_.put_memory(fix_name, memory_.numbers);
  else
    memory_ = {{}, protocol.first_step, targets_at(protocol, state.step).kT, style};
  set_targets(state, protocol, 0);
  forces_known_ = false;
}

void LammpsEngine::run(std::int64_t steps) {
  copy_->command(fmt::format("run {} pre {} post no", steps, forces_known_ ? "no" : "yes"));
  forces_known_ = true;
}

void LammpsEngine::set_targets(const State& state, const Protocol& protocol, std::int64_t steps) {
  if (!has_targets(protocol)) return;
  const std::int64_t since = state.step - protocol.first_step;
  const auto at_end = [&](const Course& course) {
    const auto [end, value] = course.stretch_from(since);
    if (end == since + steps) return value;
    return course.at(since + steps);
  };
  LammpsTargets targets;
  const double to_kelvin = base::boltzmann / constants_.boltzmann;
  targets.temperature_begin = protocol.temperature.at(since) * to_kelvin;
  targets.temperature_end = at_end(protocol.temperature) * to_kelvin;
  if (breathes(protocol)) {
    targets.pressure_begin = protocol.pressure.at(since) * constants_.eV_per_A3_to_bar;
    targets.pressure_end = at_end(protocol.pressure) * constants_.eV_per_A3_to_bar;
  }
  processes_.set_targets(fix_name, targets);
}

/// Of the bath's energy the part that follows kT, by kT: positions and velocities of the chain,
/// whose masses LAMMPS keeps in step with the target, and positions of the barostat's chain.
double LammpsEngine::chains_over_kT(const Protocol& protocol, double kT) {
  const std::vector<double> terms = processes_.take_energies(bath_terms(protocol)).bath;
  const auto links = static_cast<std::size_t>(protocol.chain_length);
  double energy = std::accumulate(terms.begin(), terms.begin() + 2 * protocol.chain_length, 0.0);
  for (std::size_t k = 2 * links + 2; k < 3 * links + 2 && k < terms.size(); ++k)
    energy += terms[k];
  return energy / kT;
}

/// What a change of the target costs enters State::heat, by the trapezoidal rule over the piece:
/// so that Thermo::conserved stays constant on ramps too.
void LammpsEngine::run_with_chains(State& state, const Protocol& protocol, std::int64_t steps) {
  const double begin = targets_at(protocol, state.step).kT;
  const auto [end, value] = protocol.temperature.stretch_from(state.step - protocol.first_step);
  const bool whole = end == state.step - protocol.first_step + steps;
  const double finish =
      whole ? base::boltzmann * value : targets_at(protocol, state.step + steps).kT;
  const bool changes = begin != memory_.kT || finish != begin;
  const double before = changes ? chains_over_kT(protocol, memory_.kT) : 0.0;
  set_targets(state, protocol, steps);
  run(steps);
  if (changes) {
    const double after = chains_over_kT(protocol, finish);
    state.heat += before * (begin - memory_.kT) + 0.5 * (before + after) * (finish - begin);
  }
  memory_.kT = finish;
}

void LammpsEngine::rescale(State& state, const Protocol& protocol, std::int64_t steps) {
  const double kinetic = processes_.take_kinetic_energy();
  const double time = static_cast<double>(steps) * protocol.timestep;
  const double decay = std::exp(-time / protocol.temperature_damping);
  const double factor = rescaling_factor(2.0 * kinetic, targets_at(protocol, state.step + steps).kT,
                                         freedom(state.atoms), decay, state.random);
  processes_.scale_velocities(factor);
  state.heat += (factor * factor - 1.0) * kinetic;
  if (keeps_atoms_elsewhere(options_)) forces_known_ = false;
}

std::int64_t LammpsEngine::run_piece(State& state, const Protocol& protocol, std::int64_t most) {
  std::int64_t steps = most;
  const std::int64_t since = state.step - protocol.first_step;
  if (protocol.ensemble != Ensemble::nve)
    steps = std::min(steps, protocol.temperature.stretch_from(since).end - since);
  if (breathes(protocol))
    steps = std::min(steps, protocol.pressure.stretch_from(since).end - since);
  if (is_rescaled(protocol))
    steps = std::min(steps, steps_between_rescalings - since % steps_between_rescalings);
  if (has_chains(protocol)) {
    run_with_chains(state, protocol, steps);
  } else {
    set_targets(state, protocol, steps);
    run(steps);
    if (is_rescaled(protocol)) rescale(state, protocol, steps);
  }
  state.step += steps;
  state.time += static_cast<double>(steps) * protocol.timestep;
  return steps;
}

void LammpsEngine::advance(State& state, const Protocol& protocol, std::int64_t steps) {
  require_sense(state, protocol, steps);
  if (steps == 0) return;
  at_moment(state, [&] {
    bring(state, protocol);
    while (steps > 0) steps -= run_piece(state, protocol, steps);
    copy_->take(state, breathes(protocol));
  });
  heed_signals(processes_);
}

core::Thermo LammpsEngine::thermo(State& state, const Protocol& protocol) {
  require_sense(state, protocol, 0);
  const LammpsEnergies energies = at_moment(state, [&] {
    bring(state, protocol);
    return processes_.take_energies(bath_terms(protocol));
  });
  const core::Atoms& atoms = state.atoms;
  core::Thermo thermo;
  thermo.potential_energy = energies.potential;
  thermo.kinetic_energy = core::kinetic_energy(atoms);
  thermo.temperature = core::temperature(atoms);
  for (std::size_t i = 0; i < atoms.size(); ++i)
    thermo.pressure += math::outer(atoms.velocity[i], atoms.velocity[i]) * atoms.mass(i);
  thermo.pressure *= base::mv2_to_eV / state.box.volume();
  const auto& [xx, yy, zz, xy, xz, yz] = energies.virial_pressure;
  thermo.pressure += math::Mat3{{math::Vec3{xx, xy, xz}, {xy, yy, yz}, {xz, yz, zz}}} *
                     (1.0 / constants_.eV_per_A3_to_bar);
  thermo.conserved = std::accumulate(energies.bath.begin(), energies.bath.end(),
                                     thermo.potential_energy + thermo.kinetic_energy - state.heat);
  return thermo;
}

void LammpsEngine::transfer(core::Archive& archive) {
  if (!archive.loading() && fixed_ && has_targets(*fixed_))
    memory_.numbers = processes_.take_memory(fix_name);
  const core::Archive::Group group(archive, "lammps");
  archive.transfer("fix", memory_.fix);
  archive.transfer("first_step", memory_.first_step);
  archive.transfer("kT", memory_.kT);
  archive.transfer("memory", memory_.numbers);
  if (!archive.loading()) return;
  copy_->forget();
  fixed_.reset();
}

std::string LammpsEngine::description() const {
  std::string text =
      fmt::format("lammps ({}); forces {}; {} process{}", date_text(version_), options_.pair_style,
                  processes_.size(), processes_.size() == 1 ? "" : "es");
  if (!options_.arguments.empty()) text += fmt::format(", {}", fmt::join(options_.arguments, " "));
  return text;
}

}  // namespace vitreous::engine
