// Some frames of a trajectory, counted from 1: "100:200", "7", "last", and one of so many.
#pragma once

#include <cstddef>
#include <string>

namespace vitreous::cli {

struct FrameChoice {
  std::size_t first = 1, last = 1, every = 1;
  bool takes(std::size_t frame) const {
    return frame >= first && frame <= last && (frame - first) % every == 0;
  }
  std::size_t count() const { return (last - first) / every + 1; }
};

/// "" is all of them; either side of the colon may be left out. Throws InputError for frames that
/// are not there.
FrameChoice choose_frames(const std::string& text, std::size_t every, std::size_t frames);

}  // namespace vitreous::cli
