#include <fmt/format.h>
#include <sched.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "cli/arguments.hpp"
#include "cli/commands/commands.hpp"
#include "cli/lammps_timing.hpp"
#include "engine/native/choose_forces.hpp"
#include "engine/native/native_engine.hpp"
#include "engine/random_liquid.hpp"
#include "io/configuration.hpp"
#include "io/potential_source.hpp"
#include "study/alloy_reading.hpp"

namespace vitreous::cli {
namespace {

struct BenchOptions {
  std::string configuration, potential = "kim:MO_600021860456_005", composition = "Cu50Zr50";
  std::string temperature = "1000 K", timestep = "2 fs", ensemble = "nve", precision = "auto";
  std::string kernel;
  std::string against, lammps = "lmp";
  std::int64_t atoms = 4000;
  int rounds = 5, threads = 1;
  bool json = false;
};

struct System {
  engine::State state;
  potential::EamTables tables;
  potential::EamPotential potential;
};

/// Costs in us per atom and step.
struct Round {
  double cost = 0.0, wall = 0.0;
  std::map<std::string, double> parts;
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return 0.5 * (values[(n - 1) / 2] + values[n / 2]);
}

/// While it lives this process, and LAMMPS under it, stay on one core: both are timed on the same.
class OneCore {
 public:
  OneCore() {
    const int now = sched_getcpu();
    known_ = now >= 0 && sched_getaffinity(0, sizeof before_, &before_) == 0;
    if (!known_) return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(now), &one);
    sched_setaffinity(0, sizeof one, &one);
  }
  ~OneCore() {
    if (known_) sched_setaffinity(0, sizeof before_, &before_);
  }
  OneCore(const OneCore&) = delete;
  OneCore& operator=(const OneCore&) = delete;

 private:
  cpu_set_t before_{};
  bool known_ = false;
};

engine::Protocol protocol_of(const BenchOptions& options) {
  engine::Protocol protocol;
  const double temperature = *positive_quantity("--temperature", options.temperature, "K");
  protocol.timestep = *positive_quantity("--timestep", options.timestep, "ps");
  protocol.temperature = engine::Course::constant(temperature);
  protocol.pressure = engine::Course::constant(0.0);
  protocol.ensemble = options.ensemble == "nvt"   ? engine::Ensemble::nvt
                      : options.ensemble == "npt" ? engine::Ensemble::npt
                                                  : engine::Ensemble::nve;
  return protocol;
}

/// Two picoseconds from a random start: as dense and as hot as it will stay, which is what the
/// cost depends on.
void settle(System& system, const BenchOptions& options, engine::Protocol protocol) {
  protocol.ensemble = engine::Ensemble::npt;
  protocol.thermostat = engine::Thermostat::velocity_rescaling;
  engine::NativeEngine engine(
      engine::choose_forces(system.potential, options.precision, options.kernel));
  engine.advance(system.state, protocol, 1000);
  system.state.reset_ensemble();
}

System liquid_of(const BenchOptions& options, const engine::Protocol& protocol) {
  engine::RandomLiquidOptions liquid;
  std::vector<std::string> elements;
  for (const auto& [element, fraction] : study::parse_composition(options.composition)) {
    elements.push_back(element);
    liquid.fractions.push_back(fraction);
  }
  const auto tables = io::read_potential(options.potential);
  System system{{}, tables, {tables, elements}};
  liquid.atoms = options.atoms;
  liquid.temperature = protocol.temperature.at(0);
  base::RandomStream stream(1, "bench");
  system.state = engine::random_liquid(system.potential, liquid, stream);
  settle(system, options, protocol);
  return system;
}

System from_file(const BenchOptions& options) {
  auto configuration = io::read_configuration(options.configuration, {});
  if (!configuration.has_velocities)
    throw base::InputError(options.configuration + " has no velocities",
                           "what a step costs depends on how fast the atoms move");
  const auto tables = io::read_potential(options.potential);
  std::vector<std::string> elements;
  for (const auto& kind : configuration.atoms.kinds) elements.push_back(kind.name);
  System system{{}, tables, {tables, elements}};
  system.state.box = configuration.box;
  system.state.atoms = std::move(configuration.atoms);
  return system;
}

class Bench {
 public:
  explicit Bench(const BenchOptions& options)
      : options_(options),
        protocol_(protocol_of(options)),
        system_(options.configuration.empty() ? liquid_of(options, protocol_) : from_file(options)),
        forces_(make_forces()),
        engine_(std::move(forces_.first)),
        atoms_(static_cast<double>(system_.state.atoms.size())),
        steps_(std::max(100, static_cast<int>(8e5 / atoms_))) {
    if (!options.against.empty())
      lammps_.emplace(options.lammps, system_.state.box, system_.state.atoms, system_.tables,
                      protocol_);
  }

