// A chain of images of one box between two fixed points, and how it comes to rest on a path.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/band_tangent.hpp"
#include "engine/forces.hpp"

namespace vitreous::engine {

/// A configuration on a path, unwrapped with it.
struct PathPoint {
  math::Vectors position;  ///< A
  double energy = 0.0;     ///< eV, as Forces::measure tells it
};

/// How a band is relaxed.
struct BandRelaxation {
  double tolerance = 0.0;                   ///< eV/A, on BandForce::residual of every image
  int most_steps = 0;                       ///< one evaluation of each image each
  double spring = 0.0;                      ///< eV/A^2, between images in the space of all atoms
  std::optional<std::size_t> climber = {};  ///< the image that climbs
  /// eV/A: gives up where the residual has risen so far above the first.
  double give_up_rise = std::numeric_limits<double>::infinity();
};

struct BandRelaxed {
  double residual = 0.0;  ///< eV/A: the largest of the images
  int steps = 0;
  bool gave_up = false;
};

class ElasticBand {
 public:
  /// One Forces for each image between the ends: each keeps the neighbor list of its image.
  explicit ElasticBand(std::vector<std::unique_ptr<Forces>> forces);

  std::size_t images() const { return images_.size(); }  ///< between the ends
  /// Takes another box and other atoms; what the forces kept of those before is forgotten.
  void set(const core::Box& box, const core::Atoms& atoms);
  /// The energy (eV) there, and the largest component of any force (eV/A).
  struct Rest {
    double energy, largest_force;
  };
  Rest rest(const math::Vectors& position);

  /// Spaces the images evenly on straight lines through the corners, the first and last of which
  /// are the ends. Where atoms overlap there, they are taken apart (relax_overlaps.hpp): a line may
  /// lead atoms through each other, and along the path forces could not part them.
  void lay(const std::vector<PathPoint>& corners);
  /// Moves the images by FIRE until all residuals are small, they have risen so far as to give up,
  /// or the steps are spent. Throws RunError where a force is not finite.
  BandRelaxed relax(const BandRelaxation& how);

  /// All images with both ends.
  std::vector<PathPoint> path() const;
  /// Those of an image, for work on one configuration near the path.
  Forces& forces() { return *images_.front().forces; }

 private:
  struct Image {
    std::unique_ptr<Forces> forces;
    core::Atoms atoms;
    ForceResult result;
    double energy = 0.0;
  };

  double find_band_forces(const BandRelaxation& how);
  void move_images();
  void measure_images();
  BandPlace place(std::size_t image) const;

  core::Box box_;
  std::vector<Image> images_;
  PathPoint first_, last_;
  math::Vectors band_force_, band_move_;  ///< of all images, one after the other
};

}  // namespace vitreous::engine
