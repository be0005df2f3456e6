#include "study/lammps_scripts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.hpp"
#include "io/lammps_data.hpp"
#include "io/setfl.hpp"
#include "stage/leg.hpp"
#include "stage/ramp.hpp"
#include "study/branch_setup.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {
namespace {

constexpr const char* potential_file = "potential.eam.fs";
constexpr const char* runner_file = "run.sh";
constexpr std::int64_t volume_every = 20;  // steps between samples of the mean box, as ours

/// "liquid/1000K-r1" as "liquid-1000K-r1".
std::string file_stem(const std::string& id) {
  std::string stem = id;
  std::replace(stem.begin(), stem.end(), '/', '-');
  return stem;
}

std::string left_file(const std::string& ramp, double temperature) {
  return fmt::format("{}-at-{:g}K.data", file_stem(ramp), temperature);
}

/// A stretch of a ramp with one slope, or a plateau.
struct RampPiece {
  std::int64_t begin = 0, end = 0;
  double from = 0.0, to = 0.0;
};

std::vector<RampPiece> pieces_of(const std::string& kind,
                                 const std::vector<stage::RampSegment>& segments, double timestep,
                                 double start) {
  std::vector<RampPiece> pieces;
  std::int64_t begin = 0;
  double from = start;
  for (std::size_t k = 0; k < segments.size(); ++k) {
    const auto& segment = segments[k];
    const auto course = stage::ramp_course(
        kind, {segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(k) + 1}, timestep,
        start);
    const std::int64_t end = course.temperature.steps();
    if (segment.step > 0.0) {
      // Plateaus of equal length, each an interval of the course.
      const auto count = std::count_if(course.intervals.begin(), course.intervals.end(),
                                       [&](const auto& i) { return i.end > begin; });
      const std::int64_t each = (end - begin) / count;
      for (std::int64_t at = begin; at < end; at += each) {
        const double T = course.temperature.at(at + each);
        pieces.push_back({at, at + each, T, T});
      }
    } else {
      pieces.push_back({begin, end, from, segment.to});
    }
    begin = end;
    from = segment.to;
  }
  return pieces;
}

class BranchScript {
 public:
  BranchScript(const Plan& plan, const Branch& branch)
      : plan_(plan), branch_(branch), stem_(file_stem(branch.id)) {}