  void go() {
    if (lammps_) skin_ = lammps_->find_best_skin(std::max(20, steps_ / 3));
    engine_.advance(system_.state, protocol_, steps_);  // the first list, warm caches
    for (int round = 0; round < options_.rounds; ++round) {
      rounds_.push_back(time_round());
      if (lammps_) lammps_rounds_.push_back(lammps_->run(steps_));
    }
    observe_ = time_sample();
    fmt::print("{}", options_.json ? json() : text());
    if (!options_.json && !lammps_)
      fmt::print(stderr, "next: vitreous bench --atoms {} --against lammps\n", options_.atoms);
  }

 private:
  using OwnedForces = std::pair<std::unique_ptr<engine::Forces>, const engine::Forces*>;

  OwnedForces make_forces() const {
    auto forces = engine::choose_forces(system_.potential, options_.precision, options_.kernel);
    const engine::Forces* seen = forces.get();
    return {std::move(forces), seen};
  }

  double per_atom_step(double seconds) const { return seconds / steps_ / atoms_ * 1e6; }

  Round time_round() {
    Round round;
    auto before = forces_.second->seconds();
    const double cost = processor_seconds(), wall = wall_seconds();
    engine_.advance(system_.state, protocol_, steps_);
    round.cost = per_atom_step(processor_seconds() - cost);
    round.wall = per_atom_step(wall_seconds() - wall);
    for (const auto& [part, seconds] : forces_.second->seconds())
      round.parts[part] = per_atom_step(seconds - before[part]);
    return round;
  }

  /// One sample of energy and pressure (us per atom).
  double time_sample() {
    engine_.advance(system_.state, protocol_, 1);
    const double before = processor_seconds();
    engine_.thermo(system_.state, protocol_);
    return (processor_seconds() - before) / atoms_ * 1e6;
  }

  double cost() const { return median_of(&Round::cost); }
  double median_of(double Round::*value) const {
    std::vector<double> all;
    for (const Round& round : rounds_) all.push_back(round.*value);
    return median(all);
  }
  /// Of the wall time of all rounds.
  double share(const std::string& part) const {
    double sum = 0.0, whole = 0.0;
    for (const Round& round : rounds_) {
      sum += round.parts.at(part);
      whole += round.wall;
    }
    return sum / whole;
  }
  /// Of all rounds, each with the LAMMPS run beside it.
  double ratio() const {
    std::vector<double> all;
    for (std::size_t k = 0; k < rounds_.size(); ++k)
      all.push_back(lammps_rounds_[k] / rounds_[k].cost);
    return median(all);
  }

  std::string json() const {
    nlohmann::ordered_json out = {{"schema", "vitreous-bench/1"},
                                  {"atoms", system_.state.atoms.size()},
                                  {"kernel", engine_.description()},
                                  {"ensemble", options_.ensemble},
                                  {"timestep_ps", protocol_.timestep},
                                  {"temperature_K", core::temperature(system_.state.atoms)},
                                  {"threads", options_.threads},
                                  {"steps_a_round", steps_},
                                  {"rounds", options_.rounds},
                                  {"us_per_atom_step", cost()},
                                  {"wall_us_per_atom_step", median_of(&Round::wall)},
                                  {"steps_per_s", steps_per_second()},
                                  {"ns_per_day", ns_per_day()},
                                  {"sample_us_per_atom", observe_}};
    for (const auto& [part, value] : rounds_.front().parts) out["share"][part] = share(part);
    if (lammps_) {
      out["lammps"] = options_.lammps;
      out["lammps_pair_style"] = lammps_->pair_style();
      out["lammps_skin_angstrom"] = skin_;
      out["lammps_us_per_atom_step"] = median(lammps_rounds_);
      out["ratio"] = ratio();
    }
    return out.dump(2) + "\n";
  }

