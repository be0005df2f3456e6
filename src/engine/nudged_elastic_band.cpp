#include "engine/nudged_elastic_band.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "engine/saddle_search.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

/// Ends are the same minimum where no atom is farther from its place than this (A): minimizers that
/// stop at 1e-4 eV/A leave soft atoms 1e-3 A from their places.
constexpr double same_minimum = 0.01;

/// eV/A. Of 30 paths in a glass of Cu50Zr50 the residual of ten rose so far while an image climbed:
/// going on, they stretched to 100 A and more or did not come to rest.
constexpr double runaway_rise = 0.5;

void require_same_atoms(const BandEnd& before, const BandEnd& after) {
  const core::Atoms &a = before.atoms, &b = after.atoms;
  const std::string problem = "no path leads from one configuration to the other: ";
  if (a.size() != b.size())
    throw base::InputError(problem + fmt::format("they have {} and {} atoms", a.size(), b.size()));
  if (!(before.box.cell() == after.box.cell() && before.box.origin() == after.box.origin()))
    throw base::InputError(problem + "their boxes differ");
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a.id[i] != b.id[i])
      throw base::InputError(
          problem +
          fmt::format("atom {} of the one stands where the other has atom {}", a.id[i], b.id[i]));
    const auto &kind = a.kinds.at(static_cast<std::size_t>(a.species[i])),
               &other = b.kinds.at(static_cast<std::size_t>(b.species[i]));
    if (kind.name != other.name)
      throw base::InputError(problem + fmt::format("atom {} is {} in one and {} in the other",
                                                   a.id[i], kind.name, other.name));
  }
}

void require_band_sense(const BandOptions& options) {
  for (const auto& [value, what] : {std::pair{options.force_tolerance, "force tolerance"},
                                    std::pair{options.spring, "spring constant"},
                                    std::pair{options.climb_below, "force below which to climb"}})
    if (!(value > 0.0))
      throw base::InputError(
          fmt::format("the {} of a path is {}; it must be above zero", what, value));
  if (options.most_steps < 0)
    throw base::InputError(fmt::format("cannot find a path in {} steps", options.most_steps));
}

void require_minimum(double largest_force, const char* which, double tolerance) {
  if (largest_force <= tolerance) return;
  throw base::InputError(
      fmt::format(
          "the configuration {} the path is no minimum: a force of {:.3g} eV/A is left, more "
          "than the path's tolerance of {:g} eV/A",
          which, largest_force, tolerance),
      "barriers are counted from minima", {"minimize it first"});
}

std::size_t highest(const std::vector<PathPoint>& path) {
  const auto lower = [](const PathPoint& a, const PathPoint& b) { return a.energy < b.energy; };
  return static_cast<std::size_t>(std::max_element(path.begin(), path.end(), lower) - path.begin());
}

void tell(const std::vector<PathPoint>& path, const core::Atoms& atoms, Barrier& barrier) {
  double way = 0.0;
  for (std::size_t k = 0; k < path.size(); ++k) {
    if (k > 0) way += math::length(math::difference(path[k].position, path[k - 1].position));
    barrier.coordinate.push_back(way);
    barrier.energy.push_back(path[k].energy - path.front().energy);
  }
  const PathPoint& top = path[highest(path)];
  barrier.saddle = atoms;
  barrier.saddle.position = top.position;
  barrier.forward = top.energy - path.front().energy;
  barrier.reverse = top.energy - path.back().energy;
}

}  // namespace

NudgedElasticBand::NudgedElasticBand(std::vector<std::unique_ptr<Forces>> forces)
    : band_(std::move(forces)) {}

