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
  double force_tolerance = 0.01;  ///< eV/A: of the forces at both ends and at the saddle
  int most_steps = 1000;  ///< to bring the path to rest; what comes after takes at most 0.4 of it
  double spring = 5.0;    ///< eV/A^2, between images in the space of all atoms
  /// eV/A: the residual of every image below which the path is at rest and its saddle is sought. On
  /// a path that is still far from rest the tangent is not the unstable direction, and it is
  /// another saddle that is found.
  double rest_below = 0.015;
};

enum class BandOutcome {
  converged,
  too_many_steps,  ///< the path did not come to rest
  no_saddle,       ///< an end is the highest point of the path, however closely it is looked at
  unstable_climb,  ///< no saddle was found as near to the highest image as the images lie apart
};

struct Barrier {
  BandOutcome outcome = BandOutcome::too_many_steps;
  double forward = 0.0, reverse = 0.0;  ///< eV: the highest image above the first and the last
  core::Atoms saddle;                   ///< or the highest image, where no saddle was found
  /// Where there is a saddle: its unstable direction, of length 1 in the space of all atoms, toward
  /// the last image.
  math::Vectors direction;
  /// Of all images with both ends: length of the path so far (A, in the space of all atoms) and
  /// energy above the first (eV, as Forces::measure tells it).
  std::vector<double> coordinate, energy;
  double residual = 0.0;  ///< eV/A: the largest force at the saddle, or BandForce::residual of all
                          ///< images where none was found
  int steps = 0;          ///< of all images
  int evaluations = 0;    ///< of the forces of one configuration, but those that part overlaps
};

/// A minimum and its box.
struct BandEnd {
  const core::Box& box;
  const core::Atoms& atoms;
};

/// Nudged elastic band with improved tangents (band_tangent.hpp), relaxed by FIRE from a straight
/// line on which overlaps are taken apart. Where an end is the highest point, images are laid anew
/// between it and its neighbor: minima with a low barrier in front of them are common in a glass.
/// From the highest image the saddle is then sought by climb_to_saddle, begun along the tangent,
/// which takes a tenth of the evaluations that a climbing image (Henkelman, Uberuaga and Jonsson,
/// J. Chem. Phys. 113, 9901 (2000)) would; where it leads farther off than the next image, that
/// image climbs, and where it finds no way up, images are laid anew on both sides of the highest
/// and it begins again there. Any number of paths may be sought with one object, one after the
/// other; each result depends on its ends and options alone. Several objects may be used by several
/// threads at once.
///
/// A barrier is the highest image's: between minima that lie several saddles apart it is that of
/// the highest, as far as the images resolve it. Whatever the outcome, the result tells a path;
/// only `converged` has a barrier.
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
  /// Brings the path to rest, with closer images beside an end that is its highest point.
  void lay_path(const std::vector<PathPoint>& ends, const BandOptions& options, Barrier& barrier);
  /// Lays images anew between two points of the path and brings them to rest.
  BandRelaxed lay_closer(std::size_t from, std::size_t to, const BandOptions& options,
                         Barrier& barrier);
  /// What a search from the highest image came to.
  enum class Search {
    found,   ///< the saddle took the image's place on the path
    astray,  ///< it led too far, or to a saddle lower than an end
    spent    ///< it went on without an end
  };
  Search search_beside(const BandOptions& options, const core::Box& box, core::Atoms atoms,
                       Barrier& barrier);
  bool find_saddle(const BandOptions& options, const core::Box& box, const core::Atoms& atoms,
                   Barrier& barrier);
  /// Lets the highest image climb.
  bool climb(const BandOptions& options, Barrier& barrier);
  BandRelaxed relax(BandRelaxation how, const BandOptions& options, Barrier& barrier);

  ElasticBand band_;
  std::vector<PathPoint> path_;
  std::size_t laid_from_ = 0;  ///< the images of band_ are those behind this one of the path
};

}  // namespace vitreous::engine
