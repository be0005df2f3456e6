// Storage and loss modulus from the stress under a sinusoidal strain, with errors from runs or
// cycles.
#pragma once

#include <cstddef>
#include <vector>

#include "models/relaxation/harmonic.hpp"

namespace vitreous::models {

/// A run under strain(t) = e0 + eA sin(2 pi f t + phase), as sums by cycle. Samples are taken one
/// at a time, in the order of time; cycles are counted from the first.
class OscillationRun {
 public:
  /// `frequency` (> 0) in 1/(unit of the times).
  explicit OscillationRun(double frequency);
  void add(double time, double strain, double stress);

  /// Strain and stress of one cycle.
  struct Cycle {
    HarmonicSums strain, stress;
  };
  double frequency() const { return frequency_; }
  /// Whole cycles; a last one that was cut short is left out.
  std::vector<Cycle> whole_cycles() const;

 private:
  double frequency_;
  double first_ = 0.0, last_ = 0.0;
  std::vector<Cycle> cycles_;
};

/// A modulus with its standard error, in the unit of stress/strain.
struct ModulusPart {
  double value = 0.0, standard_error = 0.0;
};

struct ComplexModulus {
  ModulusPart storage, loss;  ///< E' and E''
  ModulusPart tan_delta;      ///< E''/E', without unit
  ModulusPart mean_stress;
  double strain_amplitude = 0.0, stress_amplitude = 0.0;  ///< of all samples together
  double stress_scatter = 0.0;                            ///< about the fit: thermal noise
  double samples = 0.0;                                   ///< that were fitted
  std::size_t runs = 0, cycles = 0;                       ///< cycles of a run that were fitted
  double error_degrees = 0.0;  ///< runs (or cycles of the only run) less one
  /// What the error of E'' would be were the scatter white noise: sqrt(2/M) s/eA.
  double white_noise_error = 0.0;
};

/// E' + i E'' = (s_sin + i s_cos)/(e_sin + i e_cos), each from least squares on {1, sin, cos} over
/// the cycles of a run behind the first `dropped_cycles` (the transient). These are averaged over
/// runs, and neither phases nor amplitudes are: those are biased by noise. Errors are those of the
/// mean over runs (over cycles, where there is one run), with Student's factor. Throws InputError
/// where fewer than two cycles are left, a cycle has fewer than five samples, there is no strain,
/// or frequencies differ. Source: Chang et al., Nat. Mater. 21, 1240 (2022), Methods.
ComplexModulus complex_modulus(const std::vector<OscillationRun>& runs, std::size_t dropped_cycles);

}  // namespace vitreous::models
