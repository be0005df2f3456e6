// The periodic box: any right-handed cell, so triclinic from the start.
#pragma once

#include "math/vec3.hpp"

namespace vitreous::core {

using math::Mat3;
using math::Vec3;

/// A box that is periodic along its three edges. `cell` holds the edges a, b, c as columns (A);
/// a point is origin + cell * s with fractional coordinates s.
class Box {
 public:
  Box() : Box(Mat3::identity()) {}
  /// Throws InputError where the cell is not right-handed with a positive, finite volume.
  explicit Box(const Mat3& cell, const Vec3& origin = {});
  static Box orthogonal(double lx, double ly, double lz, const Vec3& origin = {});

  const Mat3& cell() const { return cell_; }
  const Vec3& origin() const { return origin_; }
  double volume() const { return volume_; }
  /// Distances between opposite faces: what limits the number of images a cutoff needs.
  const Vec3& heights() const { return heights_; }
  bool is_orthogonal() const;
  /// True for LAMMPS' restricted form: a along x, b in the xy plane.
  bool is_lower_triangular() const;

  Vec3 fractional(const Vec3& r) const { return inverse_ * (r - origin_); }
  Vec3 cartesian(const Vec3& s) const { return origin_ + cell_ * s; }
  /// The lattice vector cell * n.
  Vec3 translation(int nx, int ny, int nz) const;
  /// The nearest image of a separation for cells not too skewed (fractional rounding); exact for
  /// separations shorter than half the smallest height.
  Vec3 nearest_image(const Vec3& separation) const;

 private:
  Mat3 cell_, inverse_;
  Vec3 origin_, heights_;
  double volume_ = 1.0;
};

}  // namespace vitreous::core
