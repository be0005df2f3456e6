#include "engine/native/fast/fixed_positions.hpp"

#include <bit>

#include "core/atom_loops.hpp"

namespace vitreous::engine::fast {
namespace {

/// Adding 1.5 2^52 rounds to an integer and leaves it, modulo 2^32, in the low bits.
inline std::int32_t low_bits(double value) {
  return static_cast<std::int32_t>(
      static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(value + 6755399441055744.0)));
}

}  // namespace

void assign_fixed(const core::Box& box, const math::Vectors& position,
                  const std::vector<std::uint32_t>& order, FixedPositions& out) {
  const math::Mat3 m = math::inverse(box.cell()) * 4294967296.0;
  const double xx = m(0, 0), xy = m(0, 1), xz = m(0, 2), yy = m(1, 1), yz = m(1, 2), zz = m(2, 2);
  const math::Vec3 origin = box.origin();
  core::for_atoms(order.size(), [&](base::Range range) {
    for (std::size_t k = range.begin; k < range.end; ++k) {
      const std::size_t i = order[k];
      const double x = position.x[i] - origin.x, y = position.y[i] - origin.y,
                   z = position.z[i] - origin.z;
      out.x[k] = low_bits(xx * x + xy * y + xz * z);
      out.y[k] = low_bits(yy * y + yz * z);
      out.z[k] = low_bits(zz * z);
    }
  });
}

}  // namespace vitreous::engine::fast
