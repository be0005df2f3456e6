#include "engine/protocol.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace vitreous::engine {
namespace {

void require_whole(std::int64_t steps) {
  if (steps < 0) throw base::InputError("a ramp or plateau cannot last a negative number of steps");
}

}  // namespace

Course Course::constant(double value) {
  Course course;
  course.pieces_.push_back({0, 0, value, value});
  return course;
}

Course& Course::ramp(double from, double to, std::int64_t steps) {
  require_whole(steps);
  const std::int64_t begin = this->steps();
  const double start = pieces_.empty() ? from : pieces_.back().to;
  pieces_.push_back({begin, begin + steps, start, to});
  return *this;
}

Course& Course::hold(double value, std::int64_t steps) {
  require_whole(steps);
  const std::int64_t begin = this->steps();
  pieces_.push_back({begin, begin + steps, value, value});
  return *this;
}

const Course::Piece* Course::piece_at(std::int64_t step) const {
  if (pieces_.empty())
    throw base::InputError("this ensemble needs a temperature (and a pressure under npt)",
                           "its protocol gives no value for it");
  const auto piece =
      std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return step < p.end; });
  return piece == pieces_.end() ? nullptr : &*piece;
}

double Course::at(std::int64_t step) const {
  const Piece* piece = piece_at(step);
  if (!piece) return pieces_.back().to;
  if (step <= piece->begin || piece->from == piece->to) return piece->from;
  // Both ends are met exactly, and nothing accumulates along the way.
  const auto length = static_cast<double>(piece->end - piece->begin);
  const auto done = static_cast<double>(step - piece->begin);
  return (piece->from * (length - done) + piece->to * done) / length;
}

Course::Stretch Course::stretch_from(std::int64_t step) const {
  if (const Piece* piece = piece_at(step)) return {piece->end, piece->to};
  return {std::numeric_limits<std::int64_t>::max(), pieces_.back().to};
}

std::int64_t Course::steps() const { return pieces_.empty() ? 0 : pieces_.back().end; }

}  // namespace vitreous::engine
