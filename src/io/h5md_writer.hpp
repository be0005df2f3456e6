// Frames written as H5MD 1.1: chunked, float64, positions unwrapped as they stand (image 0).
#pragma once

#include <memory>
#include <string>

#include "io/frame_writer.hpp"

namespace vitreous::io {

/// Frames must have the same atoms. Throws RunError where the folder cannot be written to.
std::unique_ptr<FrameWriter> write_h5md(const std::string& path);

}  // namespace vitreous::io
