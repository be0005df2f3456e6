#include "core/box.hpp"

#include <cmath>

#include "base/error.hpp"

namespace vitreous::core {

Box::Box(const Mat3& cell, const Vec3& origin) : cell_(cell), origin_(origin) {
  volume_ = math::determinant(cell);
  if (!std::isfinite(volume_) || volume_ <= 0.0)
    throw base::InputError("the box has no positive, finite volume",
                           "its three edges must be independent and right-handed");
  inverse_ = math::inverse(cell);
  for (std::size_t k = 0; k < 3; ++k)
    heights_[k] = 1.0 / math::norm(math::transpose(inverse_).column[k]);
}

Box Box::orthogonal(double lx, double ly, double lz, const Vec3& origin) {
  return Box(Mat3::diagonal(lx, ly, lz), origin);
}

bool Box::is_lower_triangular() const {
  return cell_(1, 0) == 0.0 && cell_(2, 0) == 0.0 && cell_(2, 1) == 0.0;
}

bool Box::is_orthogonal() const {
  return is_lower_triangular() && cell_(0, 1) == 0.0 && cell_(0, 2) == 0.0 && cell_(1, 2) == 0.0;
}

Vec3 Box::translation(int nx, int ny, int nz) const {
  return cell_ * Vec3{static_cast<double>(nx), static_cast<double>(ny), static_cast<double>(nz)};
}

Vec3 Box::nearest_image(const Vec3& separation) const {
  Vec3 s = inverse_ * separation;
  for (std::size_t k = 0; k < 3; ++k) s[k] -= std::nearbyint(s[k]);
  return cell_ * s;
}

}  // namespace vitreous::core
