// Small forces whose laws are known: none at all, and a smooth Lennard-Jones fluid.
#pragma once

#include <cmath>

#include "base/constants.hpp"
#include "base/random.hpp"
#include "engine/forces.hpp"
#include "engine/state.hpp"

namespace vitreous::engine::testing {

/// No interaction.
class IdealGas : public Forces {
 public:
  void evaluate(const core::Box&, const core::Atoms& atoms, Want, ForceResult& result) override {
    result.force.resize(atoms.size());
    result.force.fill(0.0);
    result.energy = 0.0;
    result.virial = {};
  }
  void transfer(core::Archive&) override {}
  void reset() override {}
  double cutoff() const override { return 0.0; }
  std::string description() const override { return "ideal gas"; }
};

/// 4 e (x^-12 - x^-6) with x = r/s, plus a parabola that takes value and slope at the cutoff to
/// zero (Stoddard and Ford 1973). All pairs, nearest images: the box must be twice the cutoff wide.
class LennardJones : public Forces {
 public:
  explicit LennardJones(double cutoff, double depth = 0.0104, double size = 3.4)
      : cutoff_(cutoff), depth_(depth), size_(size) {}

  void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                ForceResult& result) override {
    const double cut6 = std::pow(size_ / cutoff_, 6), cut12 = cut6 * cut6;
    const double linear = 4.0 * depth_ * (6.0 * cut12 - 3.0 * cut6) / (cutoff_ * cutoff_);
    const double shift = 4.0 * depth_ * (-7.0 * cut12 + 4.0 * cut6);
    result.force.resize(atoms.size());
    result.force.fill(0.0);
    result.energy = 0.0;
    result.virial = {};
    ++evaluations;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const math::Vec3 here = atoms.position[i];
      for (std::size_t j = 0; j < i; ++j) {
        const auto d = box.nearest_image(here - atoms.position[j]);
        const double r2 = math::norm2(d);
        if (r2 >= cutoff_ * cutoff_) continue;
        const double x6 = std::pow(size_ * size_ / r2, 3), x12 = x6 * x6;
        const auto f = d * (4.0 * depth_ * (12.0 * x12 - 6.0 * x6) / r2 - 2.0 * linear);
        result.force.add(i, f);
        result.force.add(j, -f);
        if (want.energy) result.energy += 4.0 * depth_ * (x12 - x6) + linear * r2 + shift;
        if (want.virial) result.virial += math::outer(d, f);
      }
    }
  }
  void transfer(core::Archive&) override {}
  void reset() override {}
  double cutoff() const override { return cutoff_; }
  std::string description() const override { return "Lennard-Jones"; }

  int evaluations = 0;

 private:
  double cutoff_, depth_, size_;
};

/// `side`^3 atoms of two masses on a slightly shaken cubic lattice, Maxwell-Boltzmann velocities.
inline State shaken_lattice(std::size_t side, double spacing, double temperature,
                            const std::string& name = "shaken lattice") {
  base::RandomStream random(7, name);
  State state;
  state.atoms.kinds = {{"Ar", 39.95}, {"Kr", 83.80}};
  state.atoms.resize(side * side * side);
  const double length = spacing * static_cast<double>(side);
  state.box = core::Box::orthogonal(length, length, length, {1.0, -2.0, 3.0});
  std::size_t i = 0;
  for (std::size_t a = 0; a < side; ++a)
    for (std::size_t b = 0; b < side; ++b)
      for (std::size_t c = 0; c < side; ++c, ++i) {
        const auto shake = [&] { return 0.05 * spacing * random.normal(); };
        const math::Vec3 site{double(a) * spacing, double(b) * spacing, double(c) * spacing};
        state.atoms.id[i] = static_cast<std::int64_t>(i) + 1;
        state.atoms.species[i] = static_cast<std::int32_t>(i % 2);
        state.atoms.position.set(i, site + math::Vec3{shake(), shake(), shake()});
        const double speed =
            std::sqrt(base::boltzmann * temperature / (state.atoms.mass(i) * base::mv2_to_eV));
        state.atoms.velocity.set(
            i, math::Vec3{random.normal(), random.normal(), random.normal()} * speed);
      }
  core::remove_drift(state.atoms);
  return state;
}

}  // namespace vitreous::engine::testing
