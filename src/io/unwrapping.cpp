#include "io/unwrapping.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace vitreous::io {

void Unwrapping::follow(Configuration& frame, const std::array<bool, 3>& periodic) {
  const bool first = last_.size() == 0;
  last_.resize(frame.atoms.size());
  for (std::size_t i = 0; i < frame.atoms.size(); ++i) {
    math::Vec3 s = frame.box.fractional(frame.atoms.position[i]);
    if (!frame.is_unwrapped && !first) {
      math::Vec3 images;
      for (std::size_t k = 0; k < 3; ++k) {
        if (periodic[k]) images[k] = -std::nearbyint(s[k] - last_[i][k]);
        const double move = s[k] + images[k] - last_[i][k];
        if (periodic[k] && std::abs(move) > 1.0 / 3.0) refuse_jump(frame, i, k, move);
      }
      s += images;
      frame.atoms.position.add(i, frame.box.cell() * images);
    }
    last_.set(i, s);
  }
  last_step_ = frame.step;
  frame.is_unwrapped = true;
}

void Unwrapping::refuse_jump(const Configuration& frame, std::size_t i, std::size_t axis,
                             double move) const {
  throw base::InputError(
      fmt::format("atom id {} moves {:.2f} of the box along {} between steps {} and {}",
                  frame.atoms.id[i], std::abs(move), "abc"[axis], last_step_, frame.step),
      "its frames do not tell images, and past a third of the box the nearest image may be the "
      "wrong one");
}

}  // namespace vitreous::io
