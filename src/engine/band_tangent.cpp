#include "engine/band_tangent.hpp"

#include <algorithm>
#include <cmath>

#include "engine/largest_force.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

/// Shares of the way from the previous image and of the way to the next.
struct Shares {
  double previous, next;
};

Shares shares(const BandPlace& place) {
  const double up = place.next - place.at, down = place.previous - place.at;
  if (up > 0.0 && down <= 0.0) return {0.0, 1.0};
  if (up <= 0.0 && down > 0.0) return {1.0, 0.0};
  const double more = std::max(std::abs(up), std::abs(down));
  const double less = std::min(std::abs(up), std::abs(down));
  if (more == 0.0) return {1.0, 1.0};
  return place.next > place.previous ? Shares{less, more} : Shares{more, less};
}

}  // namespace

math::Vectors improved_tangent(const BandPlace& place) {
  const auto [previous, next] = shares(place);
  math::Vectors tangent = place.to_next;
  math::scale(tangent, next);
  math::add_scaled(tangent, place.from_previous, previous);
  math::scale(tangent, 1.0 / math::length(tangent));
  return tangent;
}

BandForce nudged_force(const math::Vectors& force, const BandPlace& place, double spring) {
  const math::Vectors tangent = improved_tangent(place);
  BandForce out{force};
  math::add_scaled(out.force, tangent, -math::dot(force, tangent));
  out.residual = largest_force(out.force);
  math::add_scaled(out.force, tangent,
                   spring * (math::length(place.to_next) - math::length(place.from_previous)));
  return out;
}

BandForce climbing_force(const math::Vectors& force, const BandPlace& place) {
  const math::Vectors tangent = improved_tangent(place);
  BandForce out{force};
  math::add_scaled(out.force, tangent, -2.0 * math::dot(force, tangent));
  out.residual = largest_force(force);
  return out;
}

}  // namespace vitreous::engine
