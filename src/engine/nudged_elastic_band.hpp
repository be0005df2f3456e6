// The path of least energy between two minima, and the barrier on it.
#pragma once

#include <memory>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/elastic_band.hpp"
#include "engine/forces.hpp"

namespace vitreous::engine {

struct BandOptions {
  double force_tolerance = 0.01;  ///< eV/A: of the residual of every image, and of the ends' forces
  int most_steps = 1000;
  double spring = 5.0;  ///< eV/A^2, between images in the space of all atoms
  /// eV/A: the highest image climbs from the first residual below this. On a path that is still far
  /// from rest its tangent is not the unstable direction, and it climbs without end.
  double climb_below = 0.015;
};

enum class BandOutcome {
  converged,
  /// The climber ran away: images so far apart do not tell the way over the saddle. It was found
  /// from the highest image by climb_to_saddle instead, no farther off than the next image. That it
  /// joins these two minima is likely, not shown.
  found_beside,
  too_many_steps,
  no_saddle,       ///< the path is at rest, but an end is its highest point
  unstable_climb,  ///< the climber ran away, and no saddle was found beside the highest image
};

struct Barrier {
  BandOutcome outcome = BandOutcome::too_many_steps;
  double forward = 0.0, reverse = 0.0;  ///< eV: the highest image above the first and the last
  core::Atoms saddle;                   ///< the highest image
  /// Of all images with both ends: length of the path so far (A, in the space of all atoms) and
  /// energy above the first (eV, as Forces::measure tells it).
  std::vector<double> coordinate, energy;
  double residual = 0.0;  ///< eV/A: the largest BandForce::residual; of the saddle if found beside
  int steps = 0;          ///< of all images
  int evaluations = 0;    ///< of the forces of one configuration, but those that part overlaps
};

/// A minimum and its box.
struct BandEnd {
  const core::Box& box;
  const core::Atoms& atoms;
};

/// Nudged elastic band with improved tangents and a climbing image (band_tangent.hpp), relaxed by
/// FIRE from a straight line on which overlaps are taken apart. Any number of paths may be sought
/// with one object, one after the other; each result depends on its ends and options alone. Several
/// objects may be used by several threads at once.
///
/// A barrier is the highest image's: between minima that lie several saddles apart it is that of
/// the highest, as far as the images resolve it. Whatever the outcome, the result tells a path:
/// after an unstable climb the one at rest from which it began. Only the first two have a barrier.
class NudgedElasticBand {
 public:
  /// One Forces for each image between the ends.
  explicit NudgedElasticBand(std::vector<std::unique_ptr<Forces>> forces);

  /// Atoms of both ends are paired in their order, displacements are nearest images. Throws
  /// InputError where the ends differ in box, number, ids or species of atoms, are the same minimum
  /// (no atom 0.01 A from where it was), or are none (forces above the tolerance); RunError where a
  /// force is not finite.
  Barrier find(const BandEnd& before, const BandEnd& after, const BandOptions& options = {});

 private:
  std::vector<PathPoint> settle_ends(const BandEnd& before, const BandEnd& after, double tolerance);
  /// The path, and in `barrier` how it ended.
  std::vector<PathPoint> relax_and_climb(const BandOptions& options, Barrier& barrier);
  /// Puts the saddle beside the highest image in its place on the path, where there is one.
  void search_beside(const BandOptions& options, const core::Box& box, core::Atoms atoms,
                     std::vector<PathPoint>& path, Barrier& barrier);
  BandRelaxed relax(BandRelaxation how, const BandOptions& options, Barrier& barrier);

  ElasticBand band_;
};

}  // namespace vitreous::engine
