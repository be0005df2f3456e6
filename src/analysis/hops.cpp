#include "analysis/hops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/even_frames.hpp"
#include "analysis/hop_quantities.hpp"
#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"

namespace vitreous::analysis {
namespace {

/// eV/A: of an inherent structure.
constexpr double force_tolerance = 1e-4;

/// Hops wait until there are so many: more keep the cores busier, as some paths take ten times as
/// long as others, and keep more structures in memory and in the checkpoint.
constexpr std::size_t hops_a_thread = 16;

/// In which paths are begun in one piece of work: at its end threads wait for the last of them.
constexpr double seconds_a_piece = 10.0;

/// In a glass of Cu50Zr50 at 640 K and at its surface, on the average; paths with their ends.
constexpr double usual_evaluations_a_minimum = 230.0, usual_evaluations_a_path = 1400.0;

std::size_t all_threads() { return static_cast<std::size_t>(base::threads()); }

double above_zero(const core::Options& options, const std::string& name) {
  const double value = options.number(name);
  if (value > 0.0) return value;
  throw base::InputError(fmt::format("hops: {} = {:g} A is not above zero", name, value));
}

double mean_over(const std::vector<double>& values, const std::vector<char>& chosen) {
  double sum = 0.0, count = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (chosen[i]) sum += values[i], count += 1.0;
  return count > 0.0 ? sum / count : 0.0;
}

}  // namespace

core::Declaration Hops::declaration() {
  core::Declaration d;
  d.name = "hops";
  d.one_line = "hops of atoms between inherent structures, their energies and their barriers";
  d.formula =
      "an atom hops where it moves farther than `distance` between the minima below two successive "
      "moments; barrier: nudged elastic band from the first minimum to the one reached with the "
      "atoms within `radius` of the jumper alone where they stand in the second, all atoms then "
      "minimized; mean barrier E = -kB T ln <exp(-E_i/kB T)>";
  d.options = {
      {"every", core::OptionType::number, "ps", "5 ps", "time between inherent structures", {}},
      {"distance",
       core::OptionType::number,
       "angstrom",
       "1.8 angstrom",
       "how far an atom moves at least in a hop: the first minimum of the van Hove function",
       {}},
      {"barriers",
       core::OptionType::integer,
       "1",
       "0",
       "how many hops are followed over their barriers at most, spread over the run",
       {}},
      {"radius",
       core::OptionType::number,
       "angstrom",
       "5 angstrom",
       "around the jumper: atoms in there take part in its hop",
       {}},
      PairCutoffs::option(),
      {"temperature",
       core::OptionType::number,
       "K",
       "automatic",
       "of the mean over parallel rates; that of the atoms' velocities if not given",
       {}},
      {"layer",
       core::OptionType::number,
       "angstrom",
       "automatic",
       "of a slab: only hops that begin less than this below one of its faces; all if not given",
       {}}};
  d.columns = {{"time", "ps", "of the inherent structure behind the hop"},
               {"atom", "1", "its id"},
               {"species", "1", "its element"},
               {"length", "angstrom", "how far it hopped"},
               {"dE_atom", "eV", "change of its energy"},
               {"dE_sphere", "eV", "change of the energy of all atoms within `radius` of it"},
               {"coordination_before", "1", "its neighbors in the inherent structure before"},
               {"coordination_after", "1", "and behind the hop"},
               {"path", "1", "how the search for its path ended; \"not_followed\" without one"},
               {"jump", "angstrom", "how far the jumper goes alone"},
               {"forward", "eV", "barrier"},
               {"reverse", "eV", "barrier on the way back"},
               {"hops_energy: E, E_inherent", "eV/atom",
                "of a second table: potential energy at every moment and in its minimum, of all "
                "atoms and of the layer"},
               {"hops_barriers: forward, reverse", "1/eV",
                "of a third table: distribution of the barriers, in bins of 0.05 eV"}};
  d.derived = {{"E_inherent", "eV/atom", "mean energy of the inherent structures"},
               {"rate", "1/ns", "hops an atom and nanosecond"},
               {"dE_atom", "eV", "mean change of a hopping atom's energy"},
               {"dE_sphere", "eV", "mean change of the energy around it"},
               {"barrier", "eV", "mean over parallel rates"},
               {"barrier_reverse", "eV", "the same of the way back"},
               {"barrier_mean", "eV", "arithmetic mean"},
               {"barrier_sd", "eV", "standard deviation of the barriers"},
               {"barrier_above_kT", "eV", "parallel mean of the barriers above kB T"},
               {"barrier_with_collapsed", "eV",
                "parallel mean with collapsed hops counted as barriers of 0"},
               {"collapsed", "1", "share of the followed hops whose jumper alone falls back"},
               {"without_barrier", "1", "share of the others of which no barrier was found"}};
  d.source = "Annamareddy, Voyles, Perepezko and Morgan (2021), section 3 and Fig. 7";
  return d;
}

Hops::Hops(const core::Options& options, const Setting& setting)
    : setting_(setting),
      spacing_(whole_steps(setting.timeline, "every", options.number("every"))),
      steps_(even_steps(setting.timeline, spacing_)),
      distance_(above_zero(options, "distance")),
      radius_(above_zero(options, "radius")),
      layer_(LayerChoice::from(options, setting)),
      temperature_(options.has("temperature") ? options.number("temperature") : 0.0),
      most_paths_(options.integer("barriers")),
      cutoffs_(PairCutoffs::from(options, setting.kinds)) {
  require_even_steps(setting.timeline, spacing_, "a hop is what happens between two of them");
  if (options.has("temperature") && !(temperature_ > 0.0))
    throw base::InputError(
        fmt::format("hops: temperature = {:g} K is not above zero", temperature_));
  if (most_paths_ < 0)
    throw base::InputError(fmt::format("hops: barriers = {} is below zero", most_paths_));
  if (steps_.size() < 2)
    throw base::InputError(
        fmt::format("hops: {:.6g} ps hold no two inherent structures {:.6g} ps apart",
                    setting.timeline.duration(), options.number("every")),
        "a hop is what happens between two of them", {"a longer run, or a shorter every"});
}

double Hops::evaluations() const {
  return usual_evaluations_a_minimum * static_cast<double>(steps_.size()) +
         usual_evaluations_a_path * static_cast<double>(most_paths_);
}

std::vector<char> Hops::looked_at(const InherentStructure& structure) const {
  std::vector<char> chosen(structure.atoms.size(), 1);
  if (!layer_) return chosen;
  const SlabDepths depths(structure.box, layer_->slab);
  layer_->require_fit(depths);
  for (std::size_t i = 0; i < chosen.size(); ++i)
    chosen[i] = layer_->contains(depths.of(structure.atoms.position[i])) ? 1 : 0;
  return chosen;
}

void Hops::observe(const core::Frame& frame) {
  const double temperature = frame.has_velocities ? core::temperature(*frame.atoms) : 0.0;
  frames_.push_back({frame.time, temperature, *frame.box, *frame.atoms});
}

bool Hops::has_frames_to_minimize() const {
  return frames_.size() >= (has_seen_last() ? 1 : all_threads());
}

bool Hops::has_hops_to_follow() const {
  return waiting_.size() >= (has_seen_last() ? 1 : hops_a_thread * all_threads());
}

void Hops::work() {
  if (has_frames_to_minimize()) return minimize_frames();
  if (!paths_)
    paths_ = std::make_unique<HopPaths>(setting_.forces, radius_,
                                        [] { return base::interrupted_by() == 0; });
  waiting_.follow(*paths_, seconds_a_piece, log_);
}

void Hops::minimize_frames() {
  const std::size_t count = frames_.size();
  while (forces_.size() < count) forces_.push_back(setting_.forces());
  std::vector<MinimizedFrame> minimized(count);
  base::for_each_piece(count, [&](std::size_t k) {
    const auto& [time, temperature, box, atoms] = frames_[k];
    minimized[k].energy = energies_of_atoms(*forces_[k], box, atoms);
    minimized[k].now = std::make_shared<const InherentStructure>(
        find_inherent_structure(*forces_[k], box, atoms, force_tolerance));
  });
  base::for_each_piece(count, [&](std::size_t k) {
    const SharedStructure& before = k == 0 ? last_ : minimized[k - 1].now;
    if (log_.moments() + k > 0)
      minimized[k].before = in_box(*forces_[k], before, frames_[k].box, force_tolerance);
  });
  for (std::size_t k = 0; k < count; ++k) add_moment(frames_[k], minimized[k]);
  last_ = minimized.back().now;
  frames_.clear();
}

void Hops::add_moment(const SeenFrame& frame, const MinimizedFrame& minimized) {
  const InherentStructure& now = *minimized.now;
  const std::vector<char> all(now.atoms.size(), 1), chosen = looked_at(now);
  HopMoment moment;
  moment.time = frame.time;
  moment.temperature = frame.temperature;
  moment.energy = mean_over(minimized.energy, all);
  moment.inherent = mean_over(now.energy, all);
  moment.layer_energy = mean_over(minimized.energy, chosen);
  moment.layer_inherent = mean_over(now.energy, chosen);
  moment.converged = now.converged ? 1.0 : 0.0;
  if (minimized.before)
    find_hops(minimized.before, minimized.now, moment);
  else
    find_cutoffs(now);
  log_.add(moment);
}

void Hops::find_cutoffs(const InherentStructure& structure) {
  if (!cutoffs_.empty()) return;
  try {
    cutoffs_ = PairCutoffs::first_minima(structure.box, structure.atoms);
  } catch (const base::RunError&) {
    // Too few pairs of some kind: hops are told without coordination numbers.
  }
}

void Hops::find_hops(const SharedStructure& before, const SharedStructure& after,
                     HopMoment& moment) {
  const std::vector<char> chosen = looked_at(*before);
  const math::Vectors &from = before->atoms.position, &to = after->atoms.position;
  const auto neighbors = [&](const InherentStructure& structure) {
    return cutoffs_.empty() ? std::vector<int>(chosen.size(), -1)
                            : coordination_numbers(structure.box, structure.atoms, cutoffs_);
  };
  const auto around_before = neighbors(*before), around_after = neighbors(*after);
  std::vector<SoughtHop> hops;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    moment.atoms += chosen[i];
    const double length = math::norm(to[i] - from[i]);
    if (!chosen[i] || length <= distance_) continue;
    Hop hop{static_cast<double>(log_.moments()),          static_cast<double>(after->atoms.id[i]),
            static_cast<double>(after->atoms.species[i]), length,
            after->energy[i] - before->energy[i],         0.0,
            static_cast<double>(around_before[i]),        static_cast<double>(around_after[i])};
    for (std::size_t j = 0; j < chosen.size(); ++j)
      if (math::norm(after->box.nearest_image(to[j] - to[i])) <= radius_)
        hop.dE_sphere += after->energy[j] - before->energy[j];
    hops.push_back(
        {static_cast<std::int64_t>(log_.hops()), static_cast<std::int64_t>(i), before, after});
    log_.add(hop);
  }
  moment.hops = static_cast<double>(hops.size());
  choose_paths(std::move(hops));
}

