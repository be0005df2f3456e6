// Frames written one after another into a file that is whole or not there.
#pragma once

#include <string>
#include <vector>

#include "io/configuration.hpp"

namespace vitreous::io {

class FrameWriter {
 public:
  virtual ~FrameWriter() = default;
  /// Throws InputError for a frame that the format cannot hold, RunError where the disk is full.
  virtual void add(const Configuration& frame) = 0;
  /// Until then nothing stands under the name.
  virtual void finish() = 0;
  /// What was done to a frame so that it fits, in words; "" where nothing was.
  virtual std::string note() const { return {}; }
};

}  // namespace vitreous::io
