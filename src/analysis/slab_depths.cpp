#include "analysis/slab_depths.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::analysis {

SlabDepths::SlabDepths(const core::Box& box, const Slab& slab)
    : height_(box.heights()[slab.edge]), low_(slab.gap), high_(height_ - slab.gap) {
  // The rows of the inverse cell are normal to its faces.
  const math::Mat3 inverse = math::inverse(box.cell());
  normal_ =
      math::Vec3{inverse(slab.edge, 0), inverse(slab.edge, 1), inverse(slab.edge, 2)} * height_;
  begin_ = math::dot(normal_, box.origin());
}

double SlabDepths::above_lower_face(const math::Vec3& position) const {
  const double along = math::dot(normal_, position) - begin_;
  return along - height_ * std::floor(along / height_) - low_;
}

double SlabDepths::of(const math::Vec3& position) const {
  const double above = above_lower_face(position);
  return std::min(above, thickness() - above);
}

}  // namespace vitreous::analysis
