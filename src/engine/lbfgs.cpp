#include "engine/lbfgs.hpp"

#include <vector>

#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

/// A glass of Cu50Zr50 comes to rest in 244 moves with 5, in 234 with 10, in 237 with 20.
constexpr std::size_t most_lessons = 10;
constexpr double first_softness = 0.02;  // A^2/eV: one over a stiffness, before there is a lesson
constexpr double farthest_reach = 0.1;   // A

}  // namespace

void Lbfgs::find_move(const math::Vectors& force, math::Vectors& move) {
  if (last_move_.size() > 0) learn(force);
  move = force;
  apply_lessons(move);
  if (math::dot(move, force) <= 0.0) {
    lessons_.clear();
    move = force;
    math::scale(move, first_softness);
  }
  const double longest = math::longest(move);
  if (longest > farthest_reach) math::scale(move, farthest_reach / longest);
  last_force_ = force;
  last_move_ = move;
}

void Lbfgs::learn(const math::Vectors& force) {
  Lesson lesson{last_move_, math::difference(last_force_, force)};
  lesson.curvature = math::dot(lesson.move, lesson.change);
  if (lesson.curvature <= 0.0) {
    lessons_.clear();
    return;
  }
  lessons_.push_back(std::move(lesson));
  if (lessons_.size() > most_lessons) lessons_.pop_front();
}

void Lbfgs::apply_lessons(math::Vectors& move) const {
  std::vector<double> weight(lessons_.size());
  for (std::size_t k = lessons_.size(); k-- > 0;) {
    weight[k] = math::dot(lessons_[k].move, move) / lessons_[k].curvature;
    math::add_scaled(move, lessons_[k].change, -weight[k]);
  }
  math::scale(move, softness());
  for (std::size_t k = 0; k < lessons_.size(); ++k) {
    const double back = math::dot(lessons_[k].change, move) / lessons_[k].curvature;
    math::add_scaled(move, lessons_[k].move, weight[k] - back);
  }
}

double Lbfgs::softness() const {
  if (lessons_.empty()) return first_softness;
  const Lesson& newest = lessons_.back();
  return newest.curvature / math::dot(newest.change, newest.change);
}

}  // namespace vitreous::engine
