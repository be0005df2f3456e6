// The volume that a stage without a barostat holds: the mean of a stretch at constant pressure, and
// what its standard error does to what is found at this volume.
//
// At the pressure asked for, the volume V has the standard error s_V; at the volume that is held
// the mean pressure therefore differs from the one asked for by (B/V) s_V, B the isothermal bulk
// modulus. V's own fluctuation tells it, var(V) = kB T V / B (Landau and Lifshitz, Statistical
// Physics, section 112), so with n independent samples of V
//   s_P = kB T / sqrt(n var(V)).
// A var(V) that comes out too large makes s_V too large and B too small: the square of a pressure's
// deviation over s_P has a mean of one however few the samples are, so that no factor of Student's
// belongs to it. The enthalpy per atom, whose derivative is -B (1 - alpha T) at zero pressure, is
// given V s_P (alpha, the expansivity, times T is 0.05 to 0.15 in a metallic liquid: that much too
// large).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/archive.hpp"
#include "core/result.hpp"

namespace vitreous::stage {

class MeanVolume {
 public:
  /// A^3, one sample after another, evenly spaced.
  void take(double volume);
  double mean() const;

  /// The standard error of the mean, A^3 (with Student's factor), and that of the pressure at this
  /// volume, eV/A^3. Zero where fewer than eight samples tell them.
  struct Errors {
    double volume = 0.0, pressure = 0.0;
  };
  /// `temperature` in K.
  Errors errors(double temperature) const;

  /// Adds them to what the observer `thermo` found at this volume: V, P and H.
  void widen(core::Result& result, double temperature, std::size_t atoms) const;
  void transfer(core::Archive& archive);

 private:
  std::vector<double> samples_;
  double sum_ = 0.0;
  std::int64_t count_ = 0;
};

}  // namespace vitreous::stage
