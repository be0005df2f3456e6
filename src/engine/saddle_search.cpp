#include "engine/saddle_search.hpp"

#include "engine/largest_force.hpp"
#include "engine/lbfgs.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

constexpr double probe = 0.05;       // A: two configurations so far apart tell a curvature
constexpr double turn_size = 0.015;  // A^2/eV: stable below a curvature of 130 eV/A^2

/// Turns at one place: at least so many, then until the curvature is negative, at most so many.
struct Turns {
  int least, most;
};
constexpr Turns first_turns{10, 60}, later_turns{1, 20};

/// A configuration and the direction in which it climbs.
class Dimer {
 public:
  Dimer(Forces& forces, const core::Box& box, core::Atoms& atoms, math::Vectors direction)
      : forces_(forces), box_(box), atoms_(atoms), end_(atoms), direction_(std::move(direction)) {
    math::scale(direction_, 1.0 / math::length(direction_));
  }

  /// Returns the curvature.
  double turn(const Turns& turns) {
    double curvature = 0.0;
    for (int k = 0; k < turns.most && (k < turns.least || curvature >= 0.0); ++k)
      curvature = turn_once();
    return curvature;
  }

  void evaluate() { evaluate(atoms_, here_); }
  const math::Vectors& force() const { return here_.force; }
  const math::Vectors& direction() const { return direction_; }
  int evaluations() const { return evaluations_; }

  math::Vectors climbing_force(double curvature) const {
    const double along = math::dot(here_.force, direction_);
    math::Vectors force = curvature < 0.0 ? here_.force : math::Vectors(here_.force.size());
    math::add_scaled(force, direction_, curvature < 0.0 ? -2.0 * along : -along);
    return force;
  }

 private:
  double turn_once() {
    end_.position = atoms_.position;
    math::add_scaled(end_.position, direction_, probe);
    evaluate(end_, there_);
    math::Vectors change = math::difference(here_.force, there_.force);
    math::scale(change, 1.0 / probe);
    const double curvature = math::dot(change, direction_);
    math::add_scaled(change, direction_, -curvature);
    math::add_scaled(direction_, change, -turn_size);
    math::scale(direction_, 1.0 / math::length(direction_));
    return curvature;
  }

  void evaluate(const core::Atoms& atoms, ForceResult& result) {
    forces_.evaluate(box_, atoms, {}, result);
    ++evaluations_;
  }

  Forces& forces_;
  const core::Box& box_;
  core::Atoms& atoms_;
  core::Atoms end_;
  math::Vectors direction_;
  ForceResult here_, there_;
  int evaluations_ = 0;
};

}  // namespace

Saddle climb_to_saddle(Forces& forces, const core::Box& box, core::Atoms& atoms,
                       math::Vectors direction, const SaddleSearch& search) {
  forces.reset();
  Dimer dimer(forces, box, atoms, std::move(direction));
  const math::Vectors start = atoms.position;
  const auto is_far = [&] {
    return math::length(math::difference(atoms.position, start)) > search.farthest;
  };
  Lbfgs lbfgs;
  bool was_convex = false;
  math::Vectors move;
  Saddle saddle;
  for (bool is_first = true;; is_first = false) {
    dimer.evaluate();
    saddle.curvature = dimer.turn(is_first ? first_turns : later_turns);
    saddle.largest_force = largest_force(dimer.force());
    const bool far = is_far();
    saddle.converged =
        saddle.largest_force <= search.force_tolerance && saddle.curvature < 0.0 && !far;
    if (saddle.converged || dimer.evaluations() >= search.most_evaluations || far) break;
    if (const bool is_convex = saddle.curvature >= 0.0; is_convex != was_convex) {
      lbfgs = {};  // what a force along the direction taught says nothing of the whole force
      was_convex = is_convex;
    }
    lbfgs.find_move(dimer.climbing_force(saddle.curvature), move);
    math::add_scaled(atoms.position, move, 1.0);
  }
  saddle.direction = dimer.direction();
  saddle.evaluations = dimer.evaluations();
  ForceResult measured;
  forces.measure(box, atoms, measured);
  saddle.energy = measured.energy;
  return saddle;
}

}  // namespace vitreous::engine
