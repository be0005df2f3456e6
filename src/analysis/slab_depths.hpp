// Where atoms lie between the faces of an opened box. The faces are those at which it was opened;
// they do not follow the atoms.
#pragma once

#include "analysis/observer.hpp"

namespace vitreous::analysis {

/// Of one box: made anew for each frame.
class SlabDepths {
 public:
  SlabDepths(const core::Box& box, const Slab& slab);

  /// Unit vector across the slab, toward its upper face.
  const math::Vec3& normal() const { return normal_; }
  /// Between the faces (A).
  double thickness() const { return high_ - low_; }
  /// Above the lower face (A), of the periodic image that lies in the box.
  double above_lower_face(const math::Vec3& position) const;
  /// Below the nearer face (A); negative outside it.
  double of(const math::Vec3& position) const;

 private:
  double height_, low_, high_, begin_ = 0.0;
  math::Vec3 normal_;
};

}  // namespace vitreous::analysis
