// Bins and layers of the depth below the faces of a slab, and the channels of sums over them.
#pragma once

#include <optional>

#include "analysis/slab_depths.hpp"

namespace vitreous::analysis {

/// How a slab is cut: fine bins of both faces taken together, and layers of which the outermost
/// holds everything outside it. Both end before they would reach over the middle.
class DepthGrid {
 public:
  DepthGrid() = default;
  /// Of an opened box, whose edges stay as they are. Throws RunError where not even two layers fit
  /// in, one below each face.
  DepthGrid(const core::Box& box, const Slab& slab, double bin, double layer);

  bool is_set() const { return thickness_ > 0.0; }
  double thickness() const { return thickness_; }  ///< between the faces, A
  double bin() const { return bin_; }              ///< A
  double layer() const { return layer_; }          ///< A

  std::size_t bins() const { return bins_; }
  std::size_t layers() const { return layers_; }
  std::optional<std::size_t> bin_of(double depth) const;
  std::optional<std::size_t> layer_of(double depth) const;
  double depth_of(std::size_t bin) const;  ///< of its middle, A
  /// Of a bin below both faces, A^3.
  double bin_volume() const { return 2.0 * area_ * bin_; }

  /// The third of the slab in its middle, where the density is that of the bulk.
  bool in_middle(double depth) const { return depth >= thickness_ / 3.0; }
  double middle_thickness() const { return thickness_ / 3.0; }
  double middle_volume() const { return area_ * middle_thickness(); }

  void transfer(core::Archive& archive);

 private:
  void cut();

  double thickness_ = 0.0, gap_ = 0.0, area_ = 0.0, bin_ = 0.0, layer_ = 0.0;
  std::size_t outside_ = 0;  ///< bins outside the face
  std::size_t bins_ = 0, layers_ = 0;
};

}  // namespace vitreous::analysis
