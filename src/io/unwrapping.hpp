// Positions that are not told with their images, unwrapped from frame to frame.
#pragma once

#include <array>

#include "io/configuration.hpp"

namespace vitreous::io {

/// Follows every atom by its nearest image, in fractions of the box: a box that changes moves no
/// atom across.
class Unwrapping {
 public:
  /// Frames come in order, with the same atoms. `periodic` is along a, b, c. A frame that is
  /// unwrapped already is followed but stays as it is. Throws InputError without a place where an
  /// atom moves more than a third of the box between frames.
  void follow(Configuration& frame, const std::array<bool, 3>& periodic);

 private:
  [[noreturn]] void refuse_jump(const Configuration& frame, std::size_t i, std::size_t axis,
                                double move) const;

  math::Vectors last_;  ///< fractional and unwrapped, of the frame before
  std::int64_t last_step_ = 0;
};

}  // namespace vitreous::io