void Hops::choose_paths(std::vector<SoughtHop> hops) {
  const auto moment = static_cast<std::int64_t>(log_.moments()),
             last = static_cast<std::int64_t>(steps_.size()) - 1,
             chosen = static_cast<std::int64_t>(log_.paths().size() + waiting_.size());
  const std::int64_t allowed = std::max<std::int64_t>(most_paths_ * moment / last - chosen, 0);
  base::RandomStream random(0, fmt::format("hops of moment {}", moment));
  while (static_cast<std::int64_t>(hops.size()) > allowed)
    hops.erase(hops.begin() + static_cast<std::ptrdiff_t>(random.below(hops.size())));
  for (SoughtHop& hop : hops) waiting_.add(std::move(hop));
}

core::Result Hops::result() const {
  return hop_result(log_, {.every = static_cast<double>(spacing_) * setting_.timeline.timestep,
                           .distance = distance_,
                           .layer = layer_ ? layer_->where() + " before the hop" : "",
                           .asked = most_paths_,
                           .temperature = temperature_,
                           .neighbors = cutoffs_.empty() ? "" : cutoffs_.text(setting_.kinds),
                           .kinds = setting_.kinds});
}

void Hops::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const Hops&>(shorter);
  log_ = before.log_;
  frames_ = before.frames_;
  last_ = before.last_;
  cutoffs_ = before.cutoffs_;
  waiting_ = before.waiting_;
}

void Hops::SeenFrame::transfer(core::Archive& archive) {
  archive.transfer("time", time);
  archive.transfer("temperature", temperature);
  archive.transfer("box", box);
  archive.transfer("atoms", atoms);
}

void Hops::transfer_frames(core::Archive& archive) {
  auto count = static_cast<std::int64_t>(frames_.size());
  archive.transfer("frames", count);
  frames_.resize(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < frames_.size(); ++k) {
    const core::Archive::Group group(archive, "frame" + std::to_string(k));
    frames_[k].transfer(archive);
  }
}

void Hops::transfer(core::Archive& archive) {
  {
    const core::Archive::Group group(archive, "before");
    transfer_structure(archive, last_);
  }
  archive.transfer("cutoffs", cutoffs_.values);
  cutoffs_.kinds = setting_.kinds.size();
  waiting_.transfer(archive);
  {
    const core::Archive::Group group(archive, "log");
    log_.transfer(archive);
  }
  if (log_.moments() < steps_.size()) transfer_frames(archive);
}

}  // namespace vitreous::analysis