std::vector<PathPoint> NudgedElasticBand::settle_ends(const BandEnd& before, const BandEnd& after,
                                                      double tolerance) {
  const core::Box& box = before.box;
  std::vector<PathPoint> ends(2, {before.atoms.position});
  for (std::size_t i = 0; i < before.atoms.size(); ++i)
    ends[1].position.add(i, box.nearest_image(after.atoms.position[i] - before.atoms.position[i]));
  if (math::longest(math::difference(ends[1].position, ends[0].position)) < same_minimum)
    throw base::InputError(fmt::format(
        "the two ends of the path are the same minimum: no atom moves {:g} A", same_minimum));
  for (const auto& [end, which] : {std::pair{&ends[0], "before"}, std::pair{&ends[1], "after"}}) {
    const auto [energy, largest_force] = band_.rest(end->position);
    require_minimum(largest_force, which, tolerance);
    end->energy = energy;
  }
  return ends;
}

BandRelaxed NudgedElasticBand::relax(BandRelaxation how, const BandOptions& options,
                                     Barrier& barrier) {
  how.spring = options.spring;
  how.most_steps = options.most_steps - barrier.steps;
  const BandRelaxed done = band_.relax(how);
  barrier.steps += done.steps;
  barrier.residual = done.residual;
  return done;
}

std::vector<PathPoint> NudgedElasticBand::relax_and_climb(const BandOptions& options,
                                                          Barrier& barrier) {
  BandRelaxation how{.tolerance = std::max(options.climb_below, options.force_tolerance)};
  const BandRelaxed at_rest = relax(how, options, barrier);
  const auto path = band_.path();
  if (at_rest.residual > how.tolerance) return path;
  const std::size_t top = highest(path);
  barrier.outcome = BandOutcome::no_saddle;
  if (top == 0 || top + 1 == path.size()) return path;

  how = {.tolerance = options.force_tolerance, .climber = top - 1, .give_up_rise = runaway_rise};
  const BandRelaxed climbed = relax(how, options, barrier);
  barrier.outcome = BandOutcome::unstable_climb;
  if (climbed.gave_up || highest(band_.path()) != top) return path;
  barrier.outcome =
      climbed.residual <= how.tolerance ? BandOutcome::converged : BandOutcome::too_many_steps;
  return band_.path();
}

void NudgedElasticBand::search_beside(const BandOptions& options, const core::Box& box,
                                      core::Atoms atoms, std::vector<PathPoint>& path,
                                      Barrier& barrier) {
  const std::size_t top = highest(path);
  PathPoint& image = path[top];
  const BandPlace place{math::difference(image.position, path[top - 1].position),
                        math::difference(path[top + 1].position, image.position),
                        path[top - 1].energy, image.energy, path[top + 1].energy};
  atoms.position = image.position;
  const Saddle saddle = climb_to_saddle(band_.forces(), box, atoms, improved_tangent(place),
                                        {.force_tolerance = options.force_tolerance});
  barrier.evaluations += saddle.evaluations;
  const double off = math::length(math::difference(atoms.position, image.position));
  const bool is_beside =
      off <= std::max(math::length(place.from_previous), math::length(place.to_next));
  if (!saddle.converged || !is_beside ||
      saddle.energy <= std::max(path.front().energy, path.back().energy))
    return;
  image = {atoms.position, saddle.energy};
  barrier.residual = saddle.largest_force;
  barrier.outcome = BandOutcome::found_beside;
}

Barrier NudgedElasticBand::find(const BandEnd& before, const BandEnd& after,
                                const BandOptions& options) {
  require_band_sense(options);
  require_same_atoms(before, after);
  band_.set(before.box, before.atoms);
  band_.lay(settle_ends(before, after, options.force_tolerance));
  Barrier barrier;
  auto path = relax_and_climb(options, barrier);
  barrier.evaluations = static_cast<int>(band_.images()) * (barrier.steps + 1) + 2;
  if (barrier.outcome == BandOutcome::unstable_climb)
    search_beside(options, before.box, before.atoms, path, barrier);
  tell(path, before.atoms, barrier);
  return barrier;
}

}  // namespace vitreous::engine
