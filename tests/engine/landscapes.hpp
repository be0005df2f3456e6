// Energies whose minima and saddles are known in closed form.
#pragma once

#include <cmath>
#include <limits>

#include "engine/forces.hpp"

namespace vitreous::engine::testing {

/// What fakes of forces share: no list, no cutoff.
class Landscape : public Forces {
 public:
  void evaluate(const core::Box&, const core::Atoms& atoms, Want, ForceResult& result) override {
    ++evaluations;
    result.force.resize(atoms.size());
    result.energy = 0.0;
    result.energy_per_atom.resize(atoms.size());
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const double before = result.energy;
      add(i, atoms.position[i], result);
      result.energy_per_atom[i] = result.energy - before;
    }
  }
  void transfer(core::Archive&) override {}
  void reset() override {}
  double cutoff() const override { return 0.0; }
  std::string description() const override { return "landscape"; }

  int evaluations = 0;

 protected:
  /// Energy and force of atom i at r.
  virtual void add(std::size_t i, const math::Vec3& r, ForceResult& result) const = 0;
};

/// Atom i hangs on springs of its own to (i, 2i, 3i) A: E = bottom + sum_i (x + 10 y + 100 z terms)
/// (i + 1) eV/A^2 / 2.
class Springs : public Landscape {
 public:
  static math::Vec3 rest(std::size_t i) {
    return math::Vec3{1.0, 2.0, 3.0} * static_cast<double>(i);
  }
  static constexpr double bottom = -2.5;  ///< eV, an atom

 protected:
  void add(std::size_t i, const math::Vec3& r, ForceResult& result) const override {
    const math::Vec3 d = r - rest(i), k = math::Vec3{1.0, 3.0, 10.0} * static_cast<double>(i + 1);
    result.force.set(i, {-k.x * d.x, -k.y * d.y, -k.z * d.z});
    result.energy += bottom + 0.5 * (k.x * d.x * d.x + k.y * d.y * d.y + k.z * d.z * d.z);
  }
};

/// Two valleys joined by a curved pass:
///   E = h (1 - x^2)^2 + tilt x (3 - x^2)/2 + k (y - c (1 - x^2))^2 / 2 + k z^2 / 2,
/// minima at (-1, 0, 0) and (1, 0, 0) with energies -tilt and +tilt, the saddle at x = 3 tilt/(8 h)
/// on y = c (1 - x^2): dE/dx = (1 - x^2) (3 tilt/2 - 4 h x) there.
class CurvedPass : public Landscape {
 public:
  explicit CurvedPass(double tilt = 0.0, double curve = 0.7) : tilt_(tilt), curve_(curve) {}

  static constexpr double height = 0.8, stiffness = 8.0;  ///< eV, eV/A^2
  double along(double x) const {
    return height * std::pow(1.0 - x * x, 2) + 0.5 * tilt_ * x * (3.0 - x * x);
  }
  math::Vec3 saddle() const {
    const double x = 3.0 * tilt_ / (8.0 * height);
    return {x, curve_ * (1.0 - x * x), 0.0};
  }

 protected:
  void add(std::size_t i, const math::Vec3& r, ForceResult& result) const override {
    const double off = r.y - curve_ * (1.0 - r.x * r.x);
    const double slope = (1.0 - r.x * r.x) * (1.5 * tilt_ - 4.0 * height * r.x);
    result.force.set(
        i, {-slope - stiffness * off * 2.0 * curve_ * r.x, -stiffness * off, -stiffness * r.z});
    result.energy += along(r.x) + 0.5 * stiffness * (off * off + r.z * r.z);
  }

 private:
  double tilt_, curve_;  ///< eV, A
};

/// A force that is no number.
class NoNumber : public Landscape {
 protected:
  void add(std::size_t i, const math::Vec3&, ForceResult& result) const override {
    result.force.set(i, {0.0, std::numeric_limits<double>::quiet_NaN(), 0.0});
  }
};

/// Wider than any landscape.
inline const core::Box& wide_box() {
  static const core::Box box = core::Box::orthogonal(100.0, 100.0, 100.0);
  return box;
}

/// As many atoms of one kind, at the origin.
inline core::Atoms atoms_at_origin(std::size_t n) {
  core::Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}};
  atoms.resize(n);
  for (std::size_t i = 0; i < n; ++i) atoms.id[i] = static_cast<std::int64_t>(i) + 1;
  return atoms;
}

}  // namespace vitreous::engine::testing
