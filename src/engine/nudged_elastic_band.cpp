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

/// eV/A. Where the residual of a path in a glass rose so far while an image climbed, it stretched
/// to 100 A and more or did not come to rest.
constexpr double runaway_rise = 0.5;

/// Of the steps in which the path may come to rest: those in which images between two of its points
/// may, or one may climb. Of 61 hops in a glass, whose paths had 300 steps, images so near each
/// other took 8 to 71, climbs that ended at a saddle 59 to 88; three of four others took 275 to
/// 316.
constexpr double later_share = 0.4;

/// Of 37 searches on those paths that found their saddle 33 took at most 820 evaluations, four 1153
/// to 1735. The three beyond this number found the same one from closer images.
constexpr int search_evaluations = 1200;

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
  for (const auto& [value, what] :
       {std::pair{options.force_tolerance, "force tolerance"},
        std::pair{options.spring, "spring constant"},
        std::pair{options.rest_below, "force below which a path is at rest"}})
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

/// Of a point between two others.
BandPlace place_on(const std::vector<PathPoint>& path, std::size_t k) {
  return {math::difference(path[k].position, path[k - 1].position),
          math::difference(path[k + 1].position, path[k].position), path[k - 1].energy,
          path[k].energy, path[k + 1].energy};
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
  const double share = barrier.steps == 0 ? 1.0 : later_share;
  how.most_steps = static_cast<int>(share * static_cast<double>(options.most_steps));
  const BandRelaxed done = band_.relax(how);
  barrier.steps += done.steps;
  barrier.evaluations += static_cast<int>(band_.images()) * (done.steps + 1);
  barrier.residual = done.residual;
  return done;
}

void NudgedElasticBand::lay_path(const std::vector<PathPoint>& ends, const BandOptions& options,
                                 Barrier& barrier) {
  const BandRelaxation how{.tolerance = options.rest_below};
  laid_from_ = 0;
  band_.lay(ends);
  BandRelaxed at_rest = relax(how, options, barrier);
  path_ = band_.path();
  const std::size_t top = highest(path_), last = path_.size() - 1;
  if (at_rest.residual <= how.tolerance && (top == 0 || top == last))
    at_rest = lay_closer(top == 0 ? 0 : last - 1, top == 0 ? 1 : last, options, barrier);
  const std::size_t now = highest(path_);
  if (at_rest.residual > how.tolerance)
    barrier.outcome = BandOutcome::too_many_steps;
  else if (now == 0 || now + 1 == path_.size())
    barrier.outcome = BandOutcome::no_saddle;
  else
    barrier.outcome = BandOutcome::unstable_climb;
}

BandRelaxed NudgedElasticBand::lay_closer(std::size_t from, std::size_t to,
                                          const BandOptions& options, Barrier& barrier) {
  const auto begin = path_.begin() + static_cast<std::ptrdiff_t>(from),
             end = path_.begin() + static_cast<std::ptrdiff_t>(to) + 1;
  band_.lay({begin, end});
  const BandRelaxed at_rest = relax({.tolerance = options.rest_below}, options, barrier);
  const auto closer = band_.path();
  path_.insert(path_.erase(begin, end), closer.begin(), closer.end());
  laid_from_ = from;
  return at_rest;
}

NudgedElasticBand::Search NudgedElasticBand::search_beside(const BandOptions& options,
                                                           const core::Box& box, core::Atoms atoms,
                                                           Barrier& barrier) {
  const std::size_t top = highest(path_);
  PathPoint& image = path_[top];
  const BandPlace place = place_on(path_, top);
  const double apart = std::max(math::length(place.from_previous), math::length(place.to_next));
  atoms.position = image.position;
  const math::Vectors tangent = improved_tangent(place);
  Saddle saddle = climb_to_saddle(band_.forces(), box, atoms, tangent,
                                  {.force_tolerance = options.force_tolerance,
                                   .most_evaluations = search_evaluations,
                                   .farthest = 2.0 * apart});
  barrier.evaluations += saddle.evaluations;
  const double highest_end = std::max(path_.front().energy, path_.back().energy);
  if (!saddle.converged && saddle.evaluations >= search_evaluations) return Search::spent;
  if (!saddle.converged || saddle.energy <= highest_end) return Search::astray;
  image = {atoms.position, saddle.energy};
  barrier.residual = saddle.largest_force;
  barrier.direction = std::move(saddle.direction);
  if (math::dot(barrier.direction, tangent) < 0.0) math::scale(barrier.direction, -1.0);
  return Search::found;
}

bool NudgedElasticBand::climb(const BandOptions& options, Barrier& barrier) {
  const std::size_t top = highest(path_);
  const auto before = path_;
  const double residual = barrier.residual;
  const BandRelaxed climbed = relax({.tolerance = options.force_tolerance,
                                     .climber = top - laid_from_ - 1,
                                     .give_up_rise = runaway_rise},
                                    options, barrier);
  const auto images = band_.path();
  std::copy(images.begin(), images.end(), path_.begin() + static_cast<std::ptrdiff_t>(laid_from_));
  if (climbed.residual <= options.force_tolerance && highest(path_) == top) {
    barrier.direction = improved_tangent(place_on(path_, top));
    return true;
  }
  path_ = before;
  barrier.residual = residual;
  return false;
}

bool NudgedElasticBand::find_saddle(const BandOptions& options, const core::Box& box,
                                    const core::Atoms& atoms, Barrier& barrier) {
  const Search search = search_beside(options, box, atoms, barrier);
  if (search != Search::spent) return search == Search::found || climb(options, barrier);
  const std::size_t top = highest(path_);
  const BandRelaxed closer = lay_closer(top - 1, top + 1, options, barrier);
  const std::size_t now = highest(path_);
  return closer.residual <= options.rest_below && now > 0 && now + 1 < path_.size() &&
         search_beside(options, box, atoms, barrier) == Search::found;
}

Barrier NudgedElasticBand::find(const BandEnd& before, const BandEnd& after,
                                const BandOptions& options) {
  require_band_sense(options);
  require_same_atoms(before, after);
  band_.set(before.box, before.atoms);
  Barrier barrier;
  barrier.evaluations = 2;  // of the ends
  lay_path(settle_ends(before, after, options.force_tolerance), options, barrier);
  if (barrier.outcome == BandOutcome::unstable_climb &&
      find_saddle(options, before.box, before.atoms, barrier))
    barrier.outcome = BandOutcome::converged;
  tell(path_, before.atoms, barrier);
  return barrier;
}

}  // namespace vitreous::engine