  double steps_per_second() const { return 1e6 / (median_of(&Round::wall) * atoms_); }
  double ns_per_day() const { return steps_per_second() * protocol_.timestep * 86.4; }

  std::string text() const {
    std::string out = fmt::format(
        "{}\n{} atoms, {}, {:g} fs, {:.0f} K, {} thread{}\n"
        "cost      {:.3f} us per atom and step (processor time, median of {} rounds of {} steps)\n"
        "speed     {:.4g} steps/s, {:.4g} ns/day\n",
        engine_.description(), system_.state.atoms.size(), options_.ensemble,
        protocol_.timestep * 1e3, core::temperature(system_.state.atoms), options_.threads,
        options_.threads == 1 ? "" : "s", cost(), options_.rounds, steps_, steps_per_second(),
        ns_per_day());
    double rest = 1.0;
    for (const auto& [part, value] : rounds_.front().parts) {
      out += fmt::format("{:<9} {:.0f} %\n", part, 100.0 * share(part));
      rest -= share(part);
    }
    if (rest < 1.0) out += fmt::format("integrate {:.0f} %\n", 100.0 * rest);
    out += fmt::format("sample    {:.3g} us per atom for one energy and pressure\n", observe_);
    if (lammps_)
      out += fmt::format(
          "LAMMPS    {:.3f} us per atom and step ({}, {}, skin {} A)\nratio     {:.2f}\n",
          median(lammps_rounds_), options_.lammps, lammps_->pair_style(), skin_, ratio());
    return out;
  }

  const BenchOptions& options_;
  engine::Protocol protocol_;
  System system_;
  OwnedForces forces_;
  engine::NativeEngine engine_;
  double atoms_;
  int steps_;
  std::optional<LammpsTiming> lammps_;
  double skin_ = 0.0, observe_ = 0.0;
  std::vector<Round> rounds_;
  std::vector<double> lammps_rounds_;
};

void run_bench(const BenchOptions& options) {
  std::optional<OneCore> core;
  if (options.threads == 1) core.emplace();
  base::set_threads(options.threads);
  Bench(options).go();
}

}  // namespace

Command bench_command() {
  return {
      "bench", "What a step costs here, and what it costs LAMMPS",
      "vitreous bench --atoms 4000 --against lammps", [](CLI::App& app, int&) {
        auto o = std::make_shared<BenchOptions>();
        app.add_option("CONFIG", o->configuration,
                       "a configuration with velocities; else a liquid is made");
        app.add_option("--potential", o->potential, "a setfl file or a KIM model")
            ->capture_default_str();
        app.add_option("--atoms", o->atoms, "of the liquid")
            ->capture_default_str()
            ->check(CLI::Range(2, 10000000));
        app.add_option("--composition", o->composition)->capture_default_str();
        app.add_option("--temperature", o->temperature)->capture_default_str();
        app.add_option("--timestep", o->timestep)->capture_default_str();
        app.add_option("--ensemble", o->ensemble)
            ->capture_default_str()
            ->check(CLI::IsMember({"nve", "nvt", "npt"}));
        auto* precision = app.add_option("--precision", o->precision)
                              ->capture_default_str()
                              ->check(CLI::IsMember({"auto", "double"}));
        app.add_option("--kernel", o->kernel, "AVX-512, AVX2 or portable; else the fastest")
            ->excludes(precision);
        app.add_option("--threads", o->threads)->capture_default_str()->check(CLI::Range(1, 1024));
        app.add_option("--rounds", o->rounds, "of which the median is told")
            ->capture_default_str()
            ->check(CLI::Range(1, 1000));
        app.add_option("--against", o->against, "lammps: time it too, round by round")
            ->check(CLI::IsMember({"lammps"}));
        app.add_option("--lammps", o->lammps, "the LAMMPS program")->capture_default_str();
        app.add_flag("--json", o->json, "print JSON");
        app.callback([o] { run_bench(*o); });
      }};
}

}  // namespace vitreous::cli