  std::string write() {
    write_head();
    const double start = start_temperature(plan_, branch_);
    if (draws_velocities(plan_, branch_))
      line("velocity all create {:.10g} {} mom yes dist gaussian",
           first_temperature(plan_, branch_), seed("velocities"));
    if (stage::is_ramp(branch_.kind)) {
      write_ramp(start);
    } else {
      const auto legs =
          stage::legs_of(branch_.kind, branch_.options, branch_.engine.timestep, start);
      for (std::size_t k = 0; k < legs.size(); ++k)
        write_leg(legs[k], k + 1 < legs.size() && legs[k + 1].in_mean_box);
    }
    line("\nwrite_data {}.data nocoeff", stem_);
    return std::move(text_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    text_ += fmt::format(form, std::forward<Arguments>(arguments)...) + "\n";
  }

  std::string start_file() const {
    if (branch_.parent.empty()) return stem_ + "-start.data";
    return branch_.leaves_at ? left_file(branch_.parent, *branch_.leaves_at)
                             : file_stem(branch_.parent) + ".data";
  }

  void write_head() {
    line("# {} of {}, as `vitreous run` does it", branch_.id, plan_.study_file);
    if (!branch_.parent.empty())
      line("# after {}.in, which writes {}", file_stem(branch_.parent), start_file());
    if (branch_.save && !branch_.observe.empty()) line("# next: {}", analyze_command());
    line("log {}.log", stem_);
    line("units metal\natom_style atomic\nboundary p p p");
    line("read_data {}", start_file());
    write_forces();
    line("neighbor 2.0 bin\nneigh_modify every 1 delay 0 check yes");
    for (const auto& command : branch_.engine.lammps.commands) line("{}", command);
    line("timestep {:.12g}", branch_.engine.timestep);
    line("fix momentum all momentum 1000 linear 1 1 1");
    line("thermo 100");
    line("thermo_style custom step time temp press vol pe ke etotal enthalpy");
  }

  /// The alloy's potential, or what an engine `lammps` takes instead.
  void write_forces() {
    const LammpsChoice& lammps = branch_.engine.lammps;
    if (lammps.pair_style.empty()) {
      line("pair_style eam/fs");
      line("pair_coeff * * {} {}", potential_file, fmt::join(elements_of(branch_.alloy), " "));
      return;
    }
    line("pair_style {}", lammps.pair_style);
    for (const auto& words : lammps.pair_coeff) line("pair_coeff {}", words);
  }

  /// Every observer in the words of the command line.
  std::string analyze_command() const {
    std::vector<std::string> observers;
    for (const auto& request : branch_.observe) {
      if (request.kind == "thermo") continue;  // stands in the log
      std::vector<std::string> options;
      for (const auto& [name, value] : request.options)
        options.push_back(fmt::format("{}={}", name, value));
      observers.push_back(options.empty()
                              ? request.kind
                              : fmt::format("{}({})", request.kind, fmt::join(options, ", ")));
    }
    return fmt::format("vitreous analyze {0}.dump --log {0}.log --observe '{1}'", stem_,
                       fmt::join(observers, ","));
  }

  double pressure() const {  // bar
    return branch_.options.has("pressure") ? 1e4 * branch_.options.number("pressure") : 0.0;
  }

  std::int64_t seed(const std::string& purpose) const {
    base::RandomStream random(branch_.engine.seed,
                              fmt::format("lammps {} of {}", purpose, branch_.id));
    return 1 + static_cast<std::int64_t>(random.below(899'999'999));
  }

  /// The fixes of a leg from one temperature to another, and how they are taken off.
  void write_fixes(engine::Ensemble ensemble, const engine::Protocol& protocol, double from,
                   double to) {
    const std::string barostat =
        fmt::format("iso {0:.10g} {0:.10g} {1:.10g}", pressure(), protocol.pressure_damping);
    const bool rescales = protocol.thermostat == engine::Thermostat::velocity_rescaling;
    const bool is_npt = ensemble == engine::Ensemble::npt;
    fixes_ = {"move"};
    if (ensemble == engine::Ensemble::nve) {
      line("fix move all nve");
    } else if (rescales) {
      if (is_npt)
        line("fix move all nph {}", barostat);
      else
        line("fix move all nve");
      line("fix heat all temp/csvr {:.10g} {:.10g} {:.10g} {}   # of LAMMPS' package EXTRA-FIX",
           from, to, protocol.temperature_damping, seed("thermostat"));
      fixes_.push_back("heat");
    } else {
      line("fix move all {} temp {:.10g} {:.10g} {:.10g}{}", is_npt ? "npt" : "nvt", from, to,
           protocol.temperature_damping, is_npt ? " " + barostat : "");
    }
  }

  void take_off_fixes() {
    for (const auto& name : fixes_) line("unfix {}", name);
  }

  void write_dump() {
    if (!branch_.save) return;
    const auto every =
        std::max<std::int64_t>(1, std::llround(branch_.save->every / branch_.engine.timestep));
    line("dump frames all custom {} {}.dump id type element xu yu zu", every, stem_);
    line("dump_modify frames sort id element {}", fmt::join(elements_of(branch_.alloy), " "));
  }

  /// By fire: along a line in a glass, cg finds no way on before such a force is reached.
  void write_minimization(double force) {
    line("\n# minimize: until no component of any force exceeds {:g} eV/A", force);
    line("reset_timestep 0\nmin_style fire\nmin_modify norm inf");
    line("minimize 0 {:.10g} 100000 100000", force);
    line("velocity all set 0 0 0");
  }

  void write_leg(const stage::Leg& leg, bool tells_mean_box) {
    if (leg.minimized_to) return write_minimization(*leg.minimized_to);
    line("\n# {}: {:.10g} ps", leg.name, static_cast<double>(leg.steps) * leg.protocol.timestep);
    line("reset_timestep 0");
    if (leg.opening) open_box(*leg.opening);
    if (leg.observed) write_dump();
    const double T = leg.protocol.temperature.at(0);
    write_fixes(leg.protocol.ensemble, leg.protocol, T, T);
    if (tells_mean_box)
      run_to_mean_box(leg.steps);
    else
      line("run {}", leg.steps);
    take_off_fixes();
  }

  void open_box(const analysis::Slab& slab) {
    line("# the box opens on both sides; whatever crossed its faces is put back before");
    line("set group all image 0 0 0");
    line("change_box all {0} delta {1:.10g} {2:.10g}", "xyz"[slab.edge], -slab.gap, slab.gap);
  }

  /// The second half's mean volume, sampled as the study's own engine does, is the next leg's.
  void run_to_mean_box(std::int64_t steps) {
    const std::int64_t half = steps / 2, rest = steps - half;
    const std::int64_t every = std::min(volume_every, rest), samples = rest / every;
    line("run {}", half);
    line("reset_timestep 0");
    line("variable volume equal vol");
    line("fix volume all ave/time {} {} {} v_volume", every, samples, every * samples);
    line("run {}", rest);
    line("variable scale equal (f_volume/vol)^(1/3)");
    line("change_box all x scale ${{scale}} y scale ${{scale}} z scale ${{scale}} remap");
    line("unfix volume");
  }

  void write_ramp(double start) {
    const auto segments = stage::ramp_segments(branch_.options);
    const double dt = branch_.engine.timestep;
    const auto course = stage::ramp_course(branch_.kind, segments, dt, start);
    std::set<std::pair<std::int64_t, double>> exits;
    for (const double T : branch_.left_at) exits.emplace(stage::step_at_temperature(course, T), T);
    auto exit = exits.begin();
    const auto leave = [&](std::int64_t step) {
      for (; exit != exits.end() && exit->first == step; ++exit)
        line("write_data {} nocoeff", left_file(branch_.id, exit->second));
    };
    const auto protocol = stage::common_protocol(branch_.options, dt);
    line("\n# {}: {:.10g} ps", branch_.kind, static_cast<double>(course.temperature.steps()) * dt);
    line("reset_timestep 0");
    write_dump();
    leave(0);
    for (const auto& piece : pieces_of(branch_.kind, segments, dt, start)) {
      write_fixes(protocol.ensemble, protocol, piece.from, piece.to);
      for (std::int64_t at = piece.begin; at < piece.end;) {
        const std::int64_t next =
            exit == exits.end() ? piece.end : std::min(exit->first, piece.end);
        line("run {} start {} stop {}", next - at, piece.begin, piece.end);
        leave(next);
        at = next;
      }
    }
    take_off_fixes();
  }

  const Plan& plan_;
  const Branch& branch_;
  std::string stem_, text_;
  std::vector<std::string> fixes_;
};

std::string data_text(const Branch& branch, const potential::EamPotential& potential) {
  const auto start = random_start(branch, potential);
  return io::to_lammps_data(start.box, start.atoms, 0, true).text;
}

bool rescales_velocities(const Branch& branch) {
  return branch.options.has("thermostat") &&
         branch.options.text("thermostat") == "velocity_rescaling";
}

}  // namespace

LammpsScripts lammps_scripts(const Plan& plan) {
  LammpsScripts out;
  out.runner = runner_file;
  out.files.emplace_back(potential_file, io::write_setfl(*plan.branches.front().alloy.tables));
  std::string runner =
      "#!/bin/sh\n# All branches, parents first; LMP=\"mpirun -np 4 lmp\" takes another LAMMPS.\n"
      "set -e\ncd \"$(dirname \"$0\")\"\n";
  for (const auto& branch : plan.branches) {
    const std::string stem = file_stem(branch.id);
    if (branch.parent.empty())
      out.files.emplace_back(stem + "-start.data", data_text(branch, load_potential(branch.alloy)));
    out.scripts.push_back(stem + ".in");
    out.files.emplace_back(out.scripts.back(), BranchScript(plan, branch).write());
    runner += fmt::format("${{LMP:-lmp}} -in {}.in -log none\n", stem);
  }
  out.files.emplace_back(out.runner, runner);
  if (std::any_of(plan.branches.begin(), plan.branches.end(), rescales_velocities))
    out.notes.push_back(
        "velocity_rescaling is LAMMPS' fix temp/csvr, of its package EXTRA-FIX; Debian's lmp has "
        "none");
  return out;
}

}  // namespace vitreous::study
